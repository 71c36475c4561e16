"""Worlds are as their recipes say."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import spearmanr

from andon.simulate.worlds import WORLDS

from .conftest import draw


def test_the_plain_world_has_the_sizes_that_are_stated(plain):
    assert plain.truth.effect.shape == (2000,)
    assert len(plain.effects.mechanism) == len(plain.effects.team) == 40
    assert np.median(plain.n) == pytest.approx(300, rel=0.05)


def test_spreads_are_as_stated(plain):
    assert plain.effects.worker.std() == pytest.approx(0.20, rel=0.05)
    many = [draw("plain", seed, workers=40, cases=10).effects for seed in range(30)]
    assert np.mean([one.mechanism.var() for one in many]) ** 0.5 == pytest.approx(0.50, rel=0.08)
    assert np.mean([one.team.var() for one in many]) ** 0.5 == pytest.approx(0.25, rel=0.08)


def test_eighty_in_a_hundred_cases_go_well(plain):
    assert plain.outcome.mean() == pytest.approx(0.80, abs=0.01)


def test_nineteen_in_a_hundred_are_truly_below():
    shares = [draw("plain", seed, cases=10).truth.below.mean() for seed in range(10)]
    assert np.mean(shares) == pytest.approx(0.19, abs=0.012)


@pytest.mark.parametrize("name", ["nobody-below", "all-alike", "just-above"])
def test_where_nobody_is_below_nobody_is(name):
    for seed in range(5):
        assert not draw(name, seed, cases=10).truth.below.any()


def test_just_above_means_one_in_five_within_a_percentage_point():
    world = draw("just-above")
    close = world.truth.adjusted - world.recipe.standard
    assert close.min() > 0
    assert (close < 0.005).mean() == pytest.approx(0.2, abs=0.04)


def test_the_truth_is_what_the_worker_would_reach_with_everybodys_cases(plain):
    worker = 7
    everybodys = plain.effects.mechanism[plain.cases.mechanism] + plain.effects.team[plain.team]
    reached = expit(plain.truth.intercept + plain.effects.worker[worker] + everybodys).mean()
    assert plain.truth.adjusted[worker] == pytest.approx(reached, abs=1e-9)


@pytest.mark.parametrize("name", WORLDS)
def test_the_usual_worker_reaches_the_base(name):
    world = draw(name, cases=20)
    alike = np.argsort(np.abs(world.truth.effect))[:20]
    assert world.truth.adjusted[alike].mean() == pytest.approx(world.recipe.base, rel=0.02)


@pytest.mark.parametrize("name", WORLDS)
def test_below_is_the_wrong_side_of_the_standard(name):
    world = draw(name, cases=20)
    worse = np.sign(world.truth.adjusted - world.recipe.standard) * (1 if world.recipe.good == "high" else -1)
    assert np.array_equal(world.truth.below, worse < 0)


def test_more_effect_is_better_also_where_fewer_errors_are_good():
    truth = draw("count", cases=20).truth
    assert spearmanr(truth.effect, truth.adjusted).statistic == pytest.approx(-1)


@pytest.mark.parametrize(
    ("name", "side"), [("plain", 0), ("weak-on-weak", 1), ("best-on-worst", -1), ("best-on-worst-only", -1)]
)
def test_sorting_ties_workers_to_mechanisms(name, side):
    world = draw(name)
    met = np.bincount(world.cases.worker, world.effects.mechanism[world.cases.mechanism]) / world.n
    tie = np.corrcoef(met, world.effects.worker)[0, 1]
    assert np.sign(tie) * (abs(tie) > 0.1) == side


def served(world):
    return np.bincount(np.unique(world.cases.worker * 1000 + world.cases.mechanism) // 1000)


def test_locked_workers_serve_through_one_mechanism(plain):
    assert set(served(draw("locked"))) == {1}
    assert served(plain).max() == 3


def test_nested_teams_share_no_mechanism():
    world = draw("nested")
    assert len(np.unique(world.cases.mechanism * 1000 + world.team)) == world.recipe.mechanisms


@pytest.mark.parametrize(("name", "median"), [("few-cases", 60), ("many-cases", 3000)])
def test_few_and_many_cases(name, median):
    assert np.median(draw(name, workers=500).n) == pytest.approx(median, rel=0.08)


def test_interaction_is_part_of_what_is_true():
    world = draw("interaction", cases=20)
    assert world.effects.pair.std() == pytest.approx(0.25, rel=0.02)
    assert 0.95 < spearmanr(world.truth.effect, world.truth.adjusted).statistic < 0.999


def variance_between_bouts(world, per):
    """How much more a worker's weeks or days differ than chance allows, as a ratio of variances."""
    place = world.cases.worker * 65 + world.cases.day // per
    n = np.bincount(place)
    rate = np.bincount(place, world.outcome) / np.maximum(n, 1)
    own = world.raw[np.arange(len(n)) // 65]
    seen = n > 1
    return float((n * (rate - own) ** 2)[seen].sum() / (own * (1 - own))[seen].sum())


@pytest.mark.parametrize(("name", "per"), [("weeks", 5), ("days", 1)])
def test_good_and_bad_bouts_scatter_more_than_chance(plain, name, per):
    assert variance_between_bouts(draw(name), per) > variance_between_bouts(plain, per) + 0.3


def test_hard_cases_follow_some_persons_only_where_that_is_said():
    def spread(name):
        world = draw(name)
        return (np.bincount(world.cases.worker, world.cases.hard) / world.n).std()

    assert spread("hard-cases-unseen") > 0.15 > 0.05 > spread("hard-cases-by-chance")


def test_every_world_says_what_is_awkward_about_it():
    assert len({recipe.sentence for recipe in WORLDS.values()}) == len(WORLDS)
    assert [recipe.name for recipe in WORLDS.values() if not recipe.shown] == ["hard-cases-unseen"]


def test_the_same_seed_gives_the_same_world_and_another_seed_another(plain):
    again, other = draw("plain"), draw("plain", 1)
    assert np.array_equal(again.outcome, plain.outcome)
    assert np.array_equal(again.truth.adjusted, plain.truth.adjusted)
    assert not np.array_equal(other.effects.worker, plain.effects.worker)
