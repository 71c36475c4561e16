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
    return windows._windows(windows.windowed(cells(crew, **shares), STARTED, date(2026, 4, 30)), crew[0])


def test_both_windows_hold_the_persons_own_cases(crew):
    found = seen(crew, mine_before=0.4, mine_after=0.6)
    assert (found.before, found.after) == (pytest.approx(0.4), pytest.approx(0.6))
    assert (found.n_before, found.n_after) == (120, 70)  # 90 days: the week of 1 December is longer ago


def test_the_others_are_those_who_are_not_the_person(crew):
    found = seen(crew, mine_before=0.0, mine_after=1.0)
    assert (found.others.before, found.others.after) == (pytest.approx(0.7), pytest.approx(0.7))
    assert found.others.between == 0


def test_somebody_whom_the_data_do_not_know_gets_a_sentence(crew, cast):
    made = windows.windowed(cells(crew, 0.4, 0.4), STARTED, date(2026, 4, 30))
    assert "no case that this person served" in windows._windows(made, cast.alice)


def test_of_too_few_others_nothing_is_told(crew):
    assert "Too few others" in seen(crew[:4], mine_before=0.4, mine_after=0.4)


def two_kinds(crew, mine_before: float, mine_since: float) -> FactorCells:
    """Easy cases go well 9 times in ten and hard ones 5 times, whoever serves them. The first person had `mine_before`
    hard ones of ten before and `mine_since` afterwards; everybody else had five."""
    rows = []
    for i in range(len(crew)):
        for k, week in enumerate(WEEKS):
            mine = mine_since if week >= STARTED.isoformat() else mine_before
            hard = mine if i == 0 else 5
            rows += [(i, k, 0, 10 - hard, 0.9), (i, k, 1, hard, 0.5)]
    worker, period, kind, n, share = (np.array(column) for column in zip(*rows, strict=True))
    there = n > 0
    worker, period, kind, n, share = (
        column[there] for column in (worker, period, kind, n.astype(float), share)
    )
    factors = {
        "worker": Factor(worker.astype(np.int32), [one.number for one in crew]),
        "mechanism": Factor(kind.astype(np.int32), ["easy", "hard"]),
        "period": Factor(period.astype(np.int32), WEEKS),
    }
    return FactorCells(factors, n, n * share, n * share, "proportion")


def test_harder_cases_are_not_taken_for_doing_worse(crew):
    """Raw, the person falls from 0.86 to 0.58; the work alone did that."""
    found = windows._windows(
        windows.windowed(two_kinds(crew, mine_before=1, mine_since=8), STARTED, date(2026, 4, 30)), crew[0]
    )
    assert found.evened == ("mechanism",)
    assert found.before == pytest.approx(found.after, abs=0.01)
    assert found.after == pytest.approx(found.others.after, abs=0.01)


def test_where_the_data_name_no_kinds_nothing_is_evened_out(crew):
    assert seen(crew, mine_before=0.4, mine_after=0.6).evened == ()
