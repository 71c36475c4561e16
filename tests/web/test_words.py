"""How numbers and moments read on every page."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.people import saying
from andon.web.templatetags import andon as words

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=3), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=20), "2 weeks ago"),
        (timedelta(days=400), "1 year ago"),
        (timedelta(minutes=-20), "in 20 minutes"),
        (timedelta(seconds=-5), "in a moment"),
    ],
)
def test_a_moment_reads_as_people_say_it(span, said):
    assert saying.relative(span) == said


@given(st.timedeltas(min_value=timedelta(days=-20000), max_value=timedelta(days=20000)))
def test_every_moment_has_words_without_zero_or_sixty(span):
    said = saying.relative(span).split()
    assert "0" not in said
    assert said[:2] != ["60", "minutes"]


def test_the_exact_instant_shows_on_hover():
    at = datetime(2026, 11, 9, 14, 3, tzinfo=UTC)
    assert 'title="9 November 2026, 14:03 UTC"' in words.ago(at, NOW)
    assert 'datetime="2026-11-09T14:03:00+00:00"' in words.ago(at, NOW)


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf")])
def test_a_missing_number_is_a_dash(nothing):
    assert words.amount(nothing, "share") == "–"


def test_numbers_read_with_their_unit():
    assert words.amount(0.046, "share") == "4.6 %"
    assert words.amount(41, "seconds") == "41 s"
    assert words.counted(3, "week") == "three weeks"
    assert words.counted(1, "person,people") == "one person"
    assert words.counted(2, "person,people") == "two people"
    assert words.thousands(2140) == "2,140"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Worse than usual: 2.9 % against 1.4 %. One other.", "Worse than usual: 2.9 % against 1.4 %."),
        ("In control.", "In control."),
        ("5.6 % against 5 %. 216 other exceptions.", "5.6 % against 5 %."),
        ("It was 3.5 hours. (Provisional.)", "It was 3.5 hours."),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_at_its_full_stop(text, first):
    assert words.first_sentence(text) == first


def test_charts_are_called_as_where_they_are_taught():
    assert [words.chart_name(kind) for kind in ("p", "u'", "xmr")] == ["p chart", "u′ chart", "XmR chart"]
