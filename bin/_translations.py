"""Marked sentences to catalogues: gathered with Django's own reading of templates, kept with Babel.

GNU gettext would do the same, but it has to be installed by somebody with rights to do so. Babel is pure Python, and
`templatize` is what Django itself uses to turn a template into something that gettext can read.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import _sentences
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "andon"
LOCALE = PACKAGE / "locale"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NOTES = ["Translators:"]
COUNTED = re.compile(r"""\|counted:["'](?P<one>[^"',]+)(?:,(?P<many>[^"']+))?["']""")
COUNTED_IN_PYTHON = re.compile(r"""\bsaying\.counted\(.+?,\s*"(?P<one>[^"]+)"(?:,\s*"(?P<many>[^"]+)")?\)""")
HEAD = (
    "# The words of Andon. Made by bin/translations; the words to use are in docs/reference/translation.md."
)
EMPTY_HEADS = (
    b'"POT-',
    b'"PO-Revision',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Report-Msgid',
    b'"Project-Id',
)
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
Marked = tuple[str, str | tuple[str, ...], list[str], str | None]
"""Where (a file), what (one form or several), notes to translators, context."""


def marked() -> Iterator[Marked]:
    """Everything in the product that is marked for translation."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _in_python(path.read_text("utf-8"), _name(path))
        yield from _counted(COUNTED_IN_PYTHON, path.read_text("utf-8"), _name(path))
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.is_file():
            yield from _in_template(path.read_text("utf-8"), _name(path))
    for name, what in _sentences.said():
        yield name, what, [], None


def _name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def _in_python(text: str, name: str) -> Iterator[Marked]:
    lines = io.BytesIO(text.encode())
    for _, what, notes, context in extract("python", lines, KEYWORDS, NOTES):
        yield name, what, notes, context


def _in_template(text: str, name: str) -> Iterator[Marked]:
    # What is not marked comes back as rows of letters; left of the margin, no tokeniser minds their indentation.
    calls = "\n".join(line.strip() for line in templatize(text, name).splitlines())
    yield from _in_python(calls, name)
    yield from _counted(COUNTED, text, name)


def _counted(pattern: re.Pattern, text: str, name: str) -> Iterator[Marked]:
    """What `saying.counted` looks up: “%(n)s week”, “%(n)s weeks”."""
    for found in pattern.finditer(text):
        one = found["one"]
        yield name, (f"%(n)s {one}", f"%(n)s {found['many'] or one + 's'}"), [], None


def gathered() -> Catalog:
    """All that is marked, as a template of a catalogue, in the order of its letters so that changes read well."""
    catalog = Catalog(project="Andon", charset="utf-8")
    for name, what, notes, context in marked():
        catalog.add(what, locations=[(name, 0)], auto_comments=notes, context=context)
    return catalog


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    """Always with the same day in its head, so that the same words are the same bytes."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.creation_date = SOME_DAY
    return catalog


def messages(catalog: Catalog) -> list[Message]:
    """Without the head of the catalogue."""
    return [message for message in catalog if message.id]


def forms(text: object) -> tuple[str, ...]:
    """A message's text as its forms; one that knows no numbers has a single one."""
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def untranslated(catalog: Catalog) -> list[Message]:
    return [message for message in messages(catalog) if not all(forms(message.string) or ("",))]


def as_po(catalog: Catalog) -> bytes:
    """As it is written; without dates and line numbers, which would change with every change of the code."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return b"".join(line for line in out.getvalue().splitlines(True) if not line.startswith(EMPTY_HEADS))


def as_mo(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def renew(path: Path, template: Catalog) -> Catalog:
    """The catalogue with what is marked now: nothing guessed, nothing that is no longer said."""
    catalog = read(path) if path.exists() else Catalog(locale=path.parent.parent.name, project="Andon")
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    for message in messages(catalog):
        if message.fuzzy:  # a guess: one thing became several, or several one
            message.string = "" if isinstance(message.id, str) else ("",) * catalog.num_plurals
            message.flags.discard("fuzzy")
    catalog.fuzzy = False
    catalog.header_comment = HEAD
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog))
    kept = read(path)
    path.with_suffix(".mo").write_bytes(as_mo(kept))
    return kept


def main(arguments: list[str]) -> None:
    begun = [LOCALE / arguments[1] / "LC_MESSAGES" / "django.po"] if arguments[:1] == ["--new"] else []
    template = gathered()
    for path in [*catalogues(), *begun]:
        catalog = renew(path, template)
        left = untranslated(catalog)
        sys.stdout.write(
            f"{path.parent.parent.name}: {len(messages(catalog))} messages, {len(left)} to translate\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
