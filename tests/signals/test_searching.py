"""Finding what customers said."""

import pytest

from andon.signals.models import Signal
from andon.signals.search import Search
from tests.signals.conftest import row

pytestmark = pytest.mark.django_db


def texts(signals) -> list[str]:
    return [signal.text for signal in signals]


def test_all_words_must_occur(brought):
    brought([row("The parcel is late"), row("The parcel is here"), row("Late again")])
    assert texts(Signal.objects.search("late parcel")) == ["The parcel is late"]


def test_case_and_accents_do_not_matter(brought):
    brought([row("GRÖSSE zu klein"), row("Ein Café")])
    assert texts(Signal.objects.search("größe")) == ["GRÖSSE zu klein"]
    assert texts(Signal.objects.search("cafe")) == ["Ein Café"]


def test_a_phrase_stands_in_quotes(brought):
    brought([row("not late at all"), row("late, not early")])
    assert texts(Signal.objects.search('"not late"')) == ["not late at all"]


def test_signs_of_the_database_are_only_signs(brought):
    brought([row("100% wrong"), row("1000 wrong"), row("under_score"), row("underXscore")])
    assert texts(Signal.objects.search("100%")) == ["100% wrong"]
    assert texts(Signal.objects.search("r_s")) == ["under_score"]


def test_a_word_in_another_script_is_found(brought):
    brought([row("お客様の荷物が遅い"), row("Посылка опоздала")])
    assert texts(Signal.objects.search("荷物")) == ["お客様の荷物が遅い"]
    assert texts(Signal.objects.search("ПОСЫЛКА")) == ["Посылка опоздала"]


def test_a_signal_that_is_written_alone_is_found_too(cast):
    assert list(Signal.objects.search("torn label")) == [cast.torn]


def test_days_are_inclusive(brought):
    brought([row("a", "2025-06-01 23:59"), row("b", "2025-06-02 00:00"), row("c", "2025-06-03 00:00")])
    found = Signal.objects.matching(Search(since="2025-06-01", until="2025-06-02"))
    assert sorted(texts(found)) == ["a", "b"]


@pytest.mark.parametrize("odd", ["2025-13-45", "yesterday", "0", "'; --"])
def test_an_odd_day_narrows_nothing(brought, odd):
    brought([row("a")])
    assert Signal.objects.matching(Search(since=odd)).count() == 1


def test_pages_follow_one_another_without_gap_or_repeat(brought):
    brought([row(f"{i}", "2025-06-01 10:00") for i in range(7)])
    seen, after = [], ""
    for _ in range(4):
        page = Signal.objects.all().page(after, size=2)
        seen += texts(page.signals)
        after = page.after
    assert sorted(seen) == [str(i) for i in range(7)]
    assert after == ""


@pytest.mark.parametrize(
    "odd", ["x", "2025-01-01", "2025-01-01T00:00:00Z~x", "~", "9" * 400, "2025-99-01T00:00Z~1"]
)
def test_an_odd_place_begins_at_the_start(brought, odd):
    brought([row("a")])
    assert texts(Signal.objects.all().page(odd).signals) == ["a"]


def test_a_search_survives_its_address():
    search = Search(q='"late & lost" 50%', mechanism="labels", month="2025-01")
    from urllib.parse import parse_qsl

    assert Search.read(dict(parse_qsl(search.query()))) == search
