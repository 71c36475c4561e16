"""A line of blocks for a terminal."""

from collections.abc import Sequence

import numpy as np

from andon.plots.chart import Bools, Floats, Ints

BLOCKS = "▁▂▃▄▅▆▇█"


def spark(
    values: Sequence[float] | Floats, marked: Sequence[bool] | Bools | None = None, width: int = 40
) -> str:
    """One character a point, at most `width`; a space where nothing is.

    Marked points are wrapped in `[bold red]…[/]`, the markup of rich; without `marked` there is no markup.
    """
    value = np.asarray(values, np.float64)
    mark = np.zeros(len(value), np.bool_) if marked is None else np.asarray(marked, np.bool_)
    if not len(value):
        return ""
    pieces = [_piece(value[i], mark[i]) for i in _columns(len(value), width)]
    level = np.array([v for v, _ in pieces])
    return "".join(f"[bold red]{c}[/]" if m else c for c, (_, m) in zip(_blocks(level), pieces, strict=True))


def _columns(n: int, width: int) -> list[Ints]:
    return np.array_split(np.arange(n), min(n, width))


def _piece(value: Floats, mark: Bools) -> tuple[float, bool]:
    """The level of a column: its most unusual marked value, else its mean."""
    some = np.isfinite(value)
    if not some.any():
        return np.nan, False
    if (mark & some).any():
        chosen = value[mark & some]
        return float(chosen[np.argmax(np.abs(chosen - value[some].mean()))]), True
    return float(value[some].mean()), False


def _blocks(level: Floats) -> list[str]:
    some = np.isfinite(level)
    if not some.any():
        return [" "] * len(level)
    level = level / 4  # the difference of two numbers near the end of the range must not overflow
    low, high = level[some].min(), level[some].max()
    step = np.where(some, (level - low) / ((high - low) or 1.0), 0.0) * (len(BLOCKS) - 1)
    if high == low:
        step = np.full(len(level), 3.0)
    return [BLOCKS[int(s + 0.5)] if ok else " " for s, ok in zip(step, some, strict=True)]
