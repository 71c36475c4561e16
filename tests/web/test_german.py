"""Pages in German: for everybody, in full, with numbers and days as German readers write them."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from html.parser import HTMLParser

import pytest
from django.forms import BaseForm, DateInput
from django.urls import get_resolver, reverse
from django.utils import translation
from tests.house.test_translation import CATALOGUES, TOOL
from tests.web.charts import calm, charted
from tests.web.heard import clustered

from andon.evidence.models import Reading
from andon.people import saying
from andon.people.models import Deed
from andon.web.templatetags import andon as words
from andon.web.templatetags import andon_data

GERMAN = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
EVERYBODYS = [
    "/",
    "/wall/",
    "/mechanisms/",
    "/mechanisms/labels/",
    "/voice/",
    "/voice/clusters/",
    "/escalations/",
    "/escalations/raise/",
    "/system/",
    "/system/how/",
    "/mechanisms/labels/late/system/",
    "/me/",
    "/me/estimates/",
    "/me/record/",
    "/people/",
    "/people/teams/",
    "/standards/",
    "/objectives/",
    "/principles/",
    "/accounts/2fa/",
    "/no-such-page/",
]
SOME = {
    "alice": ["/me/coaching/", "/me/development/", "/me/feedback/", "/me/plan/"],
    "martin": ["/team/", "/team/owed/", "/plans/"],
    "olga": ["/mechanisms/labels/+revise/", "/mechanisms/labels/+measure/"],
    "lena": ["/voice/?q=torn", "/wall/?out=1"],
    "hana": ["/data/", "/hr/law/", "/hr/plans/"],
    "ana": ["/data/", "/data/bring/", "/mechanisms/+new/"],
    "adam": ["/people/roles/"],
}
VOID = {"meta", "link", "input", "img", "br", "hr", "path", "rect", "circle", "line", "source", "wbr"}


class Text(HTMLParser):
    """What of a page is in the language of the page: not what computers or customers said in another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang") or ""
        foreign = given.get("lang") not in (None, "de") or tag in {"script", "style", "svg"}
        if tag not in VOID:
            self.open.append((tag, foreign))
        if not foreign:
            self.said += [given[name] for name in ("aria-label", "title", "placeholder") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(foreign for _, foreign in self.open):
            self.said.append(data.strip())


def read(answer) -> Text:
    text = Text()
    text.feed(answer.content.decode())
    return text


@cache
def english() -> frozenset[str]:
    """Sentences that have a German one."""
    (german,) = (path for path in CATALOGUES if "/de/" in str(path))
    found = TOOL.messages(TOOL.read(german))
    return frozenset(
        one.id
        for one in found
        if isinstance(one.id, str) and " " in one.id and one.id != one.string and "%" not in one.id
    )


@pytest.fixture(autouse=True)
def english_again():
    """A request leaves its language to the thread; the tests that follow read English."""
    yield
    translation.activate("en")


@pytest.fixture
def house(cast):
    charted(cast.late, calm())
    clustered([cast.torn], cast.now, cast.labels)
    return cast


def visited() -> list[tuple[str, str]]:
    everywhere = [("alice", page) for page in EVERYBODYS] + [("lena", page) for page in EVERYBODYS[:8]]
    return everywhere + [(who, page) for who, pages in SOME.items() for page in pages]


@pytest.mark.parametrize(("who", "page"), visited())
def test_no_english_sentence_is_left_on_a_page(house, client, who, page):
    client.force_login(getattr(house, who))
    answer = client.get(page, headers=GERMAN)
    assert answer.status_code in {200, 404}
    assert answer.status_code == 200 or page == "/no-such-page/"
    text = read(answer)
    assert text.language == "de"
    assert sorted(english() & set(text.said)) == []


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/password/reset/"])
def test_who_is_not_signed_in_yet_reads_german_too(db, client, page):
    text = read(client.get(page, headers=GERMAN))
    assert text.language == "de"
    assert sorted(english() & set(text.said)) == []


def test_nobody_who_asks_for_nothing_gets_another_language_than_english(db, client):
    assert read(client.get("/accounts/login/")).language == "en"


def test_a_language_without_a_catalogue_is_answered_in_english(db, client):
    assert read(client.get("/accounts/login/", headers={"Accept-Language": "fr"})).language == "en"


def test_who_asks_for_none_that_is_spoken_reads_the_language_of_the_house(db, client, settings):
    settings.HOUSE_LANGUAGE = "de"
    assert read(client.get("/accounts/login/")).language == "de"
    assert read(client.get("/accounts/login/", headers={"Accept-Language": "fr, *"})).language == "de"
    assert read(client.get("/accounts/login/", headers={"Accept-Language": "en-GB"})).language == "en"


def test_a_language_that_is_chosen_stays_whatever_the_browser_asks_for(db, client):
    answer = client.post(reverse("set_language"), {"language": "de", "next": "/accounts/login/"})
    assert (answer.status_code, answer.url) == (302, "/accounts/login/")
    assert read(client.get("/accounts/login/", headers={"Accept-Language": "en"})).language == "de"


def test_choosing_a_language_leads_nowhere_else(db, client):
    answer = client.post(reverse("set_language"), {"language": "de", "next": "https://example.org/"})
    assert "example.org" not in answer.url


def test_looking_at_the_address_changes_nothing(db, client):
    client.get(reverse("set_language"), {"language": "de"})
    assert read(client.get("/accounts/login/")).language == "en"


def test_every_page_offers_the_languages(house, client):
    client.force_login(house.alice)
    page = client.get("/people/", headers=GERMAN).content.decode()
    assert re.search(r'name="language" value="en"', page)
    assert re.search(r'value="de" lang="de" aria-current="true"', page)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        (lambda: words.amount(0.046, "share"), "4,6 %"),
        (lambda: words.amount(1_234_567, "count"), "1,2 Mio."),
        (lambda: words.amount(12_240, "seconds"), "3,4 Std."),
        (lambda: words.amount(3.5, "hours"), "3,5 hours"),
        (lambda: words.thousands(2140), "2.140"),
        (lambda: words.counted(1, "mechanism"), "ein Ablauf"),
        (lambda: words.counted(3, "mechanism"), "drei Abläufe"),
        (lambda: saying.day(datetime(2026, 3, 9, tzinfo=UTC)), "9. März 2026"),
        (lambda: saying.period(datetime(2026, 3, 9, tzinfo=UTC), "week"), "Woche vom 9. März 2026"),
        (lambda: saying.period(datetime(2026, 3, 9, tzinfo=UTC), "quarter"), "1. Quartal 2026"),
        (lambda: saying.weekday(datetime(2026, 11, 22, 12, tzinfo=UTC)), "Sonntag, 22. November 2026"),
        (lambda: saying.relative(timedelta(days=3)), "vor 3 Tagen"),
        (lambda: saying.relative(timedelta(hours=-1, minutes=-5)), "in 1 Stunde"),
        (lambda: saying.relative(timedelta(seconds=2)), "gerade eben"),
        (lambda: andon_data.span(timedelta(hours=1, minutes=53)), "1 Std. 53 Min."),
        (lambda: words.figures("4.6 % of 12,345"), "4,6 % of 12.345"),
        (lambda: words.chart_name("p"), "p-Karte"),
    ],
)
def test_numbers_and_days_read_as_german_readers_write_them(said, read):
    with translation.override("de"):
        assert said() == read


def test_the_same_numbers_read_in_english_as_before():
    assert words.amount(1_234_567, "count") == "1.2 million"
    assert saying.weekday(datetime(2026, 11, 22, 12, tzinfo=UTC)) == "Sunday 22 November 2026"


def test_what_is_kept_for_everybody_is_kept_in_english(cast, client):
    """A word that is stored is read by others, in their languages: what is written down has none of the writer's."""
    client.force_login(cast.olga)
    client.post("/mechanisms/labels/+retire/", headers=GERMAN)
    assert Deed.objects.latest("at").verb == "retired"


def test_who_read_what_is_kept_in_one_language_and_told_in_everybodys_own(house, client):
    client.force_login(house.martin)
    client.get(f"/team/{house.alice.pk}/", headers=GERMAN)
    read_page = "Their page: what is expected, coaching, promises"
    assert set(Reading.objects.filter(person=house.alice).values_list("what", flat=True)) == {read_page}
    client.force_login(house.alice)
    german = client.get("/me/record/", headers=GERMAN).content.decode()
    assert "Die Seite der Person: was erwartet wird, Coaching, Zusagen" in german
    assert read_page in client.get("/me/record/", headers={"Accept-Language": "en"}).content.decode()


def test_what_is_written_down_for_good_has_the_language_of_the_house():
    with translation.override("de"):
        with saying.for_keeps():
            assert saying.few(3) == "three"
        assert saying.few(3) == "drei"


def _forms(kind=BaseForm):
    for one in kind.__subclasses__():
        yield one
        yield from _forms(one)


def test_a_day_that_is_filled_in_already_is_written_as_browsers_read_it():
    """Not 24.11.2026, which they throw away: the field would be empty in German and nowhere else."""
    get_resolver().url_patterns
    days = [
        (one.__name__, name, field.widget.format)
        for one in _forms()
        if one.__module__.startswith("andon.")
        for name, field in one.base_fields.items()
        if isinstance(field.widget, DateInput) and field.widget.input_type == "date"
    ]
    assert len(days) > 10
    assert [each for each in days if each[2] != "%Y-%m-%d"] == []
