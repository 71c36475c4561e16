"""Variation and assurance, as Making Data Count has them."""

import numpy as np
import pytest

from andon.stats import charts, icons, limits


def line(points):
    return limits.given(0.0, -3.0, 3.0, [0, points])


def variation(values, good):
    return icons.variation(values, line(len(values)), [0, len(values)], good)[0]


@pytest.mark.parametrize(
    ("values", "good", "icon"),
    [
        ([0, 0, 4], "high", "improvement high"),
        ([0, 0, 4], "low", "concern high"),
        ([0, 0, -4], "low", "improvement low"),
        ([0, 0, -4], "high", "concern low"),
        ([0, 0, 4], None, "high"),
        ([0, 0, -4], None, "low"),
        ([4, 0, 1], "high", "common"),
        ([4, np.nan], "high", "improvement high"),
        ([np.nan], "high", "unknown"),
    ],
)
def test_the_latest_point_tells_the_variation(values, good, icon):
    assert variation(values, good) == icon
    assert icon in icons.VARIATION


def test_a_trend_points_where_it_goes_not_where_it_lies():

    falling = np.array([1.9, 1.6, 1.3, 1.0, 0.7, 0.4, -0.1])
    assert icons.directions(falling, line(7), [0, 7]).tolist() == [-1] * 7


def test_the_step_into_a_segment_is_no_part_of_its_trend():
    rising = np.array([-1.9, -1.6, -1.3, -1.0, -0.7, -0.4, 0.1])
    both = np.concatenate([rising, rising])
    found = icons.directions(both, limits.given(0, -3, 3, [0, 7, 14]), [0, 7, 14])
    assert found.tolist() == [1] * 14


@pytest.mark.parametrize(
    ("target", "good", "icon"),
    [
        (-4, "high", "pass"),
        (-4, "low", "fail"),
        (4, "high", "fail"),
        (4, "low", "pass"),
        (1, "high", "hit or miss"),
        (None, "high", "unknown"),
        (1, None, "unknown"),
    ],
)
def test_the_target_against_the_limits_tells_the_assurance(target, good, icon):
    assert icons.assurance([0, 1], line(2), [0, 2], target, good) == [icon]
    assert icon in icons.ASSURANCE


def test_no_limits_no_assurance():
    x = [1, np.nan]
    assert icons.assurance(x, charts.limits("xmr", x, [0, 2]), [0, 2], 3, "high") == ["unknown"]
    assert icons.assurance([], charts.limits("xmr", [], [0, 0]), [0, 0], 3, "high") == ["unknown"]
