"""Cells lose nothing that a model reads."""

import numpy as np
import pytest

from andon.simulate.worlds import cells_of

from .conftest import draw


@pytest.mark.parametrize("name", ["plain", "hard-cases-seen", "value", "count"])
def test_cells_add_up_to_the_cases(name):
    world = draw(name, workers=50)
    cells = cells_of(world)
    assert cells.n.sum() == len(world.outcome)
    assert cells.total.sum() == pytest.approx(world.outcome.sum())
    assert cells.squares.sum() == pytest.approx((world.outcome**2).sum())
    worker = cells.factors["worker"].codes
    assert np.bincount(worker, cells.total) == pytest.approx(world.raw * world.n)


def test_a_cell_is_one_worker_mechanism_and_week():
    cells = cells_of(draw("plain", workers=50))
    codes = [cells.factors[name].codes for name in ("worker", "mechanism", "period")]
    assert len(set(zip(*codes, strict=True))) == len(cells)


def test_cells_know_whose_team_a_worker_is_in():
    world = draw("plain", workers=50)
    cells = cells_of(world)
    assert np.array_equal(cells.factors["team"].codes, world.effects.team_of[cells.factors["worker"].codes])


def test_hardness_is_in_the_cells_only_where_the_data_say_it():
    assert not cells_of(draw("hard-cases-unseen", workers=50)).bins
    assert set(cells_of(draw("hard-cases-seen", workers=50)).bins["covariate"].codes) == {0, 1}
