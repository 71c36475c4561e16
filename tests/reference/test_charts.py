"""Charts against numbers printed in textbooks and by other programs."""

import numpy as np
import pytest

from andon.stats import charts, icons, memory, rules
from tests.reference import data


def one(kind, values, n=None, baseline=None, **options):
    return charts.limits(kind, values, [0, len(values)], n, baseline, **options)


def outside(values, limits):
    """Points outside the limits, counted from 1 as books do."""
    return list(np.flatnonzero(rules.marks("limits", values, limits, [0, len(values)])) + 1)


def first_of(limits):
    return [limits.centre[0], limits.lower[0], limits.upper[0]]


def test_nist_individuals():
    limits = one("xmr", data.NIST_INDIVIDUALS)
    assert first_of(limits) == pytest.approx([50.81, 45.8159, 55.8041], abs=5e-5)
    ranges = charts.ranges(data.NIST_INDIVIDUALS, [0, 10])
    assert one("mr", ranges).centre[0] == pytest.approx(1.8778, abs=5e-5)


def test_nist_ewma():
    limits = one("ewma", data.NIST_EWMA, weight=0.3, centre=50, sigma=2.0539, steady=True)
    printed = [50.60, 49.52, 50.56, 50.18, 50.16, 49.21]
    assert limits.plotted[:6] == pytest.approx(printed, abs=0.0051)
    assert [limits.lower[0], limits.upper[0]] == pytest.approx([47.4115, 52.5884], abs=1e-4)
    assert outside(data.NIST_EWMA, limits) == []


def test_nist_cusum():
    sums = memory.cusum_sums(data.NIST_CUSUM, [0, 20], target=325, sigma=1, k=0.3175)
    assert sums.high[12:] == pytest.approx([3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.00, 19.04], abs=0.0051)
    limits = one("cusum", data.NIST_CUSUM, centre=325, sigma=1, k=0.3175, h=4.1959)
    assert outside(data.NIST_CUSUM, limits)[0] == 14


def piston_rings():
    return np.reshape(data.PISTON_RINGS, (25, 5))


def test_piston_ring_means_by_their_ranges():
    rings = piston_rings()
    limits = one("xbar-r", rings.mean(axis=1), 5, within=np.ptp(rings, axis=1))
    assert first_of(limits) == pytest.approx([74.001176, 73.988048, 74.014304], abs=5e-7)
    assert limits.sigma[0] * np.sqrt(5) == pytest.approx(0.00978503869, abs=5e-12)


def test_piston_ring_ranges():
    """qcc prints .04812533 with d3 = .8640855; the range of five has d3 = .8640819."""
    assert one("r", np.ptp(piston_rings(), axis=1), 5).upper[0] == pytest.approx(0.04812533, rel=3e-6)


def test_orange_juice_p_chart():
    share = np.array(data.ORANGE_JUICE[:30]) / 50
    limits = one("p", share, 50)
    assert first_of(limits) == pytest.approx([0.231333, 0.0524276, 0.4102391], abs=5e-7)
    assert outside(share, limits) == [15, 23]


def test_orange_juice_np_chart_is_the_same_in_cans():
    limits = one("np", data.ORANGE_JUICE[:30], 50)
    assert first_of(limits) == pytest.approx(50 * np.array([0.2313333, 0.0524276, 0.4102391]), abs=3e-6)


def test_circuit_boards_c_chart():
    limits = one("c", data.CIRCUIT, baseline=26)
    assert first_of(limits) == pytest.approx([19.8461538, 6.4814472, 33.2108605], abs=5e-8)
    assert outside(data.CIRCUIT, limits) == [6, 20]


def test_circuit_boards_without_two_points():
    kept = np.arange(46) < 26
    kept[[5, 19]] = False
    limits = one("c", data.CIRCUIT, baseline=kept)
    assert first_of(limits) == pytest.approx([19.6666667, 6.3625320, 32.9708014], abs=5e-8)


def test_loan_costs_on_a_frozen_baseline():
    limits = one("xmr", data.LOAN_COST, baseline=20)
    assert first_of(limits) == pytest.approx([300.5, 279.78331, 321.21669], abs=5e-6)
    assert outside(data.LOAN_COST, limits) == [39, 40]
    ranges = one("mr", charts.ranges(data.LOAN_COST[:20], [0, 20]))
    assert first_of(ranges) == pytest.approx([7.7894737, 0, 25.448211], abs=5e-7)


def test_table_9_1_cusum():
    sums = memory.cusum_sums(data.TABLE_9_1, [0, 30], target=10, sigma=1)
    assert (sums.high[28], sums.high_for[28]) == (pytest.approx(5.28), 7)


def test_table_9_1_ewma():
    limits = one("ewma", data.TABLE_9_1, weight=0.1, width=2.7, centre=10, sigma=1)
    assert outside(data.TABLE_9_1, limits)[0] == 29
    assert limits.plotted[28] == pytest.approx(10.64682, abs=5e-6)
    assert limits.upper[28] == pytest.approx(10.6187, abs=5e-5)


def accidents():
    n = np.array(data.ACCIDENTS)
    return np.array(data.ACCIDENTS_WITHIN) / n, n


@pytest.mark.parametrize(("d2", "sigma_z"), [("1.128", 10.640422), ("exact", 10.636846)])
def test_laney_on_accidents(d2, sigma_z):
    share, n = accidents()
    limits = one("p'", share, n, d2=d2)
    assert limits.sigma_z[0] == pytest.approx(sigma_z, abs=5e-7)


def test_laney_limits_on_accidents():
    share, n = accidents()
    assert first_of(one("p′", share, n)) == pytest.approx([0.95289971, 0.94012964, 0.96566978], abs=5e-9)


def test_geometric_counts():
    limits = one("g", data.G_SIM)
    assert (limits.centre[0], limits.lower[0]) == (14.5, 0)
    assert limits.upper[0] == pytest.approx(76.813934, abs=5e-7)
    assert one("g", data.G_SIM, centre="mean").centre[0] == pytest.approx(18.8333, abs=5e-5)


def test_wheeler_accounts():
    limits = one("xmr", data.WHEELER_ACCOUNTS, d2="2.66")
    assert first_of(limits) == pytest.approx([4135.50, 3188.72, 5082.28], abs=0.01)
    ranges = one("mr", charts.ranges(data.WHEELER_ACCOUNTS, [0, 16]), d2="2.66")
    assert [ranges.centre[0], ranges.upper[0]] == pytest.approx([355.93, 1163.19], abs=0.01)


def test_wheeler_peak_flow():
    limits = one("xmr", data.WHEELER_PEAK_FLOW, d2="2.66")
    assert first_of(limits) == pytest.approx([183.1, 43.8, 322.3], abs=0.1)


def test_wheeler_median_moving_range():
    limits = one("xmr", data.WHEELER_MEDIAN_RANGE, spread="median", d2="2.66")
    assert first_of(limits) == pytest.approx([7.467, 0.862, 14.072], abs=0.01)


def test_wheeler_eight_in_a_row():
    values = data.WHEELER_TABLE_8_1
    mark = rules.marks(
        (rules.RULES["western-electric"][3],), values, one("xmr", values), [0, 14], marked="pattern"
    )
    assert list(np.flatnonzero(mark) + 1) == [7, 8, 9, 10, 11, 12, 13, 14]


def test_wheeler_group_a_against_the_limits_of_b():
    from andon.stats.limits import given

    assert outside(data.WHEELER_TABLE_9_1, given(28.65, 18.0, 39.3, [0, 12])) == [1, 2]


def test_exact_d2_by_hand():
    """10 12 11 13 12 (test suite of shewhart): moving ranges 2 1 2 1, sigma 1.5 sqrt(pi) / 2."""
    limits = one("xmr", [10, 12, 11, 13, 12], d2="exact")
    assert first_of(limits) == pytest.approx([11.6, 7.611978835462588, 15.588021164537412], rel=1e-14)
    ranges = one("mr", charts.ranges([10, 12, 11, 13, 12], [0, 5]), d2="exact")
    assert ranges.upper[0] == pytest.approx(4.89979787893309, rel=1e-14)


def test_nhs_seed_123():
    limits = one("xmr", data.NHS_SEED_123, d2="2.66", screen=True)
    assert first_of(limits) == pytest.approx([0.1416238, -3.01138, 3.294627], abs=5e-6)
    assert icons.variation(data.NHS_SEED_123, limits, [0, 20], "high") == ["common"]
