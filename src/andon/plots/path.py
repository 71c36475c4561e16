"""SVG path data from arrays of positions. One format call a run keeps a wall of tiles quick."""

from itertools import pairwise

import numpy as np

from andon.plots.chart import Bools, Floats, Ints

BIG, SMALL = 3.0, 1.8  # radius of an exception where there are few, and where there are many


def line(x: Floats, y: Floats) -> str:
    """Through the points (N,); a missing one breaks the line, a lonely one becomes a dot (by round caps)."""
    return "".join(_through(x[a:b], y[a:b]) for a, b in runs(np.isfinite(y)))


def steps(border: Floats, y: Floats, phase: Ints) -> str:
    """A staircase of level y[i] from border[i] to border[i + 1]; broken by NaN and by a new phase."""
    return "".join(_stairs(border[a : b + 1], y[a:b]) for a, b in runs(np.isfinite(y), phase))


def band(border: Floats, lower: Floats, upper: Floats, phase: Ints, height: float) -> str:
    """The area between two staircases; where only one limit exists it reaches to the edge of the picture."""
    some = np.isfinite(lower) | np.isfinite(upper)
    floor, roof = np.where(np.isnan(lower), height, lower), np.where(np.isnan(upper), 0.0, upper)
    return "".join(_between(border[a : b + 1], floor[a:b], roof[a:b]) for a, b in runs(some, phase))


def runs(some: Bools, phase: Ints | None = None) -> list[tuple[int, int]]:
    """Half-open stretches of points that are there and share a phase."""
    turn = some[1:] != some[:-1]
    if phase is not None:
        turn = turn | (phase[1:] != phase[:-1])
    cuts = [0, *(np.flatnonzero(turn) + 1).tolist(), len(some)]
    return [(a, b) for a, b in pairwise(cuts) if a < b and some[a]]


def vertical(x: Floats, height: float) -> str:
    return "".join(f"M{a:.1f},0V{height:g}" for a in x.tolist())


def dot(x: float, y: float, r: float = BIG) -> str:
    return f"M{x - r:.1f},{y:.1f}a{r:g},{r:g} 0 1,0 {2 * r:g},0a{r:g},{r:g} 0 1,0 {-2 * r:g},0"


def diamond(x: float, y: float, r: float = BIG) -> str:
    r *= 1.2  # as much ink as a dot
    return f"M{x:.1f},{y - r:.1f}l{r:g},{r:g}l{-r:g},{r:g}l{-r:g},{-r:g}Z"


def _through(x: Floats, y: Floats) -> str:
    if len(x) == 1:
        return f"M{x[0]:.1f},{y[0]:.1f}h0"
    return ("M%.1f,%.1f" + "L%.1f,%.1f" * (len(x) - 1)) % tuple(np.column_stack([x, y]).ravel().tolist())


def _stairs(border: Floats, y: Floats) -> str:
    return ("M%.1f,%.1f" + "H%.1fV%.1f" * (len(y) - 1) + "H%.1f") % _corners(border, y)


def _between(border: Floats, floor: Floats, roof: Floats) -> str:
    return f"{_stairs(border, roof)}L{_stairs(border[::-1], floor[::-1])[1:]}Z"


def _corners(border: Floats, y: Floats) -> tuple[float, ...]:
    return (*np.column_stack([border[:-1], y]).ravel().tolist(), float(border[-1]))
