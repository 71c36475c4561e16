"""Where intake stops."""

import numpy as np
import pytest

from andon.stats.tail import tail


def one(volume, **options):
    return int(tail(volume, [0, len(volume)], **options)[0])


@pytest.mark.parametrize(
    ("volume", "points"),
    [
        ([100, 90, 110, 95, 105, 3, 1, 0], 3),
        ([100, 90, 110, 95, 105, 100], 0),
        ([100] * 10 + [2] * 35, 35),
        ([100, 90, 110, 95, 105, np.nan, np.nan], 2),
        ([100, 2, 90, 110, 95, 105, 100], 0),
        ([100, 90, 110, 95, 60], 0),
        ([5, 0, 0, 0, 0, 0], 0),
        ([0, 0, 0, 0, 0, 0], 0),
        ([100, 90, 1, 0], 0),
        ([], 0),
    ],
    ids=[
        "stops",
        "goes on",
        "long",
        "missing",
        "a dip",
        "a drop",
        "hardly any",
        "never",
        "too short",
        "empty",
    ],
)
def test_a_tail_is_what_hardly_comes_any_more(volume, points):
    assert one(volume) == points


def test_a_closing_weekend_is_not_a_tail():
    assert one([100, 98, 103, 99, 101, 8, 6] * 6) == 0


def test_each_series_has_its_own():
    assert tail([9, 9, 9, 9, 9, 0, 9, 9, 9, 9, 9], [0, 6, 6, 11]).tolist() == [1, 0, 0]
