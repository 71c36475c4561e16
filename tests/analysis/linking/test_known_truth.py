"""Worlds of which the truth is known: found, or said to be unclear."""

import numpy as np
import pytest

from tests.analysis.linking.made import BURN, claimed, joined, later, linked, series, share, told

UNITS, PERIODS = 40, 24


def world(rng, kind="none", units=UNITS, periods=PERIODS):
    """(x, y) of one kind of truth, (U, T)."""
    x, y = series(rng, units, periods + BURN, 0.6), series(rng, units, periods + BURN, 0.3)
    levels = rng.normal(size=(2, units, 1))
    match kind:
        case "within":
            y = y + 0.5 * x
        case "between":
            levels[1] = 0.8 * levels[0] + 0.6 * levels[1]
        case "employee first":
            y = y + 0.4 * later(x)
        case "customer first":
            x, y = y + 0.4 * later(x), x
        case "simpson":
            y, levels[1] = y + 0.5 * x, -0.9 * levels[0] + 0.4 * levels[1]
        case "something else moves both":
            common = series(rng, units, periods + BURN, 0.6)
            x, y = common + 0.7 * x, common + 0.7 * y
    return x[:, BURN:] + levels[0], y[:, BURN:] + levels[1]


def of(kind, **asked):
    return lambda rng: told(*world(rng, kind), **asked)


# Found where it is


def test_a_link_between_units_only_is_found_between_and_not_within():
    assert share(of("between"), lambda one: one.between.verdict == "association", 30) >= 0.9
    assert share(of("between"), lambda one: one.within.verdict == "association", 30) <= 0.1


def test_a_link_within_units_only_is_found_within_and_not_between():
    assert share(of("within"), lambda one: one.within.verdict == "association", 30) == 1
    assert share(of("within"), lambda one: one.between.verdict == "association", 30) <= 0.1


def test_the_size_is_right_in_customer_units():
    one = told(*world(np.random.default_rng(3), "within", 200, 36))
    assert one.within.found.slope == pytest.approx(0.5, abs=0.04)
    assert one.within.step.change == pytest.approx(one.within.step.step * 0.5, rel=0.1)
    assert one.within.step.low < one.within.step.change < one.within.step.high


# Not found where it is not


def test_absent_links_are_claimed_in_about_one_of_twenty_worlds():
    assert share(of("none"), claimed, 150) <= 0.1


@pytest.mark.slow
def test_of_many_pairs_without_a_link_hardly_any_is_claimed():
    def any_of(rng):
        x, _ = world(rng)
        others = {f"m{i}": world(rng)[1] for i in range(10)}
        return linked(joined(x, others.pop("m0"), **others), permutations=499)

    found = [any_of(np.random.default_rng([5, seed])) for seed in range(40)]
    assert np.mean([any(claimed(one) for one in many.links) for many in found]) <= 0.125


def test_a_season_in_both_is_no_link():
    def both(rng):
        x, y = world(rng)
        season = 4 * np.sin(np.arange(PERIODS) * np.pi / 6)
        return told(x + season, y + season)

    assert share(both, lambda one: one.within.verdict == "association", 40) <= 0.1
    one = both(np.random.default_rng(1))
    assert one.pooled > 0.5
    assert one.within.verdict != "association"


def test_a_trend_in_both_is_no_link():
    x, y = world(np.random.default_rng(2))
    trend = np.linspace(0, 8, PERIODS)
    assert told(x + trend, y + trend).within.verdict == "no sign"


# What comes first


@pytest.mark.parametrize("kind", ["employee first", "customer first"])
def test_what_comes_first_is_named(kind):
    assert share(of(kind), lambda one: one.direction == kind, 30) >= 0.9


@pytest.mark.parametrize("kind", ["within", "something else moves both", "simpson"])
def test_no_direction_is_named_where_both_move_at_once(kind):
    assert share(of(kind), lambda one: one.direction in ("employee first", "customer first"), 30) <= 0.07


def test_a_sentence_names_the_direction_and_the_lag():
    one = told(*world(np.random.default_rng(1), "customer first"))
    assert (
        "“score” comes first: when it is higher in a unit, “mood” is higher one month later" in one.sentence
    )


def test_without_lags_the_direction_is_unknown():
    one = told(*world(np.random.default_rng(1), "customer first"), lags=0)
    assert one.lags == ()
    assert one.direction == "unknown"


# Simpson, outliers, few


def test_simpsons_paradox_is_named():
    one = told(*world(np.random.default_rng(1), "simpson"))
    assert one.simpson
    assert one.between.found.r < 0 < one.within.found.r
    assert "Simpson's paradox" in one.sentence


def test_one_site_far_out_does_not_make_a_link():
    def far(rng):
        x, y = world(rng)
        x[4] += 15
        y[4] += 15
        return told(x, y)

    assert share(far, lambda one: one.between.verdict == "association", 30) <= 0.05
    assert "“site 004” alone makes what there is" in far(np.random.default_rng(1)).sentence


def test_one_site_far_out_does_not_hide_a_link_unsaid():
    x, y = world(np.random.default_rng(1), "between")
    x[4] += 15
    y[4] -= 15
    one = told(x, y)
    assert one.between.verdict == "cannot tell"
    assert "“site 004” lies far from the others and hides what the rest show" in one.sentence


def test_one_month_gone_wrong_at_one_site_does_not_make_a_link_within():
    x, y = world(np.random.default_rng(1))
    x[3, 5] += 40
    y[3, 5] += 40
    one = told(x, y)
    assert one.within.found.r > 0.5
    assert one.within.verdict != "association"


@pytest.mark.parametrize("units", [1, 2, 3, 5, 7])
def test_with_few_sites_nothing_is_said_between_them(units):
    rng = np.random.default_rng(1)
    x, y = world(rng, "between", units)
    one = told(x, x + 0.01 * y)
    assert one.between.verdict == "cannot tell"
    assert "Between units: cannot tell: few units" in one.sentence


def test_with_few_sites_a_warning_says_so():
    x, y = world(np.random.default_rng(1), units=5)
    assert any(text.startswith("Few units: only five units") for text in linked(joined(x, y)).warnings)


def test_small_chances_that_cannot_be_reached_are_not_called_absence():
    x, y = world(np.random.default_rng(1), "within")
    one = told(x, y, permutations=99, fdr=0.005)
    assert one.within.verdict == "cannot tell"
    assert "--permutations" in one.sentence


# Odd panels


def test_links_are_found_where_a_third_of_the_cells_is_missing():
    def holes(rng):
        x, y = world(rng, "within")
        return told(
            np.where(rng.random(x.shape) < 0.3, np.nan, x), np.where(rng.random(x.shape) < 0.1, np.nan, y)
        )

    assert share(holes, lambda one: one.within.verdict == "association", 15) == 1


def test_absent_links_are_not_found_where_units_come_and_go():
    def ragged(rng):
        x, y = world(rng)
        first = rng.integers(0, 14, UNITS)
        here = (np.arange(PERIODS) >= first[:, None]) & (np.arange(PERIODS) < first[:, None] + 10)
        return told(np.where(here, x, np.nan), y)

    assert share(ragged, claimed, 60) <= 0.12


def test_units_that_came_late_are_not_taken_for_worse_because_times_were():
    """A level that fell for everybody is no difference between units that were there early and late."""
    rng = np.random.default_rng(4)
    units, periods = 60, 10
    trend = np.linspace(0, 20, periods)
    x, y = rng.normal(size=(2, units, periods)) + trend
    early = np.arange(units) < 30
    x[early, 6:] = np.nan
    x[~early, :4] = np.nan
    assert told(x, y).between.verdict != "association"


def test_a_constant_measure_is_named():
    x, y = world(np.random.default_rng(1))
    one = told(np.full_like(x, 70.0), y)
    assert one.between.verdict == one.within.verdict == "cannot tell"
    assert "“mood” does not vary" in one.sentence


def test_one_period_compares_units_only():
    x, y = world(np.random.default_rng(1), "between", 80, 1)
    one = told(x, y)
    assert one.between.verdict == "association"
    assert "Within units: cannot tell: there are too few periods" in one.sentence
    assert one.lags == ()


def test_three_years_are_enough_to_find_what_goes_together_but_not_to_hold_the_past_equal():
    x, y = world(np.random.default_rng(1), "within", 250, 3)
    one = told(x, y)
    assert one.within.verdict == "association"
    assert not any(lag.held for lag in one.lags)


def test_what_else_is_looked_at_changes_no_chance_before_it_is_adjusted():
    x, y = world(np.random.default_rng(1), "within")
    alone = told(x, y)
    among = linked(joined(x, y, other=world(np.random.default_rng(2))[1])).links[0]
    assert among.within.found.p == alone.within.found.p
    assert among.between.p_adjusted >= alone.between.p_adjusted


@pytest.mark.parametrize("kind", ["none", "within", "between", "customer first", "simpson"])
def test_every_sentence_is_about_teams_and_claims_no_cause(kind):
    text = told(*world(np.random.default_rng(1), kind)).sentence
    assert text.endswith("This is about teams, not about persons.")
    assert not any(word in text for word in ("cause", "because", "leads to", "effect"))


@pytest.mark.parametrize(("by", "first"), [(1, "customer first"), (-1, "employee first")])
def test_three_years_name_what_comes_first_and_not_its_echo(by, first):
    """Compared with a mean of three years, what comes first leaves a weaker opposite in the same year."""

    def moved(rng):
        y = rng.normal(size=(250, 5))
        x = -np.roll(y, by, axis=1) + 0.3 * rng.normal(size=y.shape)
        return told(x[:, 1:4], y[:, 1:4])

    assert share(moved, lambda one: one.direction == first, 20) >= 0.9
    assert share(moved, lambda one: one.simpson, 20) == 0
