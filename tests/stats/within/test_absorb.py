"""Groups and times taken out of sums: the same as regression on all their dummies."""

import json
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.stats.within import CellCodes, absorb, slope
from tests.needs import r
from tests.stats.within.made import cells, made


def line(rows):
    codes, summed, _ = cells(rows)
    known = absorb(codes, summed(np.ones(len(rows.x))), np.column_stack([summed(rows.y), summed(rows.x)]))
    found = slope(known.product(1, 1, summed(rows.x**2)), known.product(1, 0, summed(rows.x * rows.y)))
    return known, found


def regression(rows):
    design = np.column_stack([rows.x, rows.dummies()])
    return design, np.linalg.lstsq(design, rows.y, rcond=None)[0]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000), count=st.integers(60, 500), workers=st.integers(2, 20), mechanisms=st.integers(1, 4),
    periods=st.integers(1, 8),
)  # fmt: skip
def test_the_slope_is_that_of_a_regression_on_all_dummies(seed, count, workers, mechanisms, periods):
    rows = made(np.random.default_rng(seed), count, workers, mechanisms, periods)
    design, effect = regression(rows)
    if np.linalg.matrix_rank(design) < np.linalg.matrix_rank(design[:, 1:]) + 1:
        return
    found = line(rows)[1]
    assert found.value == pytest.approx(effect[0], rel=1e-6, abs=1e-8)


def test_the_number_of_free_levels_is_the_rank_of_the_dummies():
    rows = made(np.random.default_rng(1))
    assert line(rows)[0].absorbed == np.linalg.matrix_rank(rows.dummies())


def test_levels_that_hang_together_nowhere_do_not_disturb_the_slope():
    rng = np.random.default_rng(4)
    rows = made(rng, 400, workers=8, mechanisms=1, periods=4)
    early = rows.worker < 4
    rows = type(rows)(
        rows.worker, rows.mechanism, np.where(early, rows.period % 2, 2 + rows.period % 2), rows.x, rows.y
    )
    assert line(rows)[1].value == pytest.approx(regression(rows)[1][0], rel=1e-6)


def test_intervals_by_cluster_are_those_of_the_definition():
    """CR2 as Bell and McCaffrey (2002) define it, with the square roots of matrices of all rows."""
    rows = made(np.random.default_rng(7), 300, workers=9, mechanisms=2, periods=1)
    found = line(rows)[1]
    x = rows.x - _means(rows.group, rows.x)
    y = rows.y - _means(rows.group, rows.y)
    left = y - found.value * x
    hat = np.outer(x, x) / (x @ x)
    total, roots = 0.0, []
    for worker in range(9):
        own = np.flatnonzero(rows.worker == worker)
        value, vector = np.linalg.eigh(np.eye(len(own)) - hat[np.ix_(own, own)])
        root = vector @ np.diag(value**-0.5) @ vector.T
        total += float(x[own] @ root @ left[own]) ** 2
        full = np.zeros(len(x))
        full[own] = root @ x[own]
        roots.append((np.eye(len(x)) - hat) @ full)
    assert found.error == pytest.approx(np.sqrt(total) / (x @ x), rel=1e-9)
    cross = np.array([[one @ other for one in roots] for other in roots])
    assert found.df == pytest.approx(np.trace(cross) ** 2 / np.sum(cross**2), rel=1e-9)


def _means(codes, values):
    places = np.unique(codes, return_inverse=True)[1]
    return (np.bincount(places, values) / np.bincount(places))[places]


def test_of_equal_clusters_there_are_as_many_degrees_of_freedom_as_clusters_less_one():
    assert slope(np.ones(7), np.arange(7.0)).df == pytest.approx(6)


def test_one_cluster_that_says_nearly_everything_leaves_one_degree_of_freedom():
    found = slope(np.array([1000.0, 1, 1, 1, 1]), np.array([500.0, 0.1, 0.2, -0.1, 0]))
    assert found.df < 1.2
    assert found.largest > 0.99
    assert found.without == pytest.approx(0.05)


def test_a_single_cluster_gives_no_interval():
    found = slope(np.array([3.0]), np.array([1.0]))
    assert (found.p, found.low, found.high) == (1.0, -np.inf, np.inf)


def test_a_metric_that_does_not_vary_has_no_slope():
    assert slope(np.zeros(4), np.zeros(4)) is None


@pytest.mark.r
def test_the_slope_of_sleepstudy_is_that_of_lm_and_the_published_one():
    """Reaction on days within subjects: 10.467 ms a day (Belenky et al. 2003; Bates et al. 2015, table 1 of lme4)."""
    script = (
        "d <- lme4::sleepstudy; m <- lm(Reaction ~ Days + factor(Subject), d); j <- function(x) "
        "paste0('[', paste(format(as.numeric(x), digits = 15), collapse = ','), ']'); cat(sprintf("
        '\'{"y": %s, "x": %s, "who": %s, "slope": %.12f}\', j(d$Reaction), j(d$Days), j(d$Subject), coef(m)[2]))'
    )
    told = json.loads(subprocess.run([r(), "-e", script], capture_output=True, text=True, check=True).stdout)
    x, y, who = (np.array(told[name], float) for name in ("x", "y", "who"))
    codes = np.unique(who, return_inverse=True)[1]
    own = CellCodes(np.arange(18), np.zeros(18, np.int64), np.arange(18), np.zeros(1, np.int64))

    def summed(values):
        return np.bincount(codes, values)

    known = absorb(own, summed(np.ones(180)), np.column_stack([summed(y), summed(x)]))
    found = slope(known.product(1, 1, summed(x * x)), known.product(1, 0, summed(x * y)))
    assert found.value == pytest.approx(told["slope"], rel=1e-9)
    assert found.value == pytest.approx(10.467, abs=0.001)
    assert found.df == pytest.approx(17)
