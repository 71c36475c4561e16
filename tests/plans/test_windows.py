"""One person and the others, before a day and since, from cells."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from andon.lake.cells import Factor
from andon.lake.factors import FactorCells
from andon.people.models import Person
from andon.plans.facts import windows

STARTED = date(2026, 3, 2)
WEEKS = [(datetime(2025, 12, 1, tzinfo=UTC) + timedelta(weeks=i)).date().isoformat() for i in range(20)]


@pytest.fixture
def crew(db):
    return [Person.objects.create_person(number=f"w{i}", name=f"Worker {i}") for i in range(8)]


def cells(crew, mine_before: float, mine_after: float, others: float = 0.7) -> FactorCells:
    """Ten cases a week and person; a share of them went well."""
    worker, period = (grid.ravel() for grid in np.meshgrid(np.arange(len(crew)), np.arange(len(WEEKS))))
    since = np.array([week >= STARTED.isoformat() for week in WEEKS])[period]
    share = np.where(worker == 0, np.where(since, mine_after, mine_before), others)
    n = np.full(len(worker), 10.0)
    codes = Factor(worker.astype(np.int32), [one.number for one in crew])
    return FactorCells(
        {"worker": codes, "period": Factor(period.astype(np.int32), WEEKS)},
        n,
        n * share,
        n * share,
        "proportion",
    )


def seen(crew, **shares):
    made = cells(crew, **shares)
    at = windows._days(made.factors["period"].levels)[made.factors["period"].codes]
    since = np.datetime64(STARTED, "D")
    return windows._windows(made, crew[0], at < since, at >= since)


def test_both_windows_hold_the_persons_own_cases(crew):
    found = seen(crew, mine_before=0.4, mine_after=0.6)
    assert (found.before, found.after) == (pytest.approx(0.4), pytest.approx(0.6))
    assert (found.n_before, found.n_after) == (130, 70)


def test_the_others_are_those_who_are_not_the_person(crew):
    found = seen(crew, mine_before=0.0, mine_after=1.0)
    assert (found.others.before, found.others.after) == (pytest.approx(0.7), pytest.approx(0.7))
    assert found.others.between == 0


def test_somebody_whom_the_data_do_not_know_gets_a_sentence(crew, cast):
    made = cells(crew, 0.4, 0.4)
    everything = np.ones(len(made), bool)
    assert "no case that this person served" in windows._windows(made, cast.alice, everything, everything)


def test_of_too_few_others_nothing_is_told(crew):
    assert "Too few others" in seen(crew[:4], mine_before=0.4, mine_after=0.4)
