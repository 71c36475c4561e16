"""One bad week is one event, however many cases it has; being below week after week is not."""

from dataclasses import replace

import numpy as np
import pytest

from andon.analysis.attribution import AttributionSpec, attribute
from tests.analysis.attribution.made import Made

STANDARD = AttributionSpec(good="high", standard=0.74, calibrate=False, compare=False)
UNLUCKY, WEAK, WEEK = 7, 9, 5


def world(**sizes) -> Made:
    return Made(people=150, mechanisms=8, weeks=12, cases=400, worker=0.3, seed=4, **sizes)


def with_an_event(cells, worker: int, cases: int):
    """The same cells, and so many failed ones of a worker in one week at one mechanism."""
    mine = (cells.factors["worker"].codes == worker) & (cells.factors["period"].codes == WEEK)
    at = int(np.flatnonzero(mine)[0])
    more = np.zeros(len(cells))
    more[at] = cases
    return replace(cells, n=cells.n + more)


def lowered(cells, worker: int, by: float):
    """The same cells, with the worker's share of good ones lowered alike everywhere."""
    mine = cells.factors["worker"].codes == worker
    total = np.where(mine, np.round(cells.total * (1 - by)), cells.total)
    return replace(cells, total=total, squares=total)


@pytest.fixture(scope="module")
def told():
    cells = with_an_event(lowered(world().draw(), WEAK, 0.35), UNLUCKY, 120)
    return attribute(cells, STANDARD).people


def test_somebody_with_one_bad_week_is_not_named(told):
    assert told.p_below[UNLUCKY] > 0.9
    assert told.verdict[UNLUCKY] == "cannot tell"


def test_the_reason_names_the_week_and_its_cases(told):
    assert "week from 2025-02-10" in told.why[UNLUCKY]
    assert "one event" in told.why[UNLUCKY]


def test_somebody_low_week_after_week_is_named(told):
    assert told.verdict[WEAK] == "below standard"


def test_without_a_time_nothing_can_be_left_out():
    cells = lowered(world().draw(timed=False), WEAK, 0.35)
    assert attribute(cells, STANDARD).people.verdict[WEAK] == "below standard"


def test_few_weeks_are_not_left_out_one_by_one():
    cells = lowered(replace_weeks(world(), 3), WEAK, 0.35)
    assert attribute(cells, STANDARD).people.verdict[WEAK] == "below standard"


def replace_weeks(made: Made, weeks: int):
    made.weeks = weeks
    return made.draw()
