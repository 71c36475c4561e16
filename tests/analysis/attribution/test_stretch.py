"""Where effects add up on another scale than the model's, people differ more on some mechanisms."""

import numpy as np
import pytest

from andon.analysis.attribution.evidence import Pairs, Variances
from andon.analysis.attribution.scale import Mix, Scale
from andon.analysis.attribution.stretch import stretch_of, stretching

WORKERS, EACH, VARIANCE = 400, 4, 0.04
HAS = Variances(VARIANCE, 0.0, 0.0)
LOGIT = Scale("binomial", 0.0, 1.0, 1)


class Seen:
    """The predictor and weight of each cell, of which there is one a pair."""

    def __init__(self, predictor, weight):
        self.predictor, self.weight = predictor, weight


def told(slope, seed=0):
    """What is seen of people who are `slope` further apart where the predictor is one higher."""
    rng = np.random.default_rng(seed)
    worker = np.repeat(np.arange(WORKERS), EACH)
    predictor, weight = rng.normal(1.4, 0.6, len(worker)), np.full(len(worker), 12.0)
    true = rng.normal(0, VARIANCE**0.5, WORKERS)[worker] * np.exp(slope * (predictor - 1.4))
    surplus = weight * (true + rng.normal(0, 1, len(worker)) / np.sqrt(weight))
    cell = np.arange(len(worker))
    pairs = Pairs(worker, cell % 9, weight, weight, surplus, np.ones(len(worker)), cell, WORKERS, 9)
    return pairs, Seen(predictor, weight)


def test_people_equally_far_apart_everywhere_are_not_stretched():
    assert [stretch_of(*told(0.0, seed), HAS) for seed in range(5)] == [0.0] * 5


def test_people_further_apart_on_good_mechanisms_are_seen():
    assert stretch_of(*told(0.8), HAS) == pytest.approx(0.8, abs=0.4)


def test_people_further_apart_on_bad_mechanisms_are_seen():
    assert stretch_of(*told(-0.8), HAS) < -0.3


def test_people_who_do_not_differ_are_not_stretched():
    assert stretch_of(*told(0.8), Variances(0.0, 0.0, 0.0)) == 0.0


def test_a_stretch_of_one_everywhere_changes_nothing():
    pairs, _ = told(0.0)
    moved, grown = stretching(pairs, HAS, np.ones(len(pairs.worker)))
    assert np.abs(moved).max() == np.abs(grown).max() == 0.0


def mix(stretch):
    rng = np.random.default_rng(3)
    return Mix(rng.normal(1.4, 0.6, 500), np.ones(500), LOGIT, 0.0, stretch)


def test_on_average_over_the_mix_an_effect_weighs_as_it_is():
    assert mix(0.8).wide @ mix(0.8).share == pytest.approx(1.0)


def test_the_usual_person_reaches_the_same_whatever_the_stretch():
    assert mix(0.8).reached(np.zeros(1)) == pytest.approx(mix(0.0).reached(np.zeros(1)))


def test_an_effect_and_what_is_reached_with_it_belong_together():
    assert mix(0.8).effect_of(float(mix(0.8).reached(np.array([-0.3]))[0])) == pytest.approx(-0.3, abs=1e-3)
