"""How long a period a point covers."""

import numpy as np
import pytest

from andon.analysis import choose_every

START = np.datetime64("2023-01-01", "s")


@pytest.mark.parametrize(("days", "rows", "series", "grain", "every"), [
    (540, 2_000_000, 12, "second", "week"),
    (60, 50_000, 5, "second", "day"),
    (3, 50_000, 1, "second", "hour"),
    (1095, 12_000, 274, "month", "month"),
    (1095, 8_000, 20, "second", "month"),
    (364, 12, 1, "month", "month"),
    (3650, 40, 1, "quarter", "quarter"),
])  # fmt: skip
def test_a_period_gives_enough_points_with_enough_rows(days, rows, series, grain, every):
    found, why = choose_every(START, START + np.timedelta64(days, "D"), rows, series, grain)
    assert found == every
    assert why
