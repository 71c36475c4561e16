"""Every way to eliminate gives what the whole dense matrix gives."""

import numpy as np
import pytest

from andon.stats.mixed import layout
from andon.stats.mixed.factor import Factor
from andon.stats.mixed.gathering import gathered, spread_out
from andon.stats.mixed.inverse import Inverse
from andon.stats.mixed.solution import used_levels
from andon.stats.mixed.sums import sums_of
from tests.stats.mixed.making import crossed, grouping

PLAIN = ("mechanism", "worker", "week")
CHAIN = (*PLAIN, "worker x mechanism")
BLOCKS = (*CHAIN, "worker x week")
CASES = {
    "crossed, sparse": (PLAIN, 0, 64, True, ()),
    "crossed, dense": (PLAIN, 1, 64, False, ("worker",)),
    "nested, sparse": (CHAIN, 0, 8, True, ("worker",)),
    "nested, dense": (CHAIN, 1, 8, False, ("worker", "worker x mechanism")),
    "two nested in one, sparse": (BLOCKS, 0, 8, True, ("worker", "worker x week")),
    "two nested in one, dense": (BLOCKS, 1, 8, False, ("worker", "worker x mechanism", "worker x week")),
    "one grouping": (("worker",), 0, 8, True, ()),
}


@pytest.fixture(params=CASES)
def solved(request, monkeypatch):
    """A factor, the matrix it is of, and [Z X], in one of the ways to eliminate."""
    names, pair, small, leaf, stem = CASES[request.param]
    for name, value in (("PAIR", pair), ("SMALL", small), ("INNER", 20)):
        monkeypatch.setattr(layout, name, value)
    rng, labels, x, _ = crossed(1, cases=300, covariates=2)
    groupings, _ = used_levels({name: grouping(labels[name]) for name in names})
    weight = rng.uniform(0.5, 3, len(x))
    found = layout.layout_of(groupings, np.column_stack([np.ones(len(x)), x]))
    assert (found.leaf is not None, found.stem.names if found.stem else ()) == (leaf, stem)
    tau = {name: rng.uniform(0.1, 2) for name in names}
    factor = Factor(found, sums_of(found, weight), tau)
    wide, ridge = np.zeros((len(x), found.length)), np.zeros(found.length)
    for name in names:
        columns = np.arange(found.length)[found.places[name]]
        wide[np.arange(len(x)), columns[groupings[name].codes]] = 1
        ridge[columns] = 1 / tau[name]
    wide[:, found.below + found.random :] = found.x
    return factor, wide.T @ (weight[:, None] * wide) + np.diag(ridge), wide


@pytest.fixture(params=[True, False], ids=["with fixed", "random alone"])
def part(request, solved):
    """`fixed`, and the inverse of that part of the matrix in the shape of the whole."""
    factor, matrix, _ = solved
    end = len(matrix) if request.param else factor.layout.below + factor.layout.random
    inverse = np.zeros_like(matrix)
    inverse[:end, :end] = np.linalg.inv(matrix[:end, :end])
    return request.param, end, inverse


def test_log_determinants_are_those_of_the_matrix(solved, part):
    fixed, end, _ = part
    assert solved[0].log_determinant(fixed) == pytest.approx(
        np.linalg.slogdet(solved[1][:end, :end])[1], rel=1e-12
    )


def test_solutions_solve_it(solved, part):
    right = np.random.default_rng(2).normal(size=len(solved[1]))
    assert solved[0].solve(right, part[0]) == pytest.approx(part[2] @ right, abs=1e-10)


def test_prediction_error_variances_are_the_diagonal_of_its_inverse(solved, part):
    assert Inverse(solved[0], part[0]).diagonal() == pytest.approx(np.diag(part[2]), abs=1e-11)


def test_leverages_are_those_of_each_cell(solved):
    factor, matrix, wide = solved
    random = factor.layout.below + factor.layout.random
    inverse = np.linalg.inv(matrix[:random, :random])
    expected = np.einsum("ij,jk,ik->i", wide[:, :random], inverse, wide[:, :random])
    assert Inverse(factor, False).leverage() == pytest.approx(expected, abs=1e-11)


def test_cells_and_vectors_go_to_and_fro(solved):
    factor, matrix, wide = solved
    rng = np.random.default_rng(3)
    cells, vector = rng.normal(size=len(wide)), rng.normal(size=len(matrix))
    random = factor.layout.below + factor.layout.random
    assert gathered(factor.layout, cells) == pytest.approx(wide.T @ cells, abs=1e-10)
    assert spread_out(factor.layout, vector) == pytest.approx(wide[:, :random] @ vector[:random], abs=1e-10)


def test_large_tables_of_combinations_are_sorted_instead(monkeypatch):
    monkeypatch.setattr("andon.stats.mixed.pattern.TABLE", 0)
    rng, labels, _x, _ = crossed(1, cases=300)
    groupings = {name: grouping(labels[name]) for name in ("worker", "week")}
    one = layout.layout_of(groupings, np.ones((300, 1)))
    monkeypatch.undo()
    other = layout.layout_of(groupings, np.ones((300, 1)))
    tau, weight = {"worker": 1.0, "week": 0.5}, rng.uniform(1, 2, 300)
    found = [Factor(way, sums_of(way, weight), tau).log_determinant(True) for way in (one, other)]
    assert found[0] == pytest.approx(found[1], rel=1e-12)


def test_groupings_that_cross_too_widely_are_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(layout, "CORE_LIMIT", 10)
    _, labels, x, _ = crossed(1, cases=300)
    groupings = {name: grouping(labels[name]) for name in ("worker x mechanism", "worker x week")}
    with pytest.raises(ValueError, match="months for weeks"):
        layout.layout_of(groupings, x)


def test_too_many_rows_of_dense_numbers_are_refused(monkeypatch):
    for name, value in (("STEM_LIMIT", 100), ("SMALL", 8), ("INNER", 20)):
        monkeypatch.setattr(layout, name, value)
    _, labels, x, _ = crossed(1, cases=300)
    with pytest.raises(ValueError, match="more than memory should hold"):
        layout.layout_of({name: grouping(labels[name]) for name in BLOCKS}, x)
