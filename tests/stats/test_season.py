"""Winters and Mondays that come back are seasons; everything else is not."""

import numpy as np
import pytest

from andon.stats import charts, rules, season

WINTER = np.array([3.0, 2, 1, 0, -1, -2, -3, -2, -1, 0, 1, 2])


def months(count, start="2016-01"):
    return np.datetime64(start) + np.arange(count)


def winters(years, rng, noise=0.5):
    return 50 + np.tile(WINTER, years) + rng.normal(0, noise, 12 * years)


def estimate(x, at=None, **options):
    where = season.positions(months(len(x)) if at is None else at, "month", "year")
    return season.estimate(x, [0, len(x)], where, size=12, **options)


class TestPositions:
    def test_monday_is_nought(self):
        assert season.positions(["2024-01-01", "2024-01-07"], "day", "week").tolist() == [0, 6]

    def test_hours_of_the_week(self):
        assert season.positions(["2024-01-01T05", "2024-01-02T00"], "hour", "week").tolist() == [5, 24]

    def test_months_and_quarters_of_the_year(self):
        at = ["1969-12-01", "2024-01-31", "2024-05-01"]
        assert season.positions(at, "month", "year").tolist() == [11, 0, 4]
        assert season.positions(at, "quarter", "year").tolist() == [3, 0, 1]
        assert season.positions(at, "day", "year").tolist() == [11, 0, 4]

    def test_the_last_days_of_a_year_belong_to_week_fifty_two(self):
        assert season.positions(["2024-01-01", "2024-12-31"], "week", "year").tolist() == [0, 51]

    @pytest.mark.parametrize(("every", "name"), [("month", "week"), ("hour", "year"), ("day", "moon")])
    def test_a_cadence_without_such_a_season_is_refused(self, every, name):
        with pytest.raises(ValueError, match="no season"):
            season.positions(["2024-01-01"], every, name)


class TestEffects:
    def test_winter_is_found(self):
        found = estimate(winters(4, np.random.default_rng(1)))
        assert found.known[0]
        assert found.cycles[0] == 4
        assert found.effects[0] == pytest.approx(WINTER, abs=0.8)

    def test_the_order_of_calm_values_is_a_quiet_chart(self):
        x = winters(6, np.random.default_rng(2))
        found = estimate(x)
        raw = rules.marks("nelson", x, charts.limits("xmr", x, [0, 72]), [0, 72])
        calm = found.remove(x)
        limits = charts.limits("xmr", calm, [0, 72]).widened(found.widen)
        assert (raw > 0).sum() > 20
        assert (rules.marks("nelson", calm, limits, [0, 72]) > 0).sum() <= 2

    def test_one_bad_winter_is_not_winter(self):
        x = winters(5, np.random.default_rng(3), noise=0.2)
        x[24:26] += 15
        found = estimate(x)
        assert found.effects[0] == pytest.approx(WINTER, abs=1.5)
        calm = found.remove(x)
        limits = charts.limits("xmr", calm, [0, 60], centre="median", screen=True)
        assert {24, 25} <= set(np.flatnonzero(rules.marks("limits", calm, limits, [0, 60])))
        assert np.median(np.abs(np.delete(calm, [24, 25]) - limits.centre[0])) < 0.2

    def test_a_change_of_level_is_not_a_season(self):
        x = np.random.default_rng(4).normal(0, 0.3, 60)
        x[30:] += 6
        assert np.abs(estimate(x).effects).max() < 1.0

    def test_factors_for_counts(self):
        factor = 1 + WINTER / 10
        x = np.linspace(100, 200, 60) * np.tile(factor, 5)
        found = estimate(x, how="scale")
        assert found.effects[0] == pytest.approx(factor / factor.mean(), abs=0.02)
        assert found.remove(x) == pytest.approx(np.linspace(100, 200, 60), rel=0.04)

    def test_log_odds_for_proportions_stay_between_none_and_all(self):
        x = np.clip(0.97 + np.tile(WINTER, 4) / 100, 0, 1)
        found = estimate(x, how="odds", n=np.full(48, 200))
        assert ((found.restore([0.0] * 48) == 0) & (found.restore([1.0] * 48) == 1)).all()
        calm = found.remove(x)
        assert ((calm >= 0) & (calm <= 1)).all()
        assert estimate(x, how="odds").known[0]

    @pytest.mark.parametrize("how", ["add", "scale", "odds"])
    def test_what_is_removed_is_restored(self, how):
        x = np.random.default_rng(5).uniform(0.2, 0.8, 48)
        found = estimate(x, how=how)
        assert found.restore(found.remove(x)) == pytest.approx(x)

    def test_fewer_than_two_full_years_have_no_season(self):
        x = winters(2, np.random.default_rng(6))[:23]
        found = estimate(x)
        assert not found.known[0]
        assert found.remove(x) == pytest.approx(x)
        assert found.widen[0] == 1
        assert (estimate(x, how="scale").effect == 1).all()

    def test_a_baseline_limits_what_is_learnt_from(self):
        x = winters(5, np.random.default_rng(7))
        x[36:] += np.tile(WINTER, 2) * 5
        found = estimate(x, use=np.arange(60) < 36)
        assert found.cycles[0] == 3
        assert found.effects[0] == pytest.approx(WINTER, abs=1.2)

    def test_missing_months_are_passed_over(self):
        x = winters(5, np.random.default_rng(8))
        x[[3, 17, 40]] = np.nan
        found = estimate(x)
        assert np.isnan(found.remove(x)[[3, 17, 40]]).all()
        assert found.effects[0] == pytest.approx(WINTER, abs=1.0)

    def test_series_of_unequal_length_beside_each_other(self):
        rng = np.random.default_rng(9)
        x = np.concatenate([winters(4, rng), winters(1, rng), [], -winters(3, rng)])
        at = np.concatenate([months(48), months(12), months(36)])
        found = season.estimate(x, [0, 48, 60, 60, 96], season.positions(at, "month", "year"), size=12)
        assert found.known.tolist() == [True, False, False, True]
        assert found.effects[3] == pytest.approx(-WINTER, abs=1.0)

    def test_days_of_the_week(self):
        at = np.datetime64("2024-01-01") + np.arange(140)
        where = season.positions(at, "day", "week")
        x = 10.0 + 5 * (where == 0)
        found = season.estimate(x, [0, 140], where, how="scale")
        assert found.remove(x) == pytest.approx(np.full(140, 75 / 7))

    def test_weeks_of_the_year_borrow_from_their_neighbours(self):
        at = np.datetime64("2019-01-07") + 7 * np.arange(52 * 3)
        where = season.positions(at, "week", "year")
        x = np.cos(2 * np.pi * where / 52) * 4 + np.random.default_rng(10).normal(0, 1, len(at))
        found = season.estimate(x, [0, len(x)], where, size=52)
        assert found.effects[0] == pytest.approx(4 * np.cos(2 * np.pi * np.arange(52) / 52), abs=1.6)

    def test_removing_effects_narrows_scatter_and_widen_makes_up_for_it(self):
        rng = np.random.default_rng(11)
        x = rng.normal(size=400 * 36)
        offsets = np.arange(401) * 36
        where = np.tile(np.arange(36) % 12, 400)
        found = season.estimate(x, offsets, where)
        calm = charts.limits("xmr", found.remove(x), offsets)
        assert calm.sigma.mean() < 0.9
        assert calm.widened(found.widen).sigma.mean() == pytest.approx(1, abs=0.1)

    def test_nothing_at_all(self):
        found = season.estimate([], [0, 0], [])
        assert found.known.tolist() == [False]


class TestSuspicion:
    def suspect(self, x, **options):
        return season.suspect(
            x, [0, len(x)], season.positions(months(len(x)), "month", "year"), size=12, **options
        )

    def test_winters_are_suspected(self):
        assert self.suspect(winters(4, np.random.default_rng(1), noise=1)).likely[0]

    def test_chance_is_not(self):
        rng = np.random.default_rng(12)
        x, offsets = rng.normal(size=1000 * 48), np.arange(1001) * 48
        found = season.suspect(x, offsets, np.tile(np.arange(48) % 12, 1000))
        assert found.likely.mean() < 0.005

    def test_a_change_of_level_is_not(self):
        x = np.random.default_rng(13).normal(size=48)
        x[30:] += 10
        assert not self.suspect(x).likely[0]

    @pytest.mark.parametrize("x", [[1.0] * 48, winters(1, np.random.default_rng(1)), [np.nan] * 48])
    def test_a_constant_short_or_empty_series_is_not(self, x):
        found = self.suspect(np.array(x))
        assert not found.likely[0]
        assert found.p[0] == 1
