"""Average run lengths, in control and after a shift, against published tables.

Champ and Woodall, Technometrics 29 (1987); Lucas and Crosier, Technometrics 24 (1982); Montgomery, tables 9.3
and 9.11; Lucas and Saccucci, Technometrics 32 (1990).
"""

import numpy as np
import pytest

from andon.stats import arl
from andon.stats.rules import RULES

WE = RULES["western-electric"]


@pytest.mark.parametrize(
    ("rules", "length"),
    [
        (WE[:1], 370.40),
        (WE[:2], 225.44),
        ((WE[0], WE[2]), 166.05),
        ((WE[0], WE[3]), 152.73),
        (WE, 91.75),
    ],
    ids=["1", "1 2", "1 3", "1 4", "1 2 3 4"],
)
def test_western_electric_in_control(rules, length):
    assert arl.of_rules(rules) == pytest.approx(length, abs=0.005)


def test_western_electric_after_a_shift_of_one_sigma():
    assert arl.of_rules("western-electric", shift=1) == pytest.approx(9.22, abs=0.005)


@pytest.mark.parametrize(("h", "length"), [(4, 167.68), (4.77, 368.56), (5, 465.44)])
def test_cusum_in_control(h, length):
    assert arl.cusum(0.5, h) == pytest.approx(length, abs=0.005)


def test_cusum_after_a_shift_of_one_sigma():
    assert arl.cusum(0.5, 5, shift=1) == pytest.approx(10.38, abs=0.005)


@pytest.mark.parametrize(("shift", "length"), [(0, 430), (1, 6.35)])
def test_cusum_with_a_head_start_of_half(shift, length):
    assert arl.cusum(0.5, 5, shift, fir=0.5) == pytest.approx(length, abs=0.5 if shift == 0 else 0.005)


@pytest.mark.parametrize(
    ("weight", "width", "length"),
    [
        (0.05, 2.615, 499.93),
        (0.1, 2.814, 499.58),
        (0.2, 2.962, 499.74),
        (0.25, 2.998, 499.84),
        (0.1, 2.7, 368.99),
    ],
)
def test_ewma_in_control(weight, width, length):
    assert arl.ewma(weight, width) == pytest.approx(length, abs=0.01)


def test_rules_about_steps_are_to_be_simulated():
    with pytest.raises(ValueError, match="simulated"):
        arl.of_rules("nelson")


def test_a_short_simulation_agrees_with_the_chain_after_a_shift():
    mean, error = arl.simulated(
        "western-electric", np.random.default_rng(7), shift=1, series=4000, points=200
    )
    assert mean == pytest.approx(9.22, abs=4 * error)


@pytest.mark.slow
@pytest.mark.parametrize("rules", [WE[:1], WE[:2], (WE[0], WE[2]), (WE[0], WE[3]), WE])
def test_monte_carlo_agrees_with_the_chain(rules):
    mean, error = arl.simulated(rules, np.random.default_rng(11), series=20_000, points=5_000)
    assert mean == pytest.approx(arl.of_rules(rules), abs=4 * error)


@pytest.mark.slow
def test_some_western_electric_signal_in_quiet_series_with_estimated_limits():
    """15 in 100 series of 24 quiet points, and 63 of 104, show one: never believe every flag."""
    from andon.stats import charts, rules

    rng = np.random.default_rng(3)
    for points, share in ((24, 0.15), (104, 0.63)):
        x, offsets = rng.normal(size=20_000 * points), np.arange(20_001) * points
        mark = rules.marks("western-electric", x, charts.limits("xmr", x, offsets), offsets)
        assert (mark.reshape(-1, points) > 0).any(axis=1).mean() == pytest.approx(share, abs=0.015)
