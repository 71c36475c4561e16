"""Contrasts, predictions and intervals of a fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import brentq

from andon.stats.mixed import Design, Grouping, fit
from andon.stats.mixed.gaussian import Gaussian
from andon.stats.mixed.layout import layout_of
from tests.stats.mixed.making import FAMILIES, SEEDS, crossed, dense, design, outcome

NAMES = ("worker", "mechanism", "worker x mechanism")


def made(seed, family="gaussian", **options):
    rng, labels, x, eta = crossed(seed, covariates=2, **options)
    d = design(outcome(rng, family, eta), {name: labels[name] for name in NAMES}, x)
    return rng, d, fit(d, family)


@given(SEEDS)
@settings(max_examples=8)
def test_contrasts_have_the_variance_that_the_whole_inverse_gives(seed):
    rng, d, found = made(seed)
    zero = [name for name in NAMES if found.variances[name] == 0]
    wide, owner = dense(d, NAMES)
    ratio = np.array([max(found.variances[name], 1e-9) for name in NAMES])[owner[owner >= 0]] / found.residual
    inverse = np.linalg.inv(wide.T @ wide + np.diag(np.append(1 / ratio, np.zeros(3)))) * found.residual
    weights, mix = rng.normal(size=3), rng.dirichlet(np.ones(5))
    estimate, variance = found.contrast("worker", weights, {"mechanism": mix})
    rows = np.zeros((12, len(owner)))
    rows[:, :12], rows[:, 12:17], rows[:, -3:] = np.eye(12), mix, weights
    whole = np.concatenate([*(found.effects[name] for name in NAMES), found.fixed])
    assert estimate == pytest.approx(rows @ whole)
    assert variance == pytest.approx(np.einsum("ij,jk,ik->i", rows, inverse, rows), rel=1e-4, abs=1e-6), zero


@given(SEEDS)
@settings(max_examples=5)
def test_prediction_error_variances_are_those_of_contrasts_with_nothing_else(seed):
    _, _, found = made(seed, "binomial")
    for name in NAMES:
        estimate, variance = found.contrast(name, np.zeros(3))
        assert estimate == pytest.approx(found.effects[name])
        assert variance == pytest.approx(found.pev[name])


def test_a_level_without_cases_counts_in_contrasts_with_its_whole_variance():
    rng, labels, _x, eta = crossed(1)
    groups = {"worker": Grouping(labels["worker"], 13), "mechanism": Grouping(labels["mechanism"], 6)}
    found = fit(design(outcome(rng, "gaussian", eta), groups))
    mix = np.array([0.1, 0.1, 0.2, 0.1, 0.1, 0.4])
    _, alone = found.contrast("worker", np.zeros(1))
    _, mixed = found.contrast("worker", np.zeros(1), {"mechanism": np.append(np.zeros(5), 0.4)})
    assert mixed - alone == pytest.approx(0.16 * found.variances["mechanism"])
    _, own = found.contrast("mechanism", np.zeros(1), {"mechanism": mix})
    assert own[5] == pytest.approx(
        found.contrast("worker", np.zeros(1), {"mechanism": mix + np.eye(6)[5]})[1][12]
        - found.variances["worker"]
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_predictions_of_the_rows_are_their_linear_predictor(family):
    _, d, found = made(3, family)
    wide, _ = dense(d, NAMES)
    whole = np.concatenate([*(found.effects[name] for name in NAMES), found.fixed])
    codes = {name: g.codes for name, g in d.groupings.items()}
    assert found.predict(codes, d.fixed) == pytest.approx(wide @ whole)


def test_a_level_not_seen_adds_nothing_to_a_prediction():
    _, _, found = made(3)
    unseen = {name: np.array([-1]) for name in NAMES}
    assert found.predict(unseen, np.zeros((1, 2))) == pytest.approx(found.fixed[0])
    assert found.predict({}, np.zeros((0, 2))).shape == (0,)


def test_what_a_fit_does_not_know_is_refused():
    _, _, found = made(3)
    with pytest.raises(ValueError, match="desk is no grouping of this model; it has worker, mechanism"):
        found.contrast("desk", np.zeros(3))
    with pytest.raises(ValueError, match="needs 3 numbers"):
        found.contrast("worker", np.zeros(2))
    with pytest.raises(ValueError, match="one number a level, 5"):
        found.contrast("worker", np.zeros(3), {"mechanism": np.zeros(4)})
    with pytest.raises(ValueError, match="outside -1 to 11"):
        found.predict({"worker": np.array([12])}, np.zeros((1, 2)))
    with pytest.raises(ValueError, match="between 0 and 1"):
        found.variance_intervals(95)


@given(SEEDS)
@settings(max_examples=5)
@pytest.mark.parametrize("family", FAMILIES)
def test_intervals_hold_the_estimate_and_widen_with_the_level(family, seed):
    _, _, found = made(seed, family)
    for quick in (True, False):
        narrow, wide = found.variance_intervals(0.8, quick=quick), found.variance_intervals(0.95, quick=quick)
        for name, variance in found.variances.items():
            assert wide[name][0] <= narrow[name][0] * 1.05
            assert narrow[name][0] <= variance <= narrow[name][1] <= wide[name][1] * 1.05


def test_an_interval_by_profile_ends_where_the_criterion_has_risen_by_chi_squared():
    rng, labels, _x, eta = crossed(1, cases=400)
    d = design(outcome(rng, "gaussian", eta), {"worker": labels["worker"]})
    found = fit(d)
    about = d.total - d.total.mean()
    criterion = Gaussian(layout_of(d.groupings, np.ones((400, 1))), d.n, about, float(about @ about), "reml")

    def risen(ratio):
        return criterion(np.log([ratio])).value - found.criterion - 3.841459

    best = found.variances["worker"] / found.residual
    ends = [brentq(risen, 1e-4, best), brentq(risen, best, 50)]
    expected = [end * criterion(np.log([end])).residual for end in ends]
    assert list(found.variance_intervals()["worker"]) == pytest.approx(expected, rel=0.01)


def test_an_interval_of_a_variance_on_zero_starts_there_and_ends_above():
    _rng, _labels, _, _ = crossed(11)
    found = fit(design(np.tile([0.0, 1.0], 80), {"worker": np.repeat(np.arange(20), 8)}), "binomial")
    low, high = found.variance_intervals()["worker"]
    assert low == 0
    assert 0 < high < 1


def test_a_fit_can_be_compared_by_its_criterion():
    """Twice the difference in log likelihood of models with and without an interaction that is there."""
    rng, labels, _x, eta = crossed(2, cases=3000, sd=(0.3, 0.3, 1.0))
    y = outcome(rng, "gaussian", eta)
    groups = {name: labels[name] for name in NAMES}
    whole = fit(design(y, groups), method="ml")
    without = fit(design(y, {name: groups[name] for name in NAMES[:2]}), method="ml")
    assert whole.parameters == without.parameters + 1
    assert without.criterion - whole.criterion > 50


def test_the_residual_of_counts_is_that_of_nakagawa():
    d = Design(
        np.full(4, 2.0),
        np.array([4.0, 2, 6, 4]),
        None,
        {"a": Grouping(np.arange(4), 4)},
        np.empty((4, 0)),
        (),
    )
    assert fit(d, "poisson").residual == pytest.approx(np.log(1 + 1 / 2))
