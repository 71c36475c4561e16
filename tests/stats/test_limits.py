"""Limits where data are short, broken, constant, empty, huge or tiny."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from andon.stats import charts
from andon.stats.charts import KINDS

NEEDS_N = [name for name, kind in KINDS.items() if kind.needs_n]


def one(kind, values, n=None, baseline=None, **options):
    return charts.limits(kind, values, [0, len(values)], n, baseline, **options)


def drawn(kind, values, offsets, **options):
    return charts.limits(kind, values, offsets, 10 if kind in NEEDS_N else None, **options)


class TestMissingPoints:
    def test_a_missing_point_breaks_the_moving_range(self):
        limits = one("xmr", [1, 2, np.nan, 10, 11])
        assert limits.sigma[0] == pytest.approx(1 / 1.128)

    def test_a_missing_point_still_has_limits(self):
        assert np.isfinite(one("xmr", [1, 2, np.nan, 3]).upper).all()

    @pytest.mark.parametrize("bad", [np.inf, -np.inf, 1e300])
    def test_an_infinite_value_is_missing(self, bad):
        assert one("xmr", [1.0, 2, bad, 10, 11]).upper[0] == one("xmr", [1, 2, np.nan, 10, 11]).upper[0]

    def test_a_negative_count_is_missing(self):
        assert one("c", [4, -1, 4]).centre[0] == 4

    def test_a_zero_denominator_is_missing_and_has_no_limits(self):
        limits = one("p", [0.5, np.nan, 0.5], [10, 0, 10])
        assert limits.centre[0] == 0.5
        assert list(np.isnan(limits.upper)) == [False, True, False]

    def test_a_missing_value_does_not_weigh_in_the_mean(self):
        assert one("p", [0.5, np.nan, 0.1], [10, 1000, 30]).centre[0] == pytest.approx(0.2)

    def test_all_points_missing_gives_no_limits(self):
        limits = one("xmr", [np.nan] * 5)
        assert np.isnan(limits.centre).all()
        assert limits.points[0] == 0

    def test_no_pair_of_neighbours_gives_a_centre_and_no_limits(self):
        limits = one("xmr", [1, np.nan, 3])
        assert limits.centre[0] == 2
        assert np.isnan([limits.lower[0], limits.sigma[0]]).all()

    def test_a_moving_range_exists_only_between_neighbours(self):
        found = charts.ranges([1, 3, np.nan, 4, 9, 2], [0, 5, 6])
        assert found == pytest.approx([np.nan, 2, np.nan, np.nan, 5, np.nan], nan_ok=True)


class TestSizes:
    @pytest.mark.parametrize("kind", KINDS)
    def test_no_series_at_all(self, kind):
        limits = drawn(kind, [], [0])
        assert len(limits.centre) == len(limits.lag1) == 0

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_series_without_points_beside_one_with(self, kind):
        limits = drawn(kind, [0.2, 0.4, 0.3], [0, 0, 3, 3])
        assert list(limits.points) == [0, 3, 0]
        assert np.isnan(limits.lag1[[0, 2]]).all()

    @pytest.mark.parametrize("kind", KINDS)
    def test_one_point(self, kind):
        limits = drawn(kind, [0.5], [0, 1])
        assert len(limits.upper) == 1
        assert limits.provisional[0]

    @pytest.mark.parametrize(
        ("points", "provisional", "short"), [(12, True, True), (13, False, True), (25, False, False)]
    )
    def test_a_short_baseline_is_provisional(self, points, provisional, short):
        limits = one("xmr", np.arange(40) % 7, baseline=points)
        assert (limits.provisional[0], limits.short[0]) == (provisional, short)

    def test_missing_points_do_not_count_towards_the_baseline(self):
        assert one("xmr", [1, np.nan, 2, 3]).points[0] == 3


class TestConstantSeries:
    @pytest.mark.parametrize("level", [0.1, 1e-300, 1 / 3, 12345.678, 1e200])
    def test_limits_lie_exactly_on_the_value(self, level):
        limits = one("xmr", [level] * 104)
        assert (limits.centre[0], limits.lower[0], limits.upper[0]) == (level, level, level)

    @pytest.mark.parametrize("share", [0.0, 1.0])
    @pytest.mark.parametrize("kind", ["p", "p'"])
    def test_a_proportion_that_is_always_none_or_all(self, kind, share):
        limits = one(kind, [share] * 20, 50)
        assert (limits.lower[3], limits.centre[3], limits.upper[3]) == (share, share, share)

    def test_counts_of_zero(self):
        assert one("c", [0] * 20).upper[0] == 0

    def test_screening_never_takes_all_limits_away(self):
        values = [5.0] * 20 + [6.0] + [5.0] * 20
        assert one("xmr", values, screen=True).sigma[0] == one("xmr", values).sigma[0] > 0


class TestHugeAndTiny:
    @pytest.mark.parametrize("scale", [1e-300, 1e-200, 1e150, 1e290])
    def test_limits_scale_with_the_values(self, scale):
        values = np.array([3, 5, 4, 6, 2, 5, 4.0])
        small, large = one("xmr", values), one("xmr", values * scale)
        assert large.upper[0] / scale == pytest.approx(small.upper[0])
        assert large.lag1[0] == pytest.approx(small.lag1[0])

    def test_small_changes_on_a_large_level_are_kept(self):
        values = 1e15 + np.array([0, 1, 0, 1, 0, 1, 0, 1])
        assert one("xmr", values).sigma[0] == pytest.approx(1 / 1.128)


class TestBaseline:
    def test_a_number_counts_the_first_points_with_a_value_in_each_segment(self):
        values = [np.nan, 1, 3, 100, 5, 7, 900]
        limits = charts.limits("xmr", values, [0, 4, 7], baseline=2)
        assert list(limits.centre[[0, 4]]) == [2, 6]

    def test_an_excluded_point_breaks_the_moving_range(self):
        keep = np.array([True, True, False, True, True])
        limits = one("xmr", [1, 2, 50, 10, 11], baseline=keep)
        assert (limits.centre[0], limits.sigma[0]) == (6, pytest.approx(1 / 1.128))

    @pytest.mark.parametrize("bad", [[1, 0], np.ones(2, bool), True])
    def test_another_baseline_is_refused(self, bad):
        with pytest.raises(ValueError, match="baseline"):
            one("xmr", [1, 2, 3], baseline=bad)


class TestOptions:
    values = np.array([10, 12, 11, 13, 30, 12.0])

    def test_the_three_factors_of_the_moving_range(self):
        widths = {d2: one("xmr", self.values, d2=d2) for d2 in ("1.128", "exact", "2.66")}
        mean_range = np.abs(np.diff(self.values)).mean()
        half = {d2: (limits.upper[0] - limits.centre[0]) / mean_range for d2, limits in widths.items()}
        assert half == pytest.approx({"1.128": 3 / 1.128, "exact": 3 * np.sqrt(np.pi) / 2, "2.66": 2.66})

    def test_screening_leaves_out_ranges_beyond_their_own_limit(self):
        values = [1, 2] * 10 + [50] + [1, 2] * 10
        assert one("xmr", values, screen=True).sigma[0] == pytest.approx(1 / 1.128)

    def test_the_median_ignores_an_outlier(self):
        assert one("xmr", self.values, centre="median").centre[0] == 12
        assert one("xmr", self.values, spread="median", d2="exact").sigma[0] == pytest.approx(
            2 / 0.9538725524
        )

    def test_a_target_stands_in_for_the_centre(self):
        assert one("xmr", self.values, centre=11.5).centre[0] == 11.5

    def test_a_known_sigma_stands_in_for_the_estimate(self):
        assert one("xmr", self.values, sigma=2).upper[0] == pytest.approx(self.values.mean() + 6)

    def test_adjusting_for_alike_neighbours_widens(self):
        x = np.cumsum(np.random.default_rng(5).normal(size=200))
        plain, wide = one("xmr", x), one("xmr", x, adjust=True)
        ratio = 1 / np.sqrt(1 - min(plain.lag1[0], 0.95))
        assert wide.sigma[0] == pytest.approx(plain.sigma[0] * ratio)

    def test_adjusting_leaves_independent_points_alone(self):
        x = [1, 2, 1, 2, 1, 2, 1]
        assert one("xmr", x, adjust=True).sigma[0] == one("xmr", x).sigma[0]

    @pytest.mark.parametrize(
        ("call", "word"),
        [
            (lambda: one("xbar", [1, 2]), "no chart kind"),
            (lambda: one("p", [0.1, 0.2]), "needs n"),
            (lambda: one("p", [0.1, 0.2], [10, 20, 30]), "3 numbers for 2 points"),
            (lambda: one("xmr", [1, 2], colour="red"), "no option 'colour'"),
            (lambda: one("s", [1, 2], 5, screen=True), "it has none"),
            (lambda: one("xmr", [1, 2], d2="2"), "d2 is one of"),
            (lambda: one("xmr", [1, 2], centre=np.nan), "centre is one of"),
            (lambda: charts.limits("xmr", [1, 2], [0, 3]), "offsets must rise"),
            (lambda: charts.limits("xmr", [1, 2], [0, 2, 1, 2]), "offsets must rise"),
            (lambda: charts.limits("xmr", [1, 2], []), "offsets must rise"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(self, call, word):
        with pytest.raises(ValueError, match=word):
            call()

    @pytest.mark.parametrize("name", ["I-MR", "i", "XmR ", "imr"])
    def test_a_kind_has_several_names(self, name):
        assert one(name, [1, 2, 3]).kind == "xmr"


class TestKinds:
    def test_a_run_chart_has_a_median_and_no_limits(self):
        limits = one("run", [3, 1, 2, 9])
        assert limits.centre[0] == 2.5
        assert np.isnan(limits.upper).all()

    def test_limits_of_proportions_stay_between_none_and_all(self):
        limits = one("p", [0.01, 0.99, 0.5, 0.5], 5)
        assert (limits.lower.min(), limits.upper.max()) == (0, 1)

    def test_np_follows_the_denominator(self):
        limits = one("np", [10, 40], [100, 400])
        assert list(limits.centre) == pytest.approx([10, 40])
        assert limits.upper[1] == pytest.approx(40 + 3 * np.sqrt(36))

    def test_sigma_z_is_one_for_binomial_points_and_large_for_spread_ones(self):
        rng = np.random.default_rng(2)
        n = 2000
        steady = rng.binomial(n, 0.3, 500) / n
        spread = rng.binomial(n, rng.normal(0.3, 0.03, 500)) / n
        found = [one("p", share, n).sigma_z[0] for share in (steady, spread)]
        assert found[0] == pytest.approx(1, abs=0.12)
        assert found[1] > 2

    def test_laney_rates_widen_by_sigma_z(self):
        rates = [1.0, 3, 1, 4, 1, 5]
        plain, wide = one("u", rates, 10), one("u'", rates, 10)
        assert wide.sigma[0] == pytest.approx(plain.sigma[0] * plain.sigma_z[0])

    def test_times_between_events_have_limits_above_nought(self):
        x = np.random.default_rng(3).exponential(10, 200)
        limits = one("t", x)
        assert limits.lower[0] >= 0
        assert 35 < limits.upper[0] < 110

    def test_a_time_of_nought_counts(self):
        assert one("t", [0, 5, 7, 3]).points[0] == 4

    def test_t_is_scored_on_its_own_scale(self):
        x = np.random.default_rng(3).exponential(10, 50)
        limits = one("t", x)
        score = limits.scores(np.full(50, limits.upper[0]))
        assert score == pytest.approx(np.full(50, 3.0))

    def test_means_without_a_spread_within_use_moving_ranges(self):
        rng = np.random.default_rng(8)
        n = rng.integers(5, 50, 400)
        means = 20 + rng.normal(size=400) * 6 / np.sqrt(n)
        for kind in ("xbar-s", "xbar-r"):
            limits = one(kind, means, n)
            assert limits.sigma * np.sqrt(n) == pytest.approx(np.full(400, 6), rel=0.1)

    def test_unequal_subgroups_pool_what_each_knows(self):
        rng = np.random.default_rng(9)
        sizes = rng.integers(2, 12, 3000)
        groups = [rng.normal(0, 4, k) for k in sizes]
        deviation = [g.std(ddof=1) for g in groups]
        spread = [np.ptp(g) for g in groups]
        means = [g.mean() for g in groups]
        by_s = one("xbar-s", means, sizes, within=deviation)
        by_r = one("xbar-r", means, sizes, within=spread)
        for limits in (by_s, by_r):
            assert limits.sigma * np.sqrt(sizes) == pytest.approx(np.full(3000, 4), rel=0.03)

    def test_a_subgroup_of_one_says_nothing_of_the_spread(self):
        alone = one("xbar-s", [5, 6, 7], [1, 4, 4], within=[np.nan, 2, 2])
        assert alone.sigma[1] == pytest.approx(2 / 0.921318 / 2, rel=1e-6)

    def test_the_spread_of_very_large_subgroups_is_exact(self):
        limits = one("s", [2.0, 2.0], 10_000_000)
        assert limits.sigma[0] == pytest.approx(2 / np.sqrt(2e7), rel=1e-4)


class TestAutocorrelation:
    def test_lag_one_of_a_known_series(self):
        x = np.array([1, 2, 4, 3, 5, 6.0])
        left = x - x.mean()
        assert one("xmr", x).lag1[0] == pytest.approx((left[1:] * left[:-1]).sum() / (left**2).sum())

    @pytest.mark.parametrize("values", [[1, 2], [3, 3, 3, 3], [1, np.nan, np.nan, 2]])
    def test_too_little_to_say(self, values):
        assert np.isnan(one("xmr", values).lag1[0])

    def test_pairs_over_a_gap_do_not_count(self):
        x = np.array([1, 3, np.nan, 5, 8.0])
        left = x - np.nanmean(x)
        expected = (left[1] * left[0] + left[4] * left[3]) / np.nansum(left**2)
        assert one("xmr", x).lag1[0] == pytest.approx(expected)

    def test_proportions_are_compared_in_sigma(self):
        rng = np.random.default_rng(1)
        n = rng.integers(10, 10_000, 400)
        share = rng.binomial(n, 0.5) / n
        assert abs(one("p", share, n).lag1[0]) < 0.15


values = arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e6, 1e6) | st.just(np.nan))


@settings(deadline=None, max_examples=150)
@given(st.lists(values, min_size=1, max_size=6), st.sampled_from(list(KINDS)))
def test_many_series_at_once_are_as_one_at_a_time(series, kind):
    flat = np.concatenate(series)
    offsets = np.concatenate([[0], np.cumsum([len(s) for s in series])])
    together = drawn(kind, flat, offsets)
    for i, alone in enumerate(series):
        apart = drawn(kind, alone, [0, len(alone)])
        for name in ("centre", "lower", "upper", "sigma"):
            mine = getattr(together, name)[offsets[i] : offsets[i + 1]]
            np.testing.assert_allclose(mine, getattr(apart, name), rtol=1e-9, atol=1e-6)


@settings(deadline=None)
@given(arrays(np.float64, 30, elements=st.floats(-1e6, 1e6)), st.floats(-1e5, 1e5), st.floats(0.01, 100))
def test_limits_move_and_stretch_with_the_values(x, shift, stretch):
    plain, moved = one("xmr", x), one("xmr", shift + stretch * x)
    np.testing.assert_allclose(moved.upper, shift + stretch * plain.upper, rtol=1e-6, atol=1e-3)


def test_blocks_do_not_show():
    """More points than fit one block, of equal and of unequal length."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=400_000)
    for offsets in (
        np.arange(0, 400_001, 50),
        np.unique(np.append(rng.integers(0, 400_000, 3000), [0, 400_000])),
    ):
        together = charts.limits("xmr", x, offsets)
        for i in (0, 1, len(offsets) // 2, len(offsets) - 2):
            part = x[offsets[i] : offsets[i + 1]]
            apart = one("xmr", part)
            np.testing.assert_allclose(together.upper[offsets[i]], apart.upper[0], rtol=1e-12)


def test_one_core_does_as_well(monkeypatch):
    x, offsets = np.random.default_rng(0).normal(size=600_000), np.arange(0, 600_001, 100)
    many = charts.limits("xmr", x, offsets).upper
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert (charts.limits("xmr", x, offsets).upper == many).all()


def test_limits_can_be_moved_and_widened():
    limits = one("p", [0.1, 0.2, 0.1, 0.2], [100, 50, 100, 50])
    assert limits.moved([0.1, 0, 0, 0]).centre[0] == pytest.approx(limits.centre[0] + 0.1)
    wide = limits.widened(2)
    assert wide.upper - wide.centre == pytest.approx(2 * (limits.upper - limits.centre))
    assert wide.sigma == pytest.approx(2 * limits.sigma)
    flat = one("xmr", [1, 2, 3, 2]).widened([1.5])
    assert flat.sigma[0] == pytest.approx(1.5 / 1.128)
