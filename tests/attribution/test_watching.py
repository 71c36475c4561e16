"""A mechanism through time, beside what the same people let one expect elsewhere."""

import numpy as np
import pytest

from andon.attribution.watching import watched
from tests.attribution.made import cells, grid


def made(share, n=200, **more):
    return cells(grid(workers=12, mechanisms=4, periods=10, n=n, share=share), every="month", **more)


def alarms(found, name):
    return [one["alarm"] for one in found[name]["periods"]]


def test_a_mechanism_like_all_others_is_calm():
    found = watched(made(lambda **where: 0.1), "low")
    assert list(found) == ["m0", "m1", "m2", "m3"]
    assert not any(sum(alarms(found, name)) for name in found)


def test_a_mechanism_that_gets_worse_is_found_from_then_on():
    found = watched(
        made(lambda mechanism, period, **_: 0.35 if mechanism == 1 and period >= 6 else 0.1), "low"
    )
    assert alarms(found, "m1") == [False] * 6 + [True] * 4
    assert not sum(alarms(found, "m2"))


def test_where_more_is_better_the_others_are_counted():
    found = watched(
        made(lambda mechanism, period, **_: 0.6 if mechanism == 1 and period >= 6 else 0.9), "high"
    )
    assert alarms(found, "m1") == [False] * 6 + [True] * 4
    assert found["m0"]["periods"][0]["seen"] == 12 * 20


def test_weak_people_do_not_make_a_weak_mechanism():
    """Everybody of a weak group works nearly only in one mechanism, which itself is like the others."""
    rows = grid(
        workers=12, mechanisms=4, periods=10, n=200, share=lambda worker, **_: 0.3 if worker < 4 else 0.1
    )
    for row in rows:
        if int(row["worker"][1:]) < 4 and row["mechanism"] != "m1":
            row["n"], row["total"] = 20, 6
    found = watched(cells(rows, every="month"), "low")
    assert not sum(alarms(found, "m1"))


@pytest.mark.parametrize("kind", ["value", "count"])
def test_only_outcomes_of_yes_and_no_are_watched(kind):
    found = cells(grid(periods=3), kind=kind, every="month")
    assert watched(found, "low") == {}


def test_one_mechanism_or_no_time_is_not_watched():
    assert watched(cells(grid(mechanisms=1)), "low") == {}
    assert watched(cells([{k: v for k, v in row.items() if k != "period"} for row in grid()]), "low") == {}


def test_a_mechanism_of_few_cases_is_left_out():
    rows = [row for row in grid(n=200) if row["mechanism"] != "m2" or row["worker"] == "w00"]
    for row in rows:
        if row["mechanism"] == "m2":
            row["n"], row["total"] = 10, 1
    assert list(watched(cells(rows, every="month"), "low")) == ["m0", "m1"]


def test_what_is_expected_adds_up_to_about_what_all_saw():
    found = watched(made(lambda mechanism, **_: (0.08, 0.1, 0.1, 0.12)[mechanism]), "low")
    seen, expected = (
        sum(one[name] for it in found.values() for one in it["periods"]) for name in ("seen", "expected")
    )
    assert np.isclose(seen, expected, rtol=0.05)
