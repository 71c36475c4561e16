"""Good people on bad mechanisms, or on good ones: the mechanism must not take what is theirs, nor they its."""

import numpy as np
import pytest

from andon.analysis.attribution import AttributionSpec, attribute
from andon.analysis.attribution.model import parts_of
from andon.analysis.attribution.scale import scale_of
from andon.analysis.attribution.sorting import sorting
from andon.lake.cells import Factor
from andon.lake.factors import FactorCells
from andon.stats.mixed import Design, fit

WORKERS, MECHANISMS, CASES = 300, 10, 24.0


def world(sort: float, seed: int = 1, locked: bool = False):
    """Cells of values, and the true effect of each worker. `sort` of 1: good people on good mechanisms."""
    rng = np.random.default_rng(seed)
    people, mechanisms = rng.normal(0, 0.3, WORKERS), np.sort(rng.normal(0, 0.8, MECHANISMS))
    place = np.argsort(np.argsort(people)) / WORKERS * MECHANISMS
    home = np.where(sort == 0, rng.uniform(0, MECHANISMS, WORKERS), place if sort > 0 else MECHANISMS - place)
    far = np.abs(np.arange(MECHANISMS) - home[:, None])
    works = far == far.min(axis=1, keepdims=True) if locked else far < 2
    worker, mechanism = np.nonzero(works)
    n = np.full(len(worker), CASES)
    noise = rng.normal(0, 1, len(worker)) / np.sqrt(n)
    mean = people[worker] + mechanisms[mechanism] + noise
    spread = rng.chisquare(n - 1)
    cells = FactorCells(
        {
            "worker": Factor(worker.astype(np.int32), [f"w{i:03}" for i in range(WORKERS)]),
            "mechanism": Factor(mechanism.astype(np.int32), [f"m{i}" for i in range(MECHANISMS)]),
        },
        n, n * mean, spread + n * mean**2, "value",
    )  # fmt: skip
    return cells, people, mechanisms


def sorted_by(cells: FactorCells):
    parts, scale = parts_of(cells), scale_of(cells, "high")
    groupings = {name: parts.groupings[name] for name in parts.always}
    design = Design(cells.n, cells.total, cells.squares, groupings, parts.fixed, parts.fixed_names)
    return sorting(cells, parts, scale, fit(design, "gaussian"))


def slope(estimate, truth) -> float:
    return float(np.polyfit(estimate, truth, 1)[0])


def test_people_who_work_anywhere_are_not_sorted():
    assert sorted_by(world(0)[0]).parts.usual is None


@pytest.mark.parametrize("sort", [1, -1])
def test_sorted_people_are_seen(sort):
    assert np.sign(sorted_by(world(sort)[0]).z) == sort
    assert abs(sorted_by(world(sort)[0]).z) > 5


def test_people_locked_in_one_mechanism_each_tell_nothing_of_sorting():
    assert sorted_by(world(1, locked=True)[0]).parts.usual is None


@pytest.mark.parametrize("sort", [1, -1])
def test_a_mechanism_gets_what_it_adds_for_the_same_person(sort):
    cells, _, truth = world(sort)
    assert slope(sorted_by(cells).fit.effects["mechanism"], truth) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("sort", [1, 0, -1])
def test_intervals_hold_the_truth_however_people_are_sorted(sort):
    cells, people, _ = world(sort)
    found = attribute(cells, AttributionSpec(kind="value", good="high", standard=-0.3, compare=False)).people
    usual = np.average(found.adjusted) - people.mean()
    held = (found.low - usual <= people) & (people <= found.high - usual)
    assert held.mean() > 0.9


def test_nobody_is_judged_by_where_they_work():
    """Two people with the same surplus on their own cases get the same estimate, whatever their mechanisms."""
    cells, _, _ = world(1)
    found = attribute(cells, AttributionSpec(kind="value", good="high", standard=-0.3, compare=False))
    process = sorted_by(cells).fit.effects["mechanism"]
    beyond = cells.total - cells.n * process[cells.factors["mechanism"].codes]
    worker = cells.factors["worker"].codes
    own = np.bincount(worker, beyond) / np.bincount(worker, cells.n)
    few = np.bincount(worker) == np.bincount(worker).max()
    left = found.people.adjusted[few] - np.polyval(
        np.polyfit(own[few], found.people.adjusted[few], 1), own[few]
    )
    assert np.std(left) < 0.05 * np.std(found.people.adjusted[few])


def test_the_reader_is_told():
    cells, _, _ = world(-1)
    found = attribute(cells, AttributionSpec(kind="value", good="high", standard=-0.3))
    assert any("have lower numbers than others on the same mechanism" in one for one in found.warnings)
    assert "people unrelated to mechanisms" in [one.name for one in found.compared]
