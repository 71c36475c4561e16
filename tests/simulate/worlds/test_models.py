"""What a model without safeguards gains, and where it breaks its promise."""

import numpy as np
import pytest

from andon.simulate.worlds import lowest_tenth, tally
from andon.simulate.worlds.models import chance_below, surely_below
from andon.simulate.worlds.tally import score
from andon.stats.selection import selected

from .conftest import draw


def held(name, rate=0.05, worlds=4, **other):
    """Scores of the model at a rate of false discoveries, and of the lowest tenth, in the same worlds."""
    ours, tenths = [], []
    for seed in range(worlds):
        world = draw(name, seed, **other)
        ours.append(tally(selected(chance_below(world), rate), world.truth.below))
        tenths.append(tally(lowest_tenth(world), world.truth.below))
    return score(ours), score(tenths)


def test_with_the_process_in_the_model_few_are_accused_wrongly():
    ours, tenth = held("value")
    assert ours.wrong < 0.05 + 3 * ours.wrong_error
    assert tenth.wrong > 0.5
    assert ours.found > 0.08


def test_chances_add_up_to_those_who_are_below():
    world = draw("value")
    assert chance_below(world).sum() == pytest.approx(world.truth.below.sum(), rel=0.15)


def test_without_the_process_in_the_model_shrinking_does_not_help():
    world = draw("value")
    named = surely_below(chance_below(world, ()))
    assert tally(named, world.truth.below).wrong > 0.5 * named.sum()


def test_where_nobody_is_below_chances_are_small():
    world = draw("value", standard=3.7)
    assert not world.truth.below.any()
    assert np.max(chance_below(world)) < 0.5


@pytest.mark.slow
def test_an_interaction_that_is_left_out_breaks_the_promise():
    ours, _ = held("interaction", worlds=6)
    assert ours.wrong > 0.05 + 3 * ours.wrong_error
