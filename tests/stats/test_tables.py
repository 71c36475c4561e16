"""Tables of two groups: agreement with published examples, with R's printed results, and with SciPy."""

import math
import subprocess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio as scipy_odds

from andon.stats.tables import (
    benjamini_hochberg,
    difference,
    fisher,
    odds_ratio,
    rate_ratio,
    ratio,
    smallest_fisher,
    wilson,
)
from tests.needs import r


@st.composite
def two_by_two(draw, most: int = 25):
    n1, n2 = draw(st.integers(1, most)), draw(st.integers(1, most))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def test_a_lady_tasting_tea():
    """Fisher 1935; R's ?fisher.test prints p = 0.4857 (two-sided) and the odds ratio 6.408309."""
    assert fisher(3, 4, 1, 4) == pytest.approx(0.4857, abs=5e-5)
    found = odds_ratio(3, 4, 1, 4)
    assert (found.estimate, found.low) == pytest.approx((6.408309, 0.2117329), rel=5e-5)
    assert found.high == pytest.approx(621.93, rel=0.01)


def test_convictions_of_twins():
    """Fisher 1962, as in R's ?fisher.test: convicted 2 of 15 dizygotic and 10 of 13 monozygotic like-sex twins."""
    assert fisher(2, 15, 10, 13) == pytest.approx(0.001624, abs=5e-7)
    found = odds_ratio(2, 15, 10, 13)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.05401, 0.003786, 0.42547), rel=3e-3)


@given(two_by_two())
def test_fisher_agrees_with_scipy(table):
    x1, n1, x2, n2 = table
    assert fisher(*table) == pytest.approx(fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue, rel=1e-6)


@given(two_by_two(12))
def test_the_odds_ratio_agrees_with_scipy(table):
    x1, n1, x2, n2 = table
    theirs = scipy_odds([[x1, n1 - x1], [x2, n2 - x2]], kind="conditional")
    ours = odds_ratio(*table)
    if math.isfinite(theirs.statistic) and theirs.statistic > 0:
        interval = theirs.confidence_interval(0.95)
        assert (ours.estimate, ours.low) == pytest.approx((theirs.statistic, interval.low), rel=1e-4)


@given(two_by_two())
def test_no_table_with_the_same_margins_has_a_smaller_p_than_the_smallest(table):
    x1, n1, x2, n2 = table
    assert smallest_fisher(x1 + x2, n1, n2) <= fisher(*table) + 1e-12


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_differences_as_newcombe_printed_them(table, low, high):
    """Newcombe 1998, Statistics in Medicine 17:873, table II, method 10."""
    found = difference(*table)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_a_ratio_as_koopman_printed_it():
    """Koopman 1984, Biometrics 40:513: 36 of 40 against 16 of 80 give 4.5, from 2.94 to 7.15."""
    found = ratio(36, 40, 16, 80)
    assert (found.estimate, found.low, found.high) == pytest.approx((4.5, 2.94, 7.15), abs=6e-3)


@given(two_by_two())
def test_a_ratio_turned_round_is_the_inverse(table):
    x1, n1, x2, n2 = table
    one, other = ratio(*table), ratio(x2, n2, x1, n1)
    assert one.low == pytest.approx(1 / other.high if other.high else math.inf, rel=1e-4)


@given(two_by_two())
def test_a_ratio_lies_in_its_interval(table):
    found = ratio(*table)
    if not math.isnan(found.estimate):
        assert found.low <= found.estimate * (1 + 1e-9)
        assert found.estimate <= found.high * (1 + 1e-9)


def test_the_interval_of_a_ratio_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(1)
    draws = zip(rng.binomial(60, 0.3, 1500), rng.binomial(90, 0.15, 1500), strict=True)
    found = [ratio(int(x), 60, int(y), 90) for x, y in draws]
    held = np.mean([one.low <= 2.0 <= one.high for one in found])
    assert 0.935 <= held <= 0.97


def test_a_share_as_wilson_gives_it():
    """Newcombe 1998, Statistics in Medicine 17:857, table I: 81 of 263 and 15 of 148, method 3; 0 of 20."""
    assert (wilson(81, 263).low, wilson(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=6e-5)
    assert (wilson(15, 148).low, wilson(15, 148).high) == pytest.approx((0.0624, 0.1605), abs=6e-5)
    assert (wilson(0, 20).low, wilson(0, 20).high) == pytest.approx((0, 0.1611), abs=6e-5)


def test_rates_as_r_compares_them():
    """R 4: poisson.test(c(11, 23), c(800, 3000)) prints 1.793478 from 0.7893109 to 3.8298201."""
    found = rate_ratio(11, 800, 23, 3000)
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (1.793478, 0.7893109, 3.8298201), rel=1e-6
    )


def test_many_p_are_corrected_as_r_does():
    """Benjamini and Hochberg 1995, the fifteen p of their example: four are named at .05."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
         0.7590, 1.0]  # fmt: skip
    found = benjamini_hochberg(np.array(p))
    assert (found <= 0.05).sum() == 4
    assert found[:4] == pytest.approx([0.0015, 0.003, 0.0095, 0.035625])
    assert math.isnan(benjamini_hochberg(np.array([0.01, math.nan]))[1])


@pytest.mark.parametrize("table", [(5, 4, 1, 4), (-1, 4, 1, 4), (1.5, 4, 1, 4)])
def test_what_is_no_count_is_turned_down(table):
    with pytest.raises(ValueError, match="is no count"):
        fisher(*table)


def test_an_empty_group_shows_nothing():
    assert fisher(0, 0, 3, 9) == 1.0
    assert math.isnan(ratio(0, 0, 3, 9).estimate)
    assert math.isnan(difference(0, 0, 3, 9).estimate)


@pytest.mark.r
def test_fisher_agrees_with_r():
    rng = np.random.default_rng(3)
    rows = [(int(rng.integers(0, 21)), 20, int(rng.integers(0, 36)), 35) for _ in range(60)]
    calls = ",".join(f"fisher.test(matrix(c({a},{b - a},{c},{d - c}),2))$p.value" for a, b, c, d in rows)
    told = subprocess.run(
        [r(), "-e", f"cat(format(c({calls}), digits=15))"], capture_output=True, text=True, check=True
    )
    theirs = [float(one) for one in told.stdout.split()]
    assert [fisher(*row) for row in rows] == pytest.approx(theirs, rel=1e-6)
