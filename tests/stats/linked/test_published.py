"""Published numbers, and those R gives."""

import subprocess

import numpy as np
import pytest

from andon.stats import linked
from andon.stats.linked.clustered import clustered
from tests.needs import r
from tests.stats.linked.panel import X, Y, with_gaps

# Hollander and Wolfe (1973), p. 187: lightness of tuna and panel scores; the example of R's cor.test.
LIGHTNESS = np.array([44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1])
SCORES = np.array([2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])
# Benjamini and Hochberg (1995), section 3.3: thrombolysis, fifteen comparisons; the first four are found at 5 %.
THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


@pytest.fixture
def tuna():
    return linked.between(LIGHTNESS, SCORES, np.random.default_rng(1), 999)


def test_correlation_and_interval_are_those_of_cor_test(tuna):
    assert [tuna.r, tuna.low, tuna.high] == pytest.approx(
        [0.5711815576, -0.1497426330, 0.8955794618], abs=1e-9
    )
    assert tuna.spearman == pytest.approx(0.6)


def test_the_slope_and_its_interval_are_those_of_lm(tuna):
    found = [tuna.slope, tuna.slope_low, tuna.slope_high]
    assert found == pytest.approx([0.09718095395, -0.02763497541, 0.2219968833], abs=1e-9)


def test_the_chance_by_permutation_is_near_that_of_the_t_test():
    found = linked.between(LIGHTNESS, SCORES, np.random.default_rng(1), 20_000)
    assert found.p_pearson == pytest.approx(0.1081730543, abs=0.012)  # R, t = 1.84, 7 df
    assert found.p_spearman == pytest.approx(0.0968, abs=0.01)  # R, exact, S = 48


def test_adjusted_chances_are_those_of_the_paper():
    found = linked.adjusted(THROMBOLYSIS)
    assert (found <= 0.05).sum() == 4
    assert found[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625, 0.0603])
    assert found[-4:] == pytest.approx([0.714875, 0.7532307692, 0.8132142857, 1.0])


def test_the_slope_within_is_that_of_lm_with_a_level_for_every_unit_and_period():
    found = linked.within(X, Y, np.random.default_rng(1), 99)
    assert found.slope == pytest.approx(0.6139516622, abs=1e-9)
    assert found.r == pytest.approx(0.4496332476, abs=1e-9)


def test_the_same_where_cells_are_missing():
    found = linked.within(with_gaps(X), with_gaps(Y), np.random.default_rng(1), 99)
    assert found.slope == pytest.approx(0.4648006492, abs=1e-9)
    assert found.r == pytest.approx(0.3139789184, abs=1e-9)
    assert found.cells == 24


def test_the_error_by_units_is_that_of_refitting_lm_without_each():
    sweep = linked.Sweeper(np.ones(X.shape, np.bool_))
    found = clustered(sweep.rest(X), sweep.rest(Y))
    assert found.error == pytest.approx(0.2504560584, rel=0.01)
    assert found.groups == 6


def test_the_interval_within_has_as_many_degrees_of_freedom_as_units_less_one():
    found = linked.within(X, Y, np.random.default_rng(1), 99)
    assert (found.slope_high - found.slope) == pytest.approx(2.5705818356 * 0.2504560584, rel=0.01)


LM = """
x <- c({x}); y <- c({y}); u <- factor(rep(1:{units}, each = {periods})); t <- factor(rep(1:{periods}, {units}))
cat(coef(lm(y ~ x + u + t))[["x"]], cor(resid(lm(x ~ u + t)), resid(lm(y ~ u + t))))
"""


@pytest.mark.r
def test_lm_in_this_room_says_the_same_of_a_larger_panel():
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(30, 8)).round(3), rng.normal(size=(30, 8)).round(3)
    script = LM.format(x=",".join(map(str, x.ravel())), y=",".join(map(str, y.ravel())), units=30, periods=8)
    said = subprocess.run([r(), "-e", script], capture_output=True, text=True, check=True).stdout.split()
    found = linked.within(x, y, rng, 99)
    assert [found.slope, found.r] == pytest.approx([float(one) for one in said], abs=1e-5)
