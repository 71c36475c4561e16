"""A chart to draw: weekly shares around 4.6 %, with whatever a test needs changed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from andon.plots import ControlChart

MakeChart = Callable[..., ControlChart]


@pytest.fixture
def make() -> MakeChart:
    return chart_of


def chart_of(value: Any = (0.04, 0.05, 0.045, 0.048), marked: Any = None, **changes: Any) -> ControlChart:
    value = np.asarray(value, float)
    n = len(value)
    mark = np.zeros(n, bool) if marked is None else np.asarray(marked, bool)
    parts: dict[str, Any] = {
        "title": "Returns: wrong item",
        "sentence": "In control.",
        "at": np.datetime64("2026-01-05", "s") + np.arange(n) * np.timedelta64(7, "D"),
        "value": value,
        "centre": np.full(n, 0.046),
        "lower": np.full(n, 0.034),
        "upper": np.full(n, 0.058),
        "marked": mark,
        "reasons": ["above the upper limit" if m else "" for m in mark],
        "phase": np.zeros(n, int),
        "every": "week",
        "unit": "share",
        "good": "low",
    }
    return ControlChart(**(parts | changes))
