"""Somebody else's estimates, judged by our criterion."""

import pytest

from andon.stats.mixed import appraise, fit
from tests.stats.mixed.making import FAMILIES, crossed, design, outcome


def made(family):
    rng, labels, x, eta = crossed(6)
    return design(outcome(rng, family, eta), {name: labels[name] for name in ("worker", "mechanism")}, x)


@pytest.mark.parametrize("family", FAMILIES)
def test_at_the_minimum_it_is_the_criterion_with_a_small_gradient(family):
    d = made(family)
    found = fit(d, family)
    there = appraise(d, family, found.variances, residual=found.residual, fixed=found.fixed)
    assert there.criterion == pytest.approx(found.criterion, abs=1e-6)
    assert there.gradient_norm < 0.01


@pytest.mark.parametrize("family", FAMILIES)
def test_elsewhere_it_is_higher_and_the_gradient_is_not_small(family):
    d = made(family)
    found = fit(d, family)
    wide = {name: 2 * variance for name, variance in found.variances.items()}
    there = appraise(d, family, wide, residual=found.residual, fixed=found.fixed)
    assert there.criterion > found.criterion + 0.01
    assert there.gradient_norm > 0.1


def test_yes_or_no_needs_the_coefficients():
    with pytest.raises(ValueError, match="fixed coefficients too"):
        appraise(made("binomial"), "binomial", {"worker": 1.0, "mechanism": 1.0})
