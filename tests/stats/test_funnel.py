"""Funnel plots: teams and sites against their number of cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.stats.funnel import funnel


def sites(between, units=200, seed=1, base=0.2):
    rng = np.random.default_rng(seed)
    n = rng.integers(200, 3000, units)
    place = np.arcsin(np.sqrt(base)) + rng.normal(0, between, units)
    return rng.binomial(n, np.sin(place) ** 2), n


def test_a_proportion_is_judged_on_the_arcsine_of_its_root():
    found = funnel("proportion", [30, 20], [100, 100], target=0.2, overdispersion="none")
    assert found.z[0] == pytest.approx(2 * 10 * (np.arcsin(0.3**0.5) - np.arcsin(0.2**0.5)))
    assert found.z[1] == 0


def test_a_rate_is_judged_on_its_root():
    found = funnel("rate", [30], [10.0], target=2.0, overdispersion="none")
    assert found.z[0] == pytest.approx(2 * np.sqrt(10) * (np.sqrt(3) - np.sqrt(2)))


def test_a_value_is_judged_in_standard_errors():
    found = funnel("value", [5.0], [25], target=4.0, deviation=2.0, overdispersion="none")
    assert found.z[0] == pytest.approx(1 / (2 / 5))


def test_the_target_is_what_all_reach_together_unless_given():
    assert funnel("proportion", [10, 90], [100, 200]).target == pytest.approx(100 / 300)
    assert funnel("rate", [10, 90], [100, 200]).target == pytest.approx(100 / 300)
    assert funnel("value", [1.0, 4.0], [100, 200], deviation=1.0).target == pytest.approx(3)


@pytest.mark.parametrize(("kind", "deviation"), [("proportion", None), ("rate", None), ("value", 0.4)])
@pytest.mark.parametrize("overdispersion", ["none", "additive", "multiplicative"])
def test_a_unit_is_beyond_when_it_lies_outside_the_limits_of_its_size(kind, deviation, overdispersion):
    y, n = sites(0.04)
    mean = y / n if kind == "value" else y
    found = funnel(kind, mean, n, deviation=deviation, overdispersion=overdispersion, at=n)
    outside = (found.value < found.lower) | (found.value > found.upper)
    assert (found.beyond == outside).all()
    assert found.beyond[0].any()


def test_by_chance_alone_one_in_twenty_lies_outside_the_inner_limits_and_hardly_any_outside_the_outer():
    found = funnel("proportion", *sites(0.0, units=5000), overdispersion="none")
    assert found.beyond[0].mean() == pytest.approx(0.05, abs=0.01)
    assert found.flagged.mean() == pytest.approx(0.002, abs=0.002)
    assert (found.flagged == found.beyond[1]).all()


def test_differences_between_sites_are_not_taken_for_outliers_when_they_are_allowed_for():
    y, n = sites(0.08)
    assert funnel("proportion", y, n, overdispersion="none").flagged.mean() > 0.3
    assert funnel("proportion", y, n).flagged.mean() < 0.06


def test_the_spread_between_sites_is_found_again_but_for_what_drawing_in_takes_away():
    found = funnel("proportion", *sites(0.08, units=2000), winsorise=0.0)
    assert found.tau == pytest.approx(0.08, rel=0.05)
    assert 0.06 < funnel("proportion", *sites(0.08, units=2000)).tau < 0.08


def test_a_few_sites_far_out_do_not_hide_themselves():
    y, n = sites(0.0)
    y = y.copy()
    y[:5] = n[:5] * 0.6
    found = funnel("proportion", y, n)
    assert found.phi < 2
    assert found.flagged[:5].all()
    assert found.flagged[5:].mean() < 0.02
    assert funnel("proportion", y, n, winsorise=0.0).phi > 5


def test_phi_and_tau_are_those_of_the_formulas():
    y, n = np.array([10, 30, 25, 60, 5]), np.array([100, 110, 120, 150, 90])
    plain = funnel("proportion", y, n, overdispersion="none").z
    drawn = np.clip(plain, *np.quantile(plain, (0.1, 0.9)))
    found, w = funnel("proportion", y, n), 4.0 * n
    phi = np.mean(drawn**2)
    assert found.phi == pytest.approx(phi)
    assert found.tau**2 == pytest.approx((5 * phi - 4) / (w.sum() - (w**2).sum() / w.sum()))
    wide = funnel("proportion", y, n, overdispersion="multiplicative")
    assert np.allclose(wide.adjusted, plain / np.sqrt(phi))


def test_sites_that_scatter_less_than_by_chance_keep_the_limits_of_chance():
    n = np.full(20, 400)
    for overdispersion in ("additive", "multiplicative"):
        found = funnel("proportion", np.full(20, 80), n, overdispersion=overdispersion)
        assert (found.phi, found.tau) == (1.0, 0.0)


def test_limits_narrow_with_size_and_stay_possible():
    found = funnel("proportion", [1, 1, 500], [3, 40, 20000], overdispersion="none")
    width = found.upper - found.lower
    assert (np.diff(width[1][found.at > 50]) < 0).all()
    assert (found.lower >= 0).all()
    assert (found.upper <= 1).all()
    assert found.at[0] == pytest.approx(3)
    assert found.at[-1] == pytest.approx(20000)


def test_units_without_a_usable_number_are_not_judged_and_do_not_disturb():
    y, n = sites(0.05, units=50)
    bad_y = [np.nan, 5, 5, -1, np.inf]
    bad_n = [10, 0, 4, 10, np.nan]
    mine = funnel("proportion", [*y, *bad_y], [*n, *bad_n])
    clean = funnel("proportion", y, n)
    assert np.isnan(mine.z[50:]).all()
    assert not mine.flagged[50:].any()
    assert mine.tau == clean.tau
    assert (mine.flagged[:50] == clean.flagged).all()


@pytest.mark.parametrize("kind", ["proportion", "rate", "value"])
@pytest.mark.parametrize("units", [[], [np.nan], [5.0]])
def test_no_unit_or_one_is_no_trouble(kind, units):
    found = funnel(kind, units, [10.0] * len(units), deviation=1.0)
    assert not found.flagged.any()
    assert (found.phi, found.tau) == (1.0, 0.0)


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "median"},
        {"overdispersion": "some"},
        {"winsorise": 0.5},
        {"levels": (95,)},
        {"levels": ()},
        {"kind": "value"},
    ],
)
def test_options_that_make_no_sense_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        funnel(options.pop("kind", "rate"), [1, 2], [10, 10], **options)


number = st.one_of(st.floats(-10, 1e6), st.sampled_from([np.nan, np.inf, 0.0]))


@given(
    st.lists(st.tuples(number, number), max_size=30),
    st.sampled_from(["proportion", "rate", "value"]),
    st.sampled_from(["none", "additive", "multiplicative"]),
)
def test_no_data_raise_and_flags_agree_with_z(units, kind, overdispersion):
    y, n = (np.array([unit[i] for unit in units], float) for i in (0, 1))
    found = funnel(kind, y, n, deviation=3.0, overdispersion=overdispersion)
    assert found.flagged.shape == y.shape
    assert found.phi >= 1
    assert (found.flagged <= found.beyond[0]).all()
    assert np.isnan(found.z[~(n > 0)]).all()
