"""Quieter than others, beyond chance and ordinary differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.culture.rules import Unit, Verdict, can_tell, fewer, more


def units(*pairs: tuple[int, int]) -> list[Unit]:
    return [
        Unit(str(place), f"Team {place}", cases, happened) for place, (cases, happened) in enumerate(pairs)
    ]


OTHERS = ((400, 80), (300, 66), (500, 95), (350, 77), (200, 41), (450, 92))


def verdicts(found) -> dict[str, Verdict]:
    return {one.unit.key: one.verdict for one in found}


def test_a_team_from_which_nobody_asks_stands_out():
    found = fewer(units((600, 0), *OTHERS))
    assert found[0].unit.key == "0"
    assert found[0].verdict is Verdict.FAR
    assert set(verdicts(found[1:]).values()) == {Verdict.USUAL}


def test_where_many_complain_and_nobody_asks_what_would_be_usual_is_said():
    first = fewer(units((600, 0), *OTHERS))[0]
    assert 0 < first.low < 120 < first.high < 600


def test_two_silent_teams_do_not_hide_each_other():
    found = fewer(units((600, 0), (500, 0), *OTHERS, *OTHERS))
    assert [one.unit.key for one in found[:2]] == ["0", "1"]
    assert {one.verdict for one in found[:2]} == {Verdict.FAR}


def test_of_few_nobody_can_tell():
    assert verdicts(fewer(units((6, 0), *OTHERS)))["0"] is Verdict.FEW


def test_ordinary_differences_are_no_silence():
    found = fewer(units((400, 40), (400, 60), (400, 80), (400, 100), (400, 120), (400, 140)))
    assert Verdict.FAR not in verdicts(found).values()


def test_of_a_handful_of_teams_nobody_knows_what_is_usual():
    assert not can_tell(units((600, 0), (400, 80), (300, 60)))
    assert fewer(units((600, 0), (400, 80), (300, 60))) == ()


def test_where_hardly_anybody_ever_asks_nobody_is_called_silent():
    assert fewer(units((600, 0), (400, 2), (300, 1), (500, 2), (350, 1), (200, 0))) == ()


def test_where_questions_die_young_more_often_than_elsewhere():
    found = more(units((60, 45), (80, 8), (90, 9), (70, 7), (60, 6), (85, 9)))
    assert (found[0].unit.key, found[0].verdict) == ("0", Verdict.FAR)


@pytest.mark.slow
@pytest.mark.parametrize("spread", [0.0, 0.3, 0.6])
def test_without_silence_hardly_a_team_in_a_hundred_is_called_far(spread):
    rng, far, seen = np.random.default_rng(5), 0, 0
    for _world in range(60):
        cases = rng.integers(30, 800, 8)
        rates = np.clip(0.1 * np.exp(rng.normal(0, spread, 8)), 0, 0.9)
        found = fewer(units(*zip(cases.tolist(), rng.binomial(cases, rates).tolist(), strict=True)))
        far += sum(one.verdict is Verdict.FAR for one in found)
        seen += len(found)
    assert far <= 0.01 * seen


counts = st.integers(0, 2000).flatmap(lambda cases: st.tuples(st.just(cases), st.integers(0, cases)))


@given(st.lists(counts, max_size=12))
def test_any_counts_get_a_verdict_each_or_none_at_all(pairs):
    known = [pair for pair in pairs if pair[0]]
    for compare in (fewer, more):
        found = compare(units(*pairs))
        assert len(found) in (0, len(known))
        assert all(0 <= one.low <= one.unit.cases for one in found)
        assert all(one.low <= one.high <= one.unit.cases or one.low == one.high + 1 for one in found)


@given(st.permutations([(600, 0), *OTHERS]))
def test_the_order_of_teams_changes_nothing(pairs):
    found = fewer(units(*pairs))
    assert (found[0].unit.cases, found[0].verdict) == (600, Verdict.FAR)
