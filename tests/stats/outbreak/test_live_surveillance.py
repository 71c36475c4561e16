"""The same made-up counts through the R package surveillance and through Andon."""

import numpy as np
import pytest

from andon.stats.outbreak import bayes, cusum, ears, farrington, farrington_flexible
from tests.stats.outbreak.made_up import weekly
from tests.stats.outbreak.peer import surveillance

pytestmark = pytest.mark.r

FLEXIBLE = """
out <- t(sapply(288:312, function(k) {{
  r <- farringtonFlexible(s, list(range = k, {control}, glmWarnings = FALSE))
  c(upperbound(r), r@control$expected, alarms(r)) }}))
"""
CASES = {
    "delta, windows only": (
        'b = 4, w = 3, noPeriods = 1, weightsThreshold = 1, alpha = .1, pThresholdTrend = .05, powertrans = "1/2"',
        {"years": 4, "seasons": 1, "recent": 3, "weights_above": 1, "alpha": 0.1, "trend_alpha": 0.05}
        | {"bound": "delta", "power": "1/2"},
    ),
    "delta, ten parts, trend always": (
        "b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, alpha = .05",
        {"years": 5, "alpha": 0.05, "bound": "delta"},
    ),
    "nbPlugin, five parts": (
        'b = 3, w = 2, noPeriods = 5, pastWeeksNotIncluded = 13, alpha = .01, thresholdMethod = "nbPlugin"',
        {"years": 3, "half_window": 2, "seasons": 5, "recent": 13, "alpha": 0.01, "trend_alpha": 0.05},
    ),
    "muan, two years": (
        "b = 2, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, pThresholdTrend = 1, alpha = .05, "
        'thresholdMethod = "muan"',
        {"years": 2, "alpha": 0.05, "bound": "muan"},
    ),
    "no reweighting, no trend": (
        "b = 5, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, reweight = FALSE, trend = FALSE, alpha = .05",
        {"years": 5, "weights_above": None, "trend": False, "alpha": 0.05, "bound": "delta"},
    ),
}


def agree(mine, theirs, alarms):
    """Bounds, expectations and alarms; where surveillance says nothing, Andon must say so too."""
    upper, expected, alarm = (theirs[i * len(alarms.upper) : (i + 1) * len(alarms.upper)] for i in range(3))
    assert np.allclose(mine.upper, upper, rtol=1e-6, equal_nan=True)
    assert np.allclose(mine.expected, expected, rtol=1e-6, equal_nan=True)
    assert (mine.alarm == (np.nan_to_num(alarm) > 0)).all()
    assert (mine.usable == ~np.isnan(upper)).all()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("missing", [0.0, 0.05])
def test_farrington_flexible_agrees_with_surveillance(name, missing, tmp_path):
    control, options = CASES[name]
    counts = weekly(12, 312, np.random.default_rng(20), missing=missing)
    theirs = surveillance(tmp_path, FLEXIBLE.format(control=control), counts)
    mine = farrington_flexible(counts, np.arange(287, 312), compat=True, **options)
    agree(mine, theirs, mine)


def test_farrington_flexible_agrees_with_surveillance_on_rates_of_a_population(tmp_path):
    rng = np.random.default_rng(21)
    counts = weekly(6, 312, rng)
    people = np.round(1e5 * np.exp(0.002 * np.arange(312)) * rng.uniform(0.8, 1.2, (6, 1)))
    control = (
        "b = 4, w = 3, noPeriods = 10, pastWeeksNotIncluded = 26, alpha = .05, populationOffset = TRUE, "
        'thresholdMethod = "nbPlugin"'
    )
    theirs = surveillance(tmp_path, FLEXIBLE.format(control=control), counts, people)
    mine = farrington_flexible(
        counts, np.arange(287, 312), years=4, alpha=0.05, trend_alpha=0.05, population=people, compat=True
    )
    agree(mine, theirs, mine)


def test_the_original_farrington_agrees_with_surveillance(tmp_path):
    counts = weekly(12, 312, np.random.default_rng(22))
    code = """
    r <- farrington(s, list(range = 270:312, b = 5, w = 3, alpha = .05, limit54 = c(0, 4)))
    out <- cbind(upperbound(r), alarms(r))"""
    theirs = surveillance(tmp_path, code, counts)
    mine = farrington(counts, np.arange(269, 312), least=(0, 4))
    assert np.allclose(mine.upper, theirs[:12], rtol=1e-6)
    assert (mine.alarm == (theirs[12:] > 0)).all()


@pytest.mark.parametrize("transform", ["rossi", "standard", "anscombe"])
@pytest.mark.parametrize(("expected", "m"), [("season", 'm = "glm",'), ("mean", "")])
def test_cusum_agrees_with_surveillance(transform, expected, m, tmp_path):
    counts = weekly(6, 200, np.random.default_rng(23)) + 1
    code = f"""
    r <- cusum(s, list(range = 151:200, k = .5, h = 4, {m} trans = "{transform}"))
    out <- cbind(upperbound(r), alarms(r))"""
    theirs = surveillance(tmp_path, code, counts)
    mine = cusum(counts, 150, k=0.5, h=4, transform=transform, expected=expected)
    assert (mine.alarm == (theirs[6:] > 0)).all()
    ordinary = mine.score < 1
    assert np.allclose(mine.upper[:, 1:][ordinary[:, :-1]], theirs[:6, 1:][ordinary[:, :-1]], rtol=1e-6)


@pytest.mark.parametrize(("years", "half_window", "recent"), [(0, 6, True), (2, 3, True), (3, 2, False)])
def test_bayes_agrees_with_surveillance(years, half_window, recent, tmp_path):
    counts = weekly(12, 312, np.random.default_rng(24), missing=0.05)
    code = f"""
    r <- bayes(s, list(range = 290:312, b = {years}, w = {half_window}, actY = {str(recent).upper()}, alpha = .05))
    out <- cbind(upperbound(r), alarms(r))"""
    theirs = surveillance(tmp_path, code, counts)
    mine = bayes(counts, np.arange(289, 312), years=years, half_window=half_window, recent=recent)
    assert (mine.upper == theirs[:12]).all()
    assert (mine.alarm == (theirs[12:] > 0))[mine.usable].all()


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
def test_ears_agrees_with_surveillance(method, tmp_path):
    counts = weekly(12, 100, np.random.default_rng(25)) + np.random.default_rng(1).random((12, 100))
    code = f"""
    r <- earsC(s, list(range = 30:100, method = "{method}", baseline = 9, minSigma = .5, alpha = .01))
    out <- cbind(upperbound(r), alarms(r))"""
    theirs = surveillance(tmp_path, code, counts)
    mine = ears(counts, method, at=np.arange(29, 100), baseline=9, least_sigma=0.5, alpha=0.01)
    assert np.allclose(mine.upper, theirs[:12])
    assert (mine.alarm == (theirs[12:] > 0)).all()
