"""What makes a mechanism or a measure sound. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.mechanisms.columns import number
from andon.mechanisms.models import Measure, Mechanism
from andon.mechanisms.rules import (
    EVERY,
    GOOD,
    KINDS,
    MEASURE_KINDS,
    SEASONS,
    problems_of_measure,
    problems_of_mechanism,
    problems_of_phase,
)
from andon.people.rules import UnfitError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def measure(**fields):
    return problems_of_measure({"name": "Late", "kind": "proportion", **fields})


def test_a_plain_measure_is_sound():
    assert measure(spec_lower=0.1, spec_upper=0.2, target=0.15, every="day", season="week") == {}


@pytest.mark.parametrize(
    ("fields", "column", "words"),
    [
        ({"name": " "}, "name", "needs a name"),
        ({"name": "x" * 121}, "name", "Longer than 120"),
        ({"kind": "median"}, "kind", "Choose one of: proportion"),
        ({"good": "left"}, "good", "Choose one of: high, low"),
        ({"spec_lower": 0.2, "spec_upper": 0.1}, "spec_lower", "not below the upper one 0.1"),
        ({"spec_lower": 0.2, "spec_upper": 0.2}, "spec_lower", "not below"),
        ({"spec_upper": 95.0}, "spec_upper", "Write 95 % as 0.95"),
        ({"target": -0.1}, "target", "between 0 and 1"),
        ({"target": float("nan")}, "target", "ordinary number"),
        ({"spec_upper": float("inf")}, "spec_upper", "ordinary number"),
        ({"spec_upper": 0.1, "target": 0.2}, "target", "outside the spec limits"),
        ({"kind": "count", "spec_lower": -1.0}, "spec_lower", "below nought"),
        ({"kind": "value"}, "outcome", "needs the column"),
        ({"kind": "rate"}, "of", "needs a column"),
        ({"kind": "count", "of": "n"}, "of", "no denominator"),
        ({"kind": "rate", "outcome": "n", "of": "n"}, "of", "same column"),
        ({"season": "week", "every": "week"}, "season", "hours or days"),
        (
            {"baseline_from": date(2025, 2, 1), "baseline_to": date(2025, 1, 1)},
            "baseline_from",
            "before it begins",
        ),
    ],
)
def test_an_unsound_measure_says_why(fields, column, words):
    assert words in " ".join(measure(**fields)[column])


def test_a_value_may_be_negative():
    assert measure(kind="value", outcome="nps", spec_lower=-20.0) == {}


def test_a_rate_may_be_for_each_interaction_or_for_what_a_column_says():
    assert measure(kind="rate", outcome="transfers") == {}
    assert measure(kind="rate", of="parcels") == {}


def test_a_mechanism_needs_a_name_and_a_known_kind():
    assert problems_of_mechanism({"name": "", "kind": "ritual"}).keys() == {"name", "kind"}


def test_a_text_of_more_than_a_book_is_refused():
    assert (
        "Link to the document" in problems_of_mechanism({"name": "A", "purpose": "x" * 20_001})["purpose"][0]
    )


def test_a_phase_says_its_reason_in_a_line():
    assert "240" in problems_of_phase(NOW, "x" * 241, NOW)["reason"][0]


def test_words_of_addresses_are_no_short_names():
    assert "slug" in problems_of_mechanism({"name": "New", "slug": "new"})


def test_choices_are_those_of_the_nouns():
    assert tuple(Mechanism.Kind.values) == KINDS
    assert tuple(
        tuple(choices.values) for choices in (Measure.Kind, Measure.Good, Measure.Every, Measure.Season)
    ) == (MEASURE_KINDS, GOOD, EVERY, SEASONS)


def test_a_phase_needs_a_reason_and_a_change_that_was_made():
    assert problems_of_phase(NOW + timedelta(days=1), " ", NOW).keys() == {"reason", "starts"}


def test_two_phases_do_not_begin_at_once():
    assert "starts" in problems_of_phase(NOW, "New label", NOW, frozenset({NOW}))


@given(
    st.fixed_dictionaries(
        {}, optional={n: st.none() | st.floats() for n in ("spec_lower", "spec_upper", "target")}
    )
)
def test_whatever_is_accepted_can_be_met(limits):
    if measure(**limits):
        return
    lower, upper = limits.get("spec_lower"), limits.get("spec_upper")
    target = limits.get("target")
    assert lower is None or upper is None or lower < upper
    assert target is None or ((lower is None or lower <= target) and (upper is None or target <= upper))


@pytest.mark.parametrize(
    ("written", "read"),
    [("0.05", 0.05), ("0,05", 0.05), ("5 %", 0.05), ("1,5%", 0.015), ("", None), ("-3", -3.0)],
)
def test_numbers_are_read_as_people_write_them(written, read):
    assert number("target", written) == (None if read is None else pytest.approx(read))


def test_what_is_no_number_is_refused():
    with pytest.raises(UnfitError, match=r"Write it such as 0\.05"):
        number("target", "soon")
