"""Ticks fall on moments people know: round hours, Mondays, first days of months and years."""

import numpy as np
import pytest

from andon.plots.axes import ticks


def moments(first: str, last: str) -> tuple[str, list[str]]:
    unit, at = ticks(np.array([first, last], "datetime64[s]"))
    return unit, [str(m) for m in np.array(at, np.int64).astype("datetime64[ms]").astype("datetime64[m]")]


@pytest.mark.parametrize(
    ("first", "last", "unit", "start"),
    [
        ("2026-01-05T01:30", "2026-01-05T09:00", "h", ["2026-01-05T02:00", "2026-01-05T03:00"]),
        ("2026-01-05", "2026-01-07", "h", ["2026-01-05T00:00", "2026-01-05T06:00"]),
        ("2026-01-05", "2026-01-15", "D", ["2026-01-05T00:00", "2026-01-06T00:00"]),
        ("2026-01-06", "2026-03-20", "D", ["2026-01-12T00:00", "2026-01-19T00:00"]),
        ("2025-01-06", "2026-01-26", "M", ["2025-02-01T00:00", "2025-03-01T00:00"]),
        ("2024-01-01", "2026-01-26", "M", ["2024-01-01T00:00", "2024-03-01T00:00"]),
        ("1990-06-01", "2026-01-26", "Y", ["1995-01-01T00:00", "2000-01-01T00:00"]),
        ("0001-01-01", "2999-01-01", "Y", ["1000-01-01T00:00", "2000-01-01T00:00"]),
    ],
)  # fmt: skip
def test_ticks_are_round(first, last, unit, start):
    found, at = moments(first, last)
    assert found == unit
    assert at[:2] == start
    assert len(at) <= 14


def test_one_moment_has_one_tick():
    assert moments("2026-01-05", "2026-01-05") == ("h", ["2026-01-05T00:00"])


def test_no_moment_has_no_tick():
    assert ticks(np.array(["NaT"], "datetime64[s]")) == ("D", [])
