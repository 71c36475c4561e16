"""The gradient is exact: it equals differences of the criterion, which equals its textbook form."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.optimize import minimize

from andon.stats.mixed.covariates import standardised
from andon.stats.mixed.families import Binomial, Poisson
from andon.stats.mixed.gaussian import Gaussian
from andon.stats.mixed.laplace import Laplace
from andon.stats.mixed.layout import layout_of
from andon.stats.mixed.solution import used_levels
from tests.stats.mixed.making import SEEDS, crossed, dense, design, outcome

NAMES = ("worker", "mechanism", "worker x mechanism", "week")


def made(seed, family, names=NAMES):
    rng, labels, x, eta = crossed(seed)
    d = design(outcome(rng, family, eta), {name: labels[name] for name in names}, x)
    groupings, _ = used_levels(d.groupings)
    return rng, d, layout_of(groupings, standardised(d.fixed, d.n).x)


def differences(criterion, at, width=1e-4):
    units = np.eye(len(at)) * width
    return np.array([(criterion(at + u).value - criterion(at - u).value) / (2 * width) for u in units])


@given(SEEDS)
@settings(max_examples=10)
@pytest.mark.parametrize("method", ["reml", "ml"])
def test_gaussian_gradients_equal_differences(method, seed):
    rng, d, layout = made(seed, "gaussian")
    criterion = Gaussian(layout, d.n, d.total, float(d.squares.sum()), method)
    at = rng.normal(-1, 1, len(NAMES))
    assert criterion(at).gradient == pytest.approx(differences(criterion, at), abs=1e-5, rel=1e-5)


@given(SEEDS)
@settings(max_examples=10)
@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_gradients_by_laplace_equal_differences(family, seed):
    rng, d, layout = made(seed, family)
    criterion = Laplace(layout, (Binomial if family == "binomial" else Poisson)(d.n, d.total))
    at = np.append(rng.normal(-1, 1, len(NAMES)), rng.normal(0, 0.3, 2))
    assert criterion(at).gradient == pytest.approx(differences(criterion, at), abs=1e-4, rel=1e-4)


@given(SEEDS)
@settings(max_examples=5)
@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_it_does_not_matter_from_where_a_mode_is_sought(family, seed):
    rng, d, layout = made(seed, family)
    criterion = Laplace(layout, (Binomial if family == "binomial" else Poisson)(d.n, d.total))
    at = np.append(rng.normal(-1, 1, len(NAMES)), rng.normal(0, 0.3, 2))
    near = criterion(at + rng.normal(0, 0.5, len(at)))
    assert criterion(at, near).value == pytest.approx(criterion(at).value, abs=1e-7)
    assert criterion(at, near).gradient == pytest.approx(criterion(at).gradient, abs=1e-5)


@pytest.mark.parametrize("method", ["reml", "ml"])
def test_the_gaussian_criterion_is_the_normal_density(method):
    """Of y with covariance V, written out; restricted as Harville (1974), with lme4's constant."""
    rng, d, layout = made(7, "gaussian")
    at = rng.normal(-1, 1, len(NAMES))
    found = Gaussian(layout, d.n, d.total, float(d.squares.sum()), method)(at)
    wide, owner = dense(d, NAMES)
    x = layout.x
    ratios = np.exp(at)[owner[owner >= 0]]
    v = np.eye(len(d.n)) + (wide[:, owner >= 0] * ratios) @ wide[:, owner >= 0].T
    inverse = np.linalg.inv(v)
    beta = np.linalg.solve(x.T @ inverse @ x, x.T @ inverse @ d.total)
    rest = d.total - x @ beta
    freedom = len(d.n) - (x.shape[1] if method == "reml" else 0)
    residual = rest @ inverse @ rest / freedom
    value = np.linalg.slogdet(v)[1] + freedom * (1 + np.log(2 * np.pi * residual))
    value += np.linalg.slogdet(x.T @ inverse @ x)[1] if method == "reml" else 0
    assert (found.value, found.residual) == (pytest.approx(value), pytest.approx(residual))


def test_the_criterion_by_laplace_is_the_textbook_one():
    """-2 log of density times prior at the mode, with the determinant of its second derivative."""
    _rng, d, layout = made(5, "binomial", ("worker", "mechanism"))
    at = np.array([-0.5, -1.0, 0.2, -0.3])
    wide, owner = dense(d, ("worker", "mechanism"))
    z, ratio = wide[:, owner >= 0], np.exp(at[:2])[owner[owner >= 0]]
    law = Binomial(d.n, d.total)

    def height(u):
        return law.deviance(z @ u + layout.x @ at[2:]) + u @ (u / ratio)

    mode = minimize(height, np.zeros(z.shape[1]), method="BFGS", options={"gtol": 1e-6}).x
    _, weight, _ = law.moments(z @ mode + layout.x @ at[2:])
    value = height(mode) + np.log(ratio).sum()
    value += np.linalg.slogdet(z.T @ (weight[:, None] * z) + np.diag(1 / ratio))[1]
    assert Laplace(layout, law)(at).value == pytest.approx(value, abs=1e-6)
