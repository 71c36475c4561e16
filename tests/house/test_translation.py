"""Andon in other languages: every word on a page is marked, and what is marked is translated, in full and rightly."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message
from django.conf import settings

from tests.house.marking import unmarked

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "src" / "andon" / "web" / "templates"


def tool(name: str) -> ModuleType:
    """A module of `bin`, as `bin/translations` runs it."""
    sys.path.insert(0, str(ROOT / "bin"))
    try:
        return import_module(name)
    finally:
        sys.path.remove(str(ROOT / "bin"))


TOOL = tool("_translations")
CATALOGUES = TOOL.catalogues()
catalogues = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.parent.name)

NOT_MARKED = {
    "parts/guide.html": "made-up words to show the look, for administrators",
}
"""Templates whose words are not marked, and why. Nothing is added here but with a reason that stays true."""


def pages() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("page", pages())
def test_every_word_on_a_page_can_be_translated(page):
    found = unmarked((TEMPLATES / page).read_text("utf-8"))
    if page in NOT_MARKED:
        assert found, f"{page} is marked now: take it from the list"
    else:
        assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello there</p>",
        '<p title="Hello there">{{ name }}</p>',
        '{% include "parts/empty.html" with title="Nothing here" only %}',
        '{{ name|default:"nobody yet" }}',
        "{% if x %}left{% else %}{% translate 'right' %}{% endif %}",
        '<meta name="description" content="What it is">',
    ],
)
def test_what_is_not_marked_is_noticed(source):
    assert unmarked(source) != []


@pytest.mark.parametrize(
    "source",
    [
        "<p>{% translate 'Hello there' %}</p>",
        "<p>{% blocktranslate %}Hello <b>there</b>{% endblocktranslate %}</p>",
        '<p class="hello there" id="x">{{ name }} · 1</p>',
        '{% include "parts/empty.html" with title=_("Nothing here") icon="cog" only %}',
        '{{ name|default:_("nobody yet") }}',
        "{# Hello there #}{% comment %}Hello there{% endcomment %}<script>let hello = 1</script>",
    ],
)
def test_what_is_marked_or_silent_is_let_be(source):
    assert unmarked(source) == []


def test_every_language_but_english_has_a_catalogue():
    assert {path.parent.parent.name for path in CATALOGUES} == set(dict(settings.LANGUAGES)) - {"en"}


@catalogues
def test_nothing_that_is_marked_is_missing_from_the_catalogue(path):
    known = {key(message) for message in TOOL.messages(TOOL.read(path))}
    assert [each for each in map(key, TOOL.messages(TOOL.gathered())) if each not in known] == []


@catalogues
def test_what_is_compiled_is_what_is_written(path):
    assert path.with_suffix(".mo").read_bytes() == TOOL.as_mo(TOOL.read(path)), "run bin/translations"


@catalogues
def test_everything_is_translated_and_nothing_is_a_guess(path):
    catalog = TOOL.read(path)
    assert [message.id for message in TOOL.untranslated(catalog)] == []
    assert [message.id for message in TOOL.messages(catalog) if message.fuzzy] == []


@catalogues
def test_a_translation_fills_the_same_places(path):
    assert [message.id for message in TOOL.messages(TOOL.read(path)) if set(misplaced(message))] == []


@catalogues
def test_a_translation_keeps_the_tags_and_the_blanks_at_its_ends(path):
    wrong = [
        one
        for message in TOOL.messages(TOOL.read(path))
        for one, other in zip(TOOL.forms(message.id), TOOL.forms(message.string), strict=True)
        if other and (tags(one) != tags(other) or (one[:1].isspace() and not other[:1].isspace()))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in CATALOGUES if "/de/" in str(path)])
def test_german_is_set_as_german_is_set(path):
    """„so“ and never “so” or "so"; no straight quotes, no ß where there is none, no English left standing."""
    texts = [text for message in TOOL.messages(TOOL.read(path)) for text in TOOL.forms(message.string)]
    texts = [text for text in texts if " --" not in text]  # options of the command line are typed as they are
    words = [re.sub(r"<[^>]*>|%\(\w+\)\w", "", text) for text in texts]
    assert [
        text for text in words if re.search(r"[“][^“”]*”|\"", text) or text.count("„") != text.count("“")
    ] == []


def key(message: Message) -> tuple[str, ...]:
    return (message.context or "", *TOOL.forms(message.id))


def places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[a-z]", text))


def misplaced(message: Message) -> Iterator[str]:
    """Placeholders that a translation lacks or made up; of one thing the number may stay unsaid."""
    said, told = TOOL.forms(message.id), TOOL.forms(message.string)
    for i, text in enumerate(told):
        if not text:
            continue
        wanted = places(said[min(i, len(said) - 1)])
        yield from places(text) - set().union(*map(places, said))
        if len(told) == 1 or i:
            yield from wanted - places(text)


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+", text))
