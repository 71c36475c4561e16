"""Person or process in worlds of which the truth is known."""

import numpy as np
import pytest

from andon.analysis.attribution import AttributionSpec, attribute
from andon.analysis.attribution.spec import VERDICTS
from tests.analysis.attribution.made import Made

NAMED, MEETS, APART = "below standard", "meets standard", "cannot be separated"


def judged(cells, **asked):
    return attribute(cells, AttributionSpec(**{"good": "high", "compare": False, **asked}))


def having(found, verdict):
    return np.array(found.people.verdict) == verdict


def share(found, name):
    return next(one for one in found.shares if one.name == name)


@pytest.fixture(scope="module")
def plain():
    made = Made(seed=4)
    cells = made.draw()
    return made, cells, attribute(cells, AttributionSpec(good="high", standard=0.76))


# What is estimated


def test_people_come_out_near_the_truth_and_intervals_hold_it(plain):
    made, _, found = plain
    level = found.people.adjusted
    truth = made.effects["worker"] - np.mean(made.effects["worker"])
    assert np.corrcoef(level, truth)[0, 1] > 0.8
    usual = found.standard.usual
    reached = usual + truth * usual * (1 - usual)  # near enough for small effects
    inside = (found.people.low - 0.01 <= reached) & (reached <= found.people.high + 0.01)
    assert inside.mean() > 0.9


def test_mechanisms_and_teams_come_out_near_the_truth(plain):
    made, _, found = plain
    for level, truth in ((found.mechanisms, made.effects["mechanism"]), (found.teams, made.effects["team"])):
        off = level.effect - (truth - np.average(truth, weights=level.n))
        assert np.abs(off).max() < 0.2
        assert np.all((level.low <= level.effect) & (level.effect <= level.high))


def test_most_of_the_told_differences_are_the_systems_where_they_are(plain):
    found = plain[2]
    assert share(found, "mechanism").share > share(found, "worker").share
    assert sum(one.share for one in found.shares) == pytest.approx(1)
    assert all(one.low <= one.share <= one.high for one in found.shares)


def test_every_verdict_is_one_of_four_words_and_is_counted(plain):
    found = plain[2]
    assert set(found.people.verdict) <= set(VERDICTS)
    assert sum(found.counts.values()) == len(found.people.worker)


def test_the_models_compared_are_worse_than_the_one_used(plain):
    used, *others = plain[2].compared
    assert used.chosen
    assert all(one.worse_by >= 0 for one in others if one.worse_by is not None)
    assert next(one for one in others if "no process" in one.name).p < 1e-6


def test_the_same_cells_give_the_same_answer(plain):
    _, cells, found = plain
    again = attribute(cells, AttributionSpec(good="high", standard=0.76))
    assert np.array_equal(again.people.p_below, found.people.p_below)


# What is said of people


def test_nobody_is_named_where_nobody_is_below():
    found = judged(Made(seed=5).draw(), standard=0.55)
    assert not having(found, NAMED).any()
    assert having(found, MEETS).mean() > 0.9


def test_few_of_those_named_are_named_wrongly_and_some_are_found():
    named = wrong = 0
    for seed in range(6):
        made = Made(seed=seed, cases=900)
        found = judged(made.draw(), standard=0.76)
        threshold = np.log(0.76 / 0.24) - np.log(found.standard.usual / (1 - found.standard.usual))
        chosen = having(found, NAMED)
        below = made.effects["worker"] - made.effects["worker"].mean() < threshold
        named, wrong = named + chosen.sum(), wrong + (chosen & ~below).sum()
    assert named >= 12
    assert wrong <= 0.05 * named + 2


def test_less_being_better_turns_the_verdicts_around():
    made = Made(seed=6, cases=900)
    cells = made.draw()
    high, low = judged(cells, standard=0.8), judged(cells, standard=0.8, good="low")
    assert np.allclose(high.people.p_below, 1 - low.people.p_below, atol=1e-6)
    assert having(low, MEETS).sum() > 0


def test_a_standard_above_one_of_a_proportion_is_per_cent():
    cells = Made(seed=4).draw()
    assert judged(cells, standard=76).people.verdict == judged(cells, standard=0.76).people.verdict


def test_without_a_standard_it_is_said_where_it_comes_from():
    found = judged(Made(seed=4).draw())
    assert not found.standard.given
    assert "two standard deviations" in found.standard.how
    assert any("--standard" in warning for warning in found.warnings)
    assert having(found, NAMED).mean() < 0.05


def test_a_shortfall_that_everybody_shares_is_the_systems():
    found = judged(Made(seed=4, worker=0.02).draw(), standard=0.9)
    assert not having(found, NAMED).any()
    assert any("matter of the process" in warning for warning in found.warnings)


# Where nothing can be said


def test_who_works_in_one_mechanism_only_cannot_be_separated():
    def locked(rng, worker):
        return np.where(worker < 10, worker % 8, rng.integers(0, 8, len(worker)))

    found = judged(Made(seed=7, mechanism_of=locked).draw(), standard=0.76)
    assert having(found, APART)[:10].all()
    assert not having(found, APART)[10:].any()
    assert "one mechanism" in found.people.why[0]


def test_who_hardly_ever_leaves_one_mechanism_cannot_be_separated():
    def nearly(rng, worker):
        stays = (worker < 10) & (rng.random(len(worker)) < 0.97)
        return np.where(stays, 0, rng.integers(0, 8, len(worker)))

    found = judged(Made(seed=7, mechanism_of=nearly).draw(), standard=0.76)
    assert having(found, APART)[:10].all()
    assert not having(found, APART)[10:].any()


def test_who_alone_works_their_mechanisms_cannot_be_separated():
    def alone(rng, worker):
        return np.where(worker == 0, rng.integers(8, 10, len(worker)), rng.integers(0, 8, len(worker)))

    found = judged(Made(seed=7, mechanisms=10, mechanism_of=alone).draw(), standard=0.76)
    assert having(found, APART).tolist() == [True] + [False] * 119


def test_who_is_alone_in_a_team_cannot_be_separated_from_it():
    teams = np.r_[5, np.arange(119) % 5]
    found = judged(Made(seed=7, team_of=teams).draw(), standard=0.76)
    assert having(found, APART).tolist() == [True] + [False] * 119
    assert "team" in found.people.why[0]


def test_with_one_mechanism_nobody_can_be_separated():
    found = judged(Made(seed=7, mechanisms=1, served=1).draw(), standard=0.76)
    assert having(found, APART).all()
    assert any("one mechanism only" in warning for warning in found.warnings)


def test_a_few_people_who_share_nothing_with_others_cannot_be_separated():
    def island(rng, worker):
        return np.where(worker < 4, rng.integers(8, 10, len(worker)), rng.integers(0, 8, len(worker)))

    found = judged(Made(seed=7, mechanisms=10, mechanism_of=island).draw(), standard=0.76)
    assert having(found, APART)[:4].all()
    assert not having(found, APART)[4:].any()
    assert found.connectivity.components == 2


def test_nobody_gets_a_verdict_where_people_change_over_time():
    found = judged(Made(seed=8, drift=0.6, cases=900).draw(), standard=0.76)
    assert found.calibration.passed is False
    assert not having(found, NAMED).any()
    assert not having(found, MEETS).any()
    assert any("came true" in why or "did not" in why for why in found.people.why)


@pytest.mark.parametrize("kind", ["proportion", "value", "count"])
def test_a_model_that_fits_passes_the_check_on_held_out_outcomes(kind):
    for seed in range(3):
        assert judged(Made(seed=seed, kind=kind, pair=0.15).draw(), standard=1.0).calibration.passed is True


def test_too_few_people_to_check_get_no_verdict():
    found = judged(Made(seed=1, people=6, teams=1).draw(), standard=0.6)
    assert found.calibration.passed is None
    assert not having(found, MEETS).any()


# Which parts the model has


def test_strengths_at_single_mechanisms_are_in_the_model_where_they_are_there():
    found = judged(Made(seed=2, pair=0.4).draw(), standard=0.76)
    assert share(found, "worker × mechanism").variance == pytest.approx(0.16, rel=0.35)


def test_good_and_bad_weeks_are_in_the_model_where_they_are_there():
    found = judged(Made(seed=2, spell=0.5).draw(), standard=0.76)
    assert share(found, "worker × period").variance == pytest.approx(0.25, rel=0.35)


def test_leaving_them_out_of_the_truth_makes_people_surer():
    calm, mixed = (judged(Made(seed=2, pair=pair).draw(), standard=0.76) for pair in (0.0, 0.5))
    width = [np.mean(found.people.high - found.people.low) for found in (calm, mixed)]
    assert width[1] > 1.2 * width[0]


def test_without_time_the_check_is_said_to_be_weaker():
    found = judged(Made(seed=3).draw(timed=False), standard=0.76)
    assert "weaker" in found.calibration.method
    assert any("--at" in warning for warning in found.warnings)


# What a ranking would have said


def test_a_raw_ranking_names_a_tenth_and_some_of_them_are_cleared(plain):
    lowest = plain[2].rankings[0]
    assert lowest.named == 12
    assert lowest.below + lowest.meets + lowest.cannot_tell + lowest.inseparable == 12
    assert lowest.cleared > 0
