"""One metric and the outcome, within the same people, mechanisms and periods."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from andon.analysis.metrics.spec import LEVEL, Floats, Interval, Step
from andon.lake.cells import Factor
from andon.lake.metrics import MetricCells
from andon.stats.within import Absorbed, CellCodes, Curve, Shape, Slope, absorb, curve, shape, slope
from andon.stats.within.coding import crossed, dense, quantiles

Ints = NDArray[np.int64]
FEW = 8  # clusters, below which errors of teams or mechanisms cannot be told
HARDLY = 1e-9  # share of the variation of a metric that is none


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Where entries belong: cell (E,) of each, codes of the cells, and the unit whose cases may hang together."""

    cell: Ints
    codes: CellCodes
    unit: str


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """What one metric has to do with the outcome. slope and bend: on the common scales, per unit of each.

    bend: the part that is no straight line. present (K,): numbers of the stretches there are. means (K,): the metric in
    each, on its own scale. outer: the curve in its lowest and highest fifth, less that in the middle, and its error.
    free: cases beyond the levels taken out. still: the outcome does not vary beyond them.
    """

    placed: Placed
    slope: Slope | None
    bend: Slope | None
    curve: Curve | None
    shape: Shape | None
    present: Ints
    means: Floats
    step: tuple[float, float]
    outer: tuple[float, float]
    free: float = 0.0
    still: bool = False


def place(factors: dict[str, Factor], period: Ints) -> Placed:
    """Groups of worker × mechanism × team, times of mechanism × period, and clusters."""
    size = len(period)
    codes = {role: factor.codes.astype(np.int64) for role, factor in factors.items()}
    mechanism = codes.get("mechanism", np.zeros(size, np.int64))
    group = mechanism
    for role in ("worker", "team"):
        if role in codes:
            group = crossed(group, codes[role])
    when = dense(period - int(period.min(initial=0)))[0]
    periods = int(when.max(initial=0)) + 1
    time, times = dense(mechanism * periods + when)
    unit, cluster = _clusters(codes | {"period": when})
    cell, cells = dense(group * len(times) + time)
    first = np.empty(len(cells), np.int64)
    first[cell] = np.arange(size)
    block = dense(times // periods)[0]
    return Placed(cell, CellCodes(group[first], time[first], cluster[first], block), unit)


def _clusters(codes: dict[str, Ints]) -> tuple[str, Ints]:
    """Workers; without them teams, mechanisms or periods, the first of which there are eight, or else the most."""
    order: list[str] = [role for role in ("worker", "team", "mechanism", "period") if role in codes]
    found = {role: dense(codes[role]) for role in order}
    sizes = {role: len(values) for role, (_, values) in found.items()}
    if sizes.get("worker", 0) > 1:
        chosen = "worker"
    else:
        enough = [role for role in order if sizes[role] >= FEW]
        chosen = enough[0] if enough else max(order, key=lambda role: sizes[role])
    return chosen, found[chosen][0]


def associate(cells: MetricCells) -> Within:
    """The association of one metric, on the common scales."""
    placed = place(cells.factors, cells.period)
    stretch, present = dense(cells.stretch)
    size, stretches = len(placed.codes.group), len(present)
    counts = _by_stretch(placed, stretch, stretches, cells.n)
    totals = _by_stretch(placed, stretch, stretches, cells.y)
    means = _means(cells, stretch, stretches)
    rank = _rank(counts.sum(axis=0))
    curved = (rank - 0.5) ** 2

    def of_cell(values: Floats) -> Floats:
        return np.bincount(placed.cell, values, size)

    z = curved[stretch]
    sums = np.column_stack([of_cell(cells.y), of_cell(cells.x), of_cell(z * cells.n), counts])
    known = absorb(placed.codes, of_cell(cells.n), sums)
    xx = known.product(1, 1, of_cell(cells.xx))
    if float(xx.sum()) <= HARDLY * float(cells.xx.sum()):
        return Within(placed, None, None, None, None, present, means, (0.0, 0.0), (np.nan, np.nan))
    xy = known.product(1, 0, of_cell(cells.xy))
    spent = (known.absorbed - placed.codes.groups) / max(cells.cases, 1.0)
    line = slope(xx, xy, LEVEL, spent)
    assert line is not None
    cross = {"zx": of_cell(z * cells.x), "zz": of_cell(z * z * cells.n), "zy": of_cell(z * cells.y)}
    bend = _bend(known, cross, xx, xy, spent) if stretches > 2 else None
    only = Absorbed(
        known.codes,
        known.n,
        sums[:, [0, *range(3, 3 + stretches)]],
        known.level[:, [0, *range(3, 3 + stretches)]],
        known.absorbed,
    )
    drawn = curve(only, counts, totals, float(cells.yy.sum()), LEVEL)
    form = shape(means, drawn.value, drawn.precision, drawn.n, drawn.df) if stretches > 3 else None
    free, still = cells.cases - known.absorbed, drawn.spread <= HARDLY
    return Within(
        placed,
        line,
        bend,
        drawn,
        form,
        present,
        means,
        _step(cells, placed),
        _outer(drawn, rank),
        free,
        still,
    )


def _by_stretch(placed: Placed, stretch: Ints, stretches: int, values: Floats) -> Floats:
    size = len(placed.codes.group)
    flat = np.bincount(placed.cell * stretches + stretch, values, size * stretches)
    return np.asarray(flat, np.float64).reshape(size, stretches)


def _means(cells: MetricCells, stretch: Ints, stretches: int) -> Floats:
    n = np.bincount(stretch, cells.n, stretches)
    x = np.bincount(stretch, cells.x, stretches) / np.maximum(n, 1e-300)
    return np.asarray(cells.metric.mean + cells.metric.spread * x, np.float64)


def _rank(n: Floats) -> Floats:
    return np.asarray((np.cumsum(n) - n / 2) / max(float(n.sum()), 1e-300), np.float64)


def _bend(known: Absorbed, cross: dict[str, Floats], xx: Floats, xy: Floats, spent: float) -> Slope | None:
    """The coefficient of the squared rank once the straight line is taken out of both."""
    zx, zz, zy = (known.product(2, other, cross[name]) for name, other in (("zx", 1), ("zz", 2), ("zy", 0)))
    along, line = float(zx.sum() / xx.sum()), float(xy.sum() / xx.sum())
    own = zz - 2 * along * zx + along**2 * xx
    if float(own.sum()) <= HARDLY * float(zz.sum()):
        return None
    return slope(own, zy - along * xy - line * (zx - along * xx), LEVEL, spent)


def _step(cells: MetricCells, placed: Placed) -> tuple[float, float]:
    """The first and third quartile of the metric around the mean of its group, on the common scale."""
    group = placed.codes.group[placed.cell]
    n = np.bincount(group, cells.n)
    mean = np.bincount(group, cells.x) / np.maximum(n, 1e-300)
    apart = cells.x / cells.n - mean[group]
    low, high = quantiles(apart, cells.n, (0.25, 0.75))
    return float(low), float(high)


def _outer(drawn: Curve, rank: Floats) -> tuple[float, float]:
    edge = (rank < 0.2) | (rank > 0.8)
    if edge.all() or not edge.any():
        return np.nan, np.nan
    weights = np.where(edge, drawn.n / drawn.n[edge].sum(), -drawn.n / drawn.n[~edge].sum())
    return drawn.contrast(weights)


def sensible_step(cells: MetricCells, found: Within) -> Step:
    """From no to yes, one more, or from the first to the third quartile within people and mechanisms."""
    look, line = cells.metric, found.slope
    start, end = (look.mean + look.spread * one for one in found.step)
    kind = "quartiles"
    if look.binary:
        start, end, kind = 0.0, 1.0, "from no to yes"
    elif look.whole and end - start < 2 and len(look.edges) < 10:
        start, end, kind = float(np.floor(look.mean)), float(np.floor(look.mean)) + 1, "one more"
    elif not end > start:
        start, end = look.mean, look.mean + look.spread
    per = cells.outcome.spread / look.spread
    change = (
        Interval(line.value, line.low, line.high).times(per * (end - start))
        if line
        else Interval(np.nan, np.nan, np.nan)
    )
    return Step(start, end, kind, change)  # type: ignore[arg-type]


def lean(cells: MetricCells, found: Within) -> tuple[MetricCells, Within]:
    """The same with its many entries summed to one: what is said later needs no more."""
    none = np.empty(0, np.int64)
    placed = Placed(none, CellCodes(none, none, none, none), found.placed.unit)

    def all_of(values: Floats) -> Floats:
        return np.array([values.sum()])

    return (
        replace(
            cells,
            factors={},
            period=none,
            stretch=none,
            n=all_of(cells.n),
            x=all_of(cells.x),
            y=all_of(cells.y),
            xx=all_of(cells.xx),
            xy=all_of(cells.xy),
            yy=all_of(cells.yy),
        ),
        replace(found, placed=placed),
    )
