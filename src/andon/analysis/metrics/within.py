"""One metric and the outcome, within the same people, mechanisms and periods."""

from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.metrics.placing import Ints, Placed, place
from andon.analysis.metrics.spec import LEVEL, Floats, Interval, Step
from andon.lake.metrics import MetricCells
from andon.stats.within import Absorbed, CellCodes, Curve, Shape, Slope, absorb, curve, shape, slope
from andon.stats.within.coding import dense, quantiles

HARDLY = 1e-9  # share of the variation of a metric that is none


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


@dataclass(frozen=True, slots=True, eq=False)
class _Summed:
    """Cells of one metric with groups and times taken out. Columns: outcome, metric, squared rank, each stretch.

    stretch (E,): dense numbers of the stretches. counts, totals (C, K): cases and outcomes by cell and stretch.
    """

    placed: Placed
    cells: MetricCells
    stretch: Ints
    counts: Floats
    totals: Floats
    rank: Floats
    known: Absorbed

    def of_cell(self, values: Floats) -> Floats:
        return np.bincount(self.placed.cell, values, len(self.placed.codes.group))

    @property
    def spent(self) -> float:
        """Share of the cases used up by levels of times."""
        return (self.known.absorbed - self.placed.codes.groups) / max(self.cells.cases, 1.0)


def associate(cells: MetricCells) -> Within:
    """The association of one metric, on the common scales."""
    stretch, present = dense(cells.stretch)
    means = _means(cells, stretch, len(present))
    summed = _summed(cells, stretch, len(present))
    xx = summed.known.product(1, 1, summed.of_cell(cells.xx))
    if float(xx.sum()) <= HARDLY * float(cells.xx.sum()):
        return Within(summed.placed, None, None, None, None, present, means, (0.0, 0.0), (np.nan, np.nan))
    xy = summed.known.product(1, 0, summed.of_cell(cells.xy))
    line = slope(xx, xy, LEVEL, summed.spent)
    bend = _bend(summed, xx, xy) if len(present) > 2 else None
    drawn = _curve(summed)
    form = shape(means, drawn.value, drawn.precision, drawn.n, drawn.df) if len(present) > 3 else None
    return Within(
        summed.placed, line, bend, drawn, form, present, means, _step(cells, summed.placed),
        _outer(drawn, summed.rank), cells.cases - summed.known.absorbed, drawn.spread <= HARDLY,
    )  # fmt: skip


def _summed(cells: MetricCells, stretch: Ints, stretches: int) -> _Summed:
    placed = place(cells.factors, cells.period)
    counts = _by_stretch(placed, stretch, stretches, cells.n)
    totals = _by_stretch(placed, stretch, stretches, cells.y)
    rank = _rank(counts.sum(axis=0))
    own = ((rank - 0.5) ** 2)[stretch] * cells.n
    n, y, x, z = (
        np.bincount(placed.cell, values, len(counts)) for values in (cells.n, cells.y, cells.x, own)
    )
    known = absorb(placed.codes, n, np.column_stack([y, x, z, counts]))
    return _Summed(placed, cells, stretch, counts, totals, rank, known)


def _curve(summed: _Summed) -> Curve:
    chosen, known = [0, *range(3, 3 + summed.counts.shape[1])], summed.known
    only = Absorbed(known.codes, known.n, known.sums[:, chosen], known.level[:, chosen], known.absorbed)
    return curve(only, summed.counts, summed.totals, float(summed.cells.yy.sum()), LEVEL)


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


def _bend(summed: _Summed, xx: Floats, xy: Floats) -> Slope | None:
    """The coefficient of the squared rank once the straight line is taken out of both."""
    cells, z = summed.cells, ((summed.rank - 0.5) ** 2)[summed.stretch]
    raw = {1: z * cells.x, 2: z * z * cells.n, 0: z * cells.y}
    zx, zz, zy = (summed.known.product(2, other, summed.of_cell(raw[other])) for other in (1, 2, 0))
    along, line = float(zx.sum() / xx.sum()), float(xy.sum() / xx.sum())
    own = zz - 2 * along * zx + along**2 * xx
    if float(own.sum()) <= HARDLY * float(zz.sum()):
        return None
    return slope(own, zy - along * xy - line * (zx - along * xx), LEVEL, summed.spent)


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
