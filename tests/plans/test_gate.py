"""The gate as such: six conditions, what lets through, and what is never told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.plans.rules.alike import SMALL_ROLE, AlikeFacts, alike, few, parts
from andon.plans.rules.conditions import MechanismFacts, Observed, behaviour, mechanism
from andon.plans.rules.gate import NAMES, Condition, Gate, lets_through, problem_overriding, problem_proposing
from tests.plans.test_life import DAY

UNMET = st.frozensets(st.integers(1, 6))


def test_a_gate_has_its_six_conditions_in_order():
    with pytest.raises(ValueError, match="six conditions"):
        Gate((Condition(2, True, "x"),))


def test_a_gate_is_the_same_after_it_was_kept():
    gate = Gate(tuple(Condition(n, n % 2 == 0, "why", "" if n % 2 == 0 else "mend") for n in NAMES))
    assert Gate.of(gate.as_data()) == gate
    assert gate.unmet == {1, 3, 5}


@given(UNMET, UNMET)
def test_it_lets_through_only_what_is_met_or_overridden_and_that_once(unmet, overridden):
    through = lets_through(unmet, overridden)
    assert through == (problem_proposing(unmet, overridden) == "")
    if through:
        assert unmet <= overridden
        assert len(unmet) <= 1


@given(st.integers(1, 6), UNMET, UNMET)
def test_nothing_is_overridden_that_is_met_or_twice(condition, unmet, overridden):
    allowed = not problem_overriding(condition, unmet, overridden, "There was a fire drill.")
    assert allowed == (condition in unmet and not overridden)


def test_three_items_of_one_source_are_one_impression():
    days = [DAY.replace(day=n) for n in (2, 3, 4)]
    assert not behaviour(Observed(days, ["Martin", "martin ", "MARTIN"])).met
    assert behaviour(Observed(days, ["Martin", "Lena", "Martin"])).met
    assert not behaviour(Observed([DAY] * 3, ["Martin", "Lena", "Hana"])).met


def test_a_mechanism_without_a_chart_says_nothing():
    assert "has no chart" in mechanism(MechanismFacts(name="Labels")).why


@given(st.integers(0, 40), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_counts_point_at_nobody(others, planned, coached, nothing):
    strong = planned + coached + nothing
    found = alike(AlikeFacts(max(others, strong), strong, planned, coached))
    told = [str(one) for one in found.facts.values()]
    assert not {"1", "2", "3", "4"} & set(told)
    if max(others, strong) < SMALL_ROLE:
        assert not any(letter.isdigit() for letter in found.why)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_no_small_count_can_be_had_by_subtracting(counts):
    told = parts(*counts)
    hidden = [n for n, word in zip(counts, told, strict=True) if word != few(n) or 0 < n < 5]
    small = [n for n in counts if 0 < n < 5]
    assert not small or len(hidden) > 1 or all(n == 0 for n in counts if n not in small)
