"""How objectives hang together, up to a customer outcome, and when they may change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.standards.rules.aligning import (
    CycleFacts,
    from_the_top,
    outcome_of,
    path,
    problem_aligning,
    problem_changing,
    problem_checking_in,
    problem_correcting,
    problem_moving,
    would_loop,
)

keys = st.integers(1, 8)
FROZEN, DRAFT, OPEN = (CycleFacts(state, "Spring") for state in ("frozen", "draft", "open"))


def test_the_path_leads_from_an_objective_to_its_top():
    assert path(3, {3: 2, 2: 1, 1: None}) == [3, 2, 1]


def test_the_nearest_outcome_up_the_path_is_the_one_it_reaches():
    parents = {3: 2, 2: 1, 1: None}
    assert outcome_of(3, parents, {1, 2}) == 2
    assert outcome_of(3, parents, {3, 1}) == 3
    assert outcome_of(3, parents, set()) is None


def test_an_objective_cannot_stand_above_itself():
    parents = {2: 1, 3: 2, 1: None}
    assert would_loop(1, 3, parents)
    assert would_loop(1, 1, parents)
    assert not would_loop(3, 1, parents)
    assert not would_loop(1, None, parents)


@given(st.lists(st.tuples(keys, keys), max_size=30))
def test_however_one_aligns_no_loop_comes_about(wishes):
    parents: dict[int, int | None] = {}
    for child, parent in wishes:
        if not would_loop(child, parent, parents):
            parents[child] = parent
    for start in parents:
        at, steps = start, 0
        while at is not None:
            at, steps = parents.get(at), steps + 1
            assert steps <= len(parents) + 1


@given(st.dictionaries(keys, keys | st.none()), keys)
def test_a_path_ends_even_where_there_is_a_loop(parents, start):
    found = path(start, parents)
    assert len(found) == len(set(found))


@given(st.dictionaries(keys, keys | st.none()))
def test_from_the_top_nothing_comes_before_what_it_stands_under(parents):
    looped = {
        one for one in parents if any(parents.get(step) in path(one, parents) for step in path(one, parents))
    }
    order = from_the_top(parents)
    assert sorted(order) == sorted(parents)
    for one in set(parents) - looped:
        if parents[one] in parents:
            assert order.index(parents[one]) < order.index(one)


def test_nobody_stands_under_somebody_elses_personal_objective():
    assert problem_aligning(("person", 1), ("person", 2))
    assert problem_aligning(("team", 1), ("person", 1))
    assert problem_aligning(("everybody", None), ("person", 1))


@pytest.mark.parametrize("owner", [("person", 1), ("team", 1), ("everybody", None)])
@pytest.mark.parametrize("above", [("team", 2), ("everybody", None)])
def test_everything_may_serve_what_is_shared(owner, above):
    assert not problem_aligning(owner, above)


def test_one_s_own_objectives_may_stand_under_each_other():
    assert not problem_aligning(("person", 1), ("person", 1))


def test_nothing_in_a_frozen_cycle_changes():
    assert "frozen" in problem_changing(FROZEN)
    assert "frozen" in problem_checking_in(FROZEN)


def test_check_ins_wait_until_a_cycle_is_open():
    assert problem_checking_in(DRAFT)
    assert not problem_changing(DRAFT)
    assert not problem_checking_in(OPEN)


def test_a_goal_without_a_cycle_is_never_frozen():
    assert not problem_changing(None)
    assert not problem_checking_in(None)


def test_what_was_given_up_does_not_change():
    assert problem_changing(OPEN, dropped=True)


def test_a_note_stands_beside_frozen_objectives_only():
    assert not problem_correcting(FROZEN, "It was 62 %.")
    assert problem_correcting(FROZEN, " ")
    assert problem_correcting(OPEN, "It was 62 %.")
    assert problem_correcting(None, "It was 62 %.")


@given(st.lists(st.sampled_from(["open", "frozen"]), max_size=6))
def test_a_cycle_only_goes_forwards(wishes):
    order, state = ["draft", "open", "frozen"], "draft"
    for wanted in wishes:
        if not problem_moving(state, wanted):
            assert order.index(wanted) == order.index(state) + 1
            state = wanted
