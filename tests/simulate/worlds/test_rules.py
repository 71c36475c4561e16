"""What is done today, counted against the truth."""

import numpy as np
import pytest

from andon.simulate.worlds import RULES, lowest_tenth, lowest_tenth_within_team, tally
from andon.simulate.worlds.tally import Tally, score

from .conftest import draw


def over(name, rule, worlds=6):
    drawn = [draw(name, seed) for seed in range(worlds)]
    return score([tally(rule(world), world.truth.below) for world in drawn])


def test_the_lowest_tenth_of_the_plain_world_is_wrongly_accused_more_often_than_not():
    """58 % in the published sketch of this experiment; within Monte Carlo error of it here."""
    found = over("plain", lowest_tenth, worlds=12)
    assert found.named == 200
    assert found.wrong == pytest.approx(0.58, abs=0.05)
    assert found.found == pytest.approx(0.22, abs=0.03)


def test_with_the_best_on_the_worst_mechanisms_it_is_wronger_still():
    assert over("best-on-worst", lowest_tenth).wrong > 0.7 > 0.5 > over("weak-on-weak", lowest_tenth).wrong


def test_where_nobody_is_below_all_of_the_tenth_are_accused_wrongly():
    found = over("nobody-below", lowest_tenth, worlds=1)
    assert (found.named, found.wrong) == (200, 1.0)


def test_within_teams_each_team_gives_its_tenth(plain):
    named = lowest_tenth_within_team(plain)
    assert set(np.bincount(plain.effects.team_of[named])) == {5}


@pytest.mark.parametrize("name", ["value", "count"])
def test_the_rules_know_which_way_is_better(name):
    world = draw(name, cases=3000, workers=300)
    for rule in RULES.values():
        named = rule(world)
        assert world.truth.effect[named].mean() < world.truth.effect[~named].mean() - 0.05


def test_a_tally_counts():
    named, below = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert tally(named, below) == Tally(named=2, wrong=1, below=2)


def test_a_score_adds_worlds_up():
    found = score([Tally(2, 1, 2), Tally(0, 0, 2)])
    assert (found.named, found.wrong, found.found, found.false_share) == (1.0, 0.5, 0.25, 0.25)
    assert found.worlds_naming == 1


def test_a_score_of_nobody_named_is_no_number():
    assert np.isnan(score([Tally(0, 0, 0)]).wrong)
