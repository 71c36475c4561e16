"""Nobody is named where the numbers do not show that anybody is below."""

import numpy as np
import pytest

from andon.analysis.attribution.anybody import ENOUGH, evidence_of_anybody

STANDARD, SPREAD = -0.175, 0.2


def evidence(true, cases=300.0, seed=0, up=1):
    """Of effects seen through so many cases a worker, the standard at -0.175."""
    rng = np.random.default_rng(seed)
    noise = 1 / (0.15 * cases * np.exp(rng.normal(0, 0.5, len(true))))
    seen = true + rng.normal(0, 1, len(true)) * np.sqrt(noise)
    middle = seen.mean()
    variance = max(float(np.var(seen) - noise.mean()), 1e-6)
    return evidence_of_anybody(up * (seen - middle), noise, variance, up * (STANDARD - middle), up)


def people(count=2000, seed=1):
    return np.random.default_rng(seed).normal(0, SPREAD, count)


NOBODY_BELOW = {
    "many just above": lambda drawn: np.maximum(drawn, STANDARD),
    "the more the nearer": lambda drawn: STANDARD + np.abs(drawn),
    "cut off": lambda drawn: drawn[drawn > STANDARD],
    "all just at it": lambda drawn: np.full(len(drawn), STANDARD),
    "all alike, above": lambda drawn: np.zeros(len(drawn)),
}


@pytest.mark.parametrize("shape", NOBODY_BELOW)
@pytest.mark.parametrize("cases", [60, 300, 3000])
def test_where_nobody_is_below_there_is_no_evidence_that_somebody_is(shape, cases):
    found = [evidence(NOBODY_BELOW[shape](people(seed=seed)), cases, seed) for seed in range(4)]
    assert max(found) < ENOUGH


def test_people_spread_normally_show_that_some_are_below():
    assert evidence(people()) > 5 * ENOUGH


def test_one_person_far_below_among_many_is_enough():
    drawn = np.maximum(people(240), STANDARD + 0.01)
    drawn[0] = -1.2
    assert evidence(drawn) > ENOUGH


def test_few_cases_show_little():
    assert evidence(people(), cases=10) < ENOUGH


def test_where_less_is_better_it_is_the_mirror_image():
    assert evidence(people(), up=-1) == pytest.approx(evidence(people()), rel=1e-9)


def test_people_of_whom_nothing_is_known_do_not_matter():
    seen, noise = people(300), np.full(300, 0.02)
    more = np.concatenate([seen, [np.nan, -9.0]]), np.concatenate([noise, [0.02, np.inf]])
    assert evidence_of_anybody(*more, 0.04, STANDARD, 1) == evidence_of_anybody(
        seen, noise, 0.04, STANDARD, 1
    )


def test_nobody_to_look_at_is_no_evidence():
    assert evidence_of_anybody(np.empty(0), np.empty(0), 0.04, STANDARD, 1) == 0.0
