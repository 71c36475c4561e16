"""Outbreak methods against numbers published with the R package surveillance 1.20.3, typed in."""

from datetime import date

import numpy as np
import pytest

from andon.stats.outbreak import bayes, cusum, ears, farrington, farrington_flexible
from tests.reference import outbreaks as published
from tests.reference.files import columns, numbers

WEEKS = np.arange(281, 312)
CONTROL_1 = {
    "years": 4,
    "half_window": 3,
    "seasons": 1,
    "recent": 3,
    "weights_above": 1,
    "trend_alpha": 0.05,
    "alpha": 0.1,
    "bound": "delta",
    "compat": True,
}
CONTROL_2 = CONTROL_1 | {"seasons": 10, "recent": 26, "weights_above": 2.58, "trend_alpha": 1}
CAMPY_2011 = {"at": np.arange(470, 522), "years": 4, "alpha": 0.05, "start": date(2001, 12, 31)}


def agona(**options):
    return farrington_flexible(published.AGONA, WEEKS, **options)


@pytest.mark.parametrize(
    ("options", "upper"),
    [
        (CONTROL_1, published.AGONA_CONTROL_1),
        (CONTROL_2, published.AGONA_CONTROL_2),
        (CONTROL_2 | {"alpha": 0.01, "bound": "nbPlugin"}, published.AGONA_NB_PLUGIN),
        (CONTROL_2 | {"alpha": 0.01, "bound": "muan"}, published.AGONA_MUAN),
    ],
)
def test_farrington_flexible_has_the_bounds_of_surveillance(options, upper):
    assert np.allclose(agona(**options).upper[0], upper, rtol=0, atol=1e-8)


def test_farrington_flexible_has_the_alarms_of_surveillance():
    weeks = WEEKS[agona(**CONTROL_1).alarm[0]] + 1
    assert weeks.tolist() == [283, 284, 285, 287, 288, 289, 291, 292, 294, 295, 304]


def test_the_delta_bound_uses_the_dispersion_it_should_unless_asked_to_agree_with_surveillance():
    assert agona(**CONTROL_2 | {"compat": False}).upper[0, 0] == pytest.approx(3.680319, abs=5e-7)
    assert agona(**CONTROL_2).upper[0, 0] == pytest.approx(3.652629, abs=5e-7)


def test_the_original_farrington_has_the_bounds_of_surveillance():
    found = farrington(published.AGONA, WEEKS, years=4, half_window=3, alpha=0.01)
    assert np.allclose(found.upper[0], published.AGONA_FARRINGTON, rtol=0, atol=1e-8)
    assert (WEEKS[found.alarm[0]] + 1).tolist() == [284, 285]


@pytest.mark.parametrize(("method", "alarms"), [("C1", 16), ("C2", 20), ("C3", 36)])
def test_ears_has_as_many_alarms_as_published(method, alarms):
    assert ears(published.AGONA, method, at=np.arange(19, 312)).alarm.sum() == alarms


def test_bayes_has_the_bounds_of_surveillance():
    found = bayes(published.AGONA, WEEKS, years=4, half_window=3)
    assert found.upper[0].tolist() == published.AGONA_BAYES
    assert (WEEKS[found.alarm[0]] + 1).tolist() == [284]


def test_cusum_on_a_seasonal_mean_has_the_bounds_of_surveillance():
    found = cusum(published.AGONA, 249, transform="standard", expected="season")
    assert found.upper[0].tolist() == published.AGONA_CUSUM
    assert (found.at[found.alarm[0]] + 1).tolist() == list(range(262, 276))


def campylobacter():
    return numbers(columns("surv_campyDE.csv", "outbreak")["case"])


def test_weeks_are_found_by_the_calendar_when_they_have_dates():
    found = farrington_flexible(campylobacter(), **CAMPY_2011, compat=True)
    assert found.upper[0].tolist() == published.CAMPY_2011
    assert (found.at[found.alarm[0]] + 1).tolist() == [472, 492, 493, 494, 496, 497, 498, 505]


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
@pytest.mark.parametrize(("name", "first"), [("agona", 20), ("campyDE2011", 471)])
def test_ears_has_every_bound_and_alarm_of_surveillance(method, name, first):
    counts = campylobacter() if name == "campyDE2011" else published.AGONA
    expected = columns(f"surv_{name}_ears{method}.csv", "outbreak")
    found = ears(counts, method, at=np.arange(first - 1, len(counts)))
    assert np.allclose(found.upper[0], numbers(expected["ub"]), rtol=1e-12)
    assert (found.alarm[0] == (numbers(expected["alarm"]) > 0)).all()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("flex_control1", CONTROL_1),
        ("flex_control2", CONTROL_2),
        ("flex_delta", CONTROL_2 | {"alpha": 0.01}),
        ("flex_nbPlugin", CONTROL_2 | {"alpha": 0.01, "bound": "nbPlugin"}),
        ("flex_muan", CONTROL_2 | {"alpha": 0.01, "bound": "muan"}),
    ],
)
def test_every_reference_file_of_farrington_flexible_agrees_to_its_last_digits(name, options):
    expected = columns(f"surv_agona_{name}.csv", "outbreak")
    found = agona(**options)
    assert np.allclose(found.upper[0], numbers(expected["ub"]), rtol=1e-12)
    assert (found.alarm[0] == (numbers(expected["alarm"]) > 0)).all()


def test_the_past_is_cut_into_parts_of_the_season_as_in_surveillance():
    from andon.stats.outbreak.past import PastRule

    expected = columns("surv_agona_k282_design.csv", "outbreak")
    [(past, _)] = PastRule(4, 3, 10, 26).layouts(np.array([281]))
    order = np.argsort(past.weeks)
    assert (past.weeks[order] + 282).tolist() == numbers(expected["wtime"]).tolist()
    assert (past.part[order] + 1).tolist() == numbers(expected["seasgroups"]).tolist()
