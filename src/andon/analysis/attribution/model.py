"""From cells to a fitted model: which parts it may have."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from andon.analysis.attribution.scale import Family
from andon.analysis.attribution.spec import Floats, Ints
from andon.lake.factors import FactorCells
from andon.stats.mixed import Design, Fit, Grouping, fit

WORKER, MECHANISM, TEAM, PERIOD = "worker", "mechanism", "team", "period"
PAIR, SPELL, TURN = "worker × mechanism", "worker × period", "mechanism × period"
PEOPLE = (WORKER, PAIR, SPELL)
OPTIONAL = (PAIR, SPELL, TURN)
REPEATS = 1.3  # cases a level from which a part can be told from chance
ROOM = 40_000_000  # numbers of the dense part of the solver: some seconds a fit
MOST_TURNS = 400
COVARIATE = "covariate "


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Codes of every part that a model may have, (M,) each, and covariates that enter in a straight line.

    usual: what the mechanisms of each person's cases add on average, (W,), where people are sorted by it; it is then
    the last covariate, and what it tells is of the person, not of the process.
    """

    groupings: dict[str, Grouping]
    fixed: Floats
    fixed_names: tuple[str, ...]
    notes: tuple[str, ...] = ()
    usual: Floats | None = None

    @property
    def slopes(self) -> tuple[str, ...]:
        """Covariates of the cases, without what is told of people."""
        return self.fixed_names if self.usual is None else self.fixed_names[:-1]

    @property
    def process_fixed(self) -> Floats:
        """The covariates as they are for somebody with the usual mix of mechanisms."""
        if self.usual is None:
            return self.fixed
        return np.column_stack([self.fixed[:, :-1], np.zeros(len(self.fixed))])

    def along_mechanisms(self, fit: Fit) -> float:
        """Variance of people along the mechanisms they work in; 0 where they are not sorted."""
        return 0.0 if self.usual is None else float(np.var(fit.fixed[-1] * self.usual))

    @property
    def process(self) -> list[str]:
        return [name for name in self.groupings if name not in PEOPLE]

    @property
    def optional(self) -> list[str]:
        return [name for name in OPTIONAL if name in self.groupings]

    @property
    def always(self) -> list[str]:
        return [name for name in self.groupings if name not in OPTIONAL]


def crossed(one: Grouping, other: Grouping) -> Grouping:
    """The combinations that occur."""
    key = one.codes.astype(np.int64) * other.levels + other.codes
    found, codes = np.unique(key, return_inverse=True)
    return Grouping(codes.astype(np.int64), len(found))


def parent(fine: Grouping, coarse: Grouping) -> Ints:
    """The level of `coarse` that each level of `fine` lies in."""
    out = np.zeros(fine.levels, np.int64)
    out[fine.codes] = coarse.codes
    return out


def parts_of(cells: FactorCells) -> Parts:
    """Everything the model may hold: what has one level only, or says nothing beyond chance, is left out."""
    known = {
        name: Grouping(factor.codes.astype(np.int64), len(factor.levels))
        for name, factor in cells.factors.items()
        if len(factor.levels) > 1
    }
    fixed, names = _slopes(cells)
    covariates = {
        COVARIATE + name: Grouping(factor.codes.astype(np.int64), len(factor.levels))
        for name, factor in cells.bins.items()
        if len(factor.levels) > 1
    }
    groupings = {
        name: known[name] for name in (WORKER, MECHANISM, TEAM, PERIOD) if name in known
    } | covariates
    notes: list[str] = []
    width = sum(g.levels for name, g in groupings.items() if name != WORKER) + fixed.shape[1]
    if WORKER in known and MECHANISM in known:
        _add(groupings, PAIR, crossed(known[WORKER], known[MECHANISM]), cells, notes)
    if PERIOD in known and WORKER in known:
        _add_spells(groupings, known, cells, notes, width)
    if PERIOD in known and MECHANISM in known:
        _add(groupings, TURN, _turns(known[MECHANISM], known[PERIOD]), cells, notes)
    return Parts(groupings, fixed, names, tuple(notes))


def _add(
    groupings: dict[str, Grouping], name: str, part: Grouping, cells: FactorCells, notes: list[str]
) -> None:
    if cells.cases >= REPEATS * part.levels:
        groupings[name] = part
        return
    notes.append(
        f"“{name}” is not in the model: with {cells.cases / part.levels:.1f} cases a combination it cannot be told "
        "from chance."
    )


def _turns(mechanism: Grouping, period: Grouping) -> Grouping:
    """Mechanism and period, in longer periods where there would be too many."""
    return crossed(mechanism, _blocks(period, max(1, -(-mechanism.levels * period.levels // MOST_TURNS))))


def _blocks(period: Grouping, length: int) -> Grouping:
    """Periods in blocks of `length`."""
    return Grouping(period.codes // length, -(-period.levels // length))


def _add_spells(
    groupings: dict[str, Grouping],
    known: Mapping[str, Grouping],
    cells: FactorCells,
    notes: list[str],
    width: int,
) -> None:
    """Worker and period: good and bad weeks. In longer periods where there would be too many."""
    pairs = groupings[PAIR].levels if PAIR in groupings else 0
    length, period = 1, known[PERIOD]
    while True:
        spells = crossed(known[WORKER], _blocks(period, length))
        if (spells.levels + pairs + known[WORKER].levels) * max(width, 1) <= ROOM:
            break
        if length >= period.levels:
            notes.append(f"“{SPELL}” is not in the model: there are too many combinations.")
            return
        length *= 2
    if length > 1:
        notes.append(f"“{SPELL}” is in blocks of {length} periods: there would be too many combinations.")
    if spells.levels > known[WORKER].levels:
        _add(groupings, SPELL, spells, cells, notes)


def _slopes(cells: FactorCells) -> tuple[Floats, tuple[str, ...]]:
    """Covariates that are numbers, standardised; a missing one lies at the mean, and its stretch tells the rest."""
    columns, names = [], []
    for name, values in cells.slopes.items():
        known = np.isfinite(values)
        if not known.any():
            continue
        mean = np.average(values[known], weights=cells.n[known])
        spread = np.sqrt(np.average((values[known] - mean) ** 2, weights=cells.n[known]))
        if spread > 1e-9 * max(abs(mean), 1e-300):
            columns.append(np.where(known, (values - mean) / spread, 0.0))
            names.append(name)
    empty = np.empty((len(cells), 0))
    return np.column_stack(columns) if columns else empty, tuple(names)


def fitted(
    cells: FactorCells,
    parts: Parts,
    family: Family,
    names: list[str],
    rows: Ints | None = None,
    start: Mapping[str, float] | None = None,
) -> Fit:
    """A model of some of the parts, fitted to all cells or to some. `start`: variances to begin from."""
    at = slice(None) if rows is None else rows
    groupings = {
        name: Grouping(parts.groupings[name].codes[at], parts.groupings[name].levels) for name in names
    }
    squares = cells.squares[at] if cells.kind == "value" else None
    design = Design(cells.n[at], cells.total[at], squares, groupings, parts.fixed[at], parts.fixed_names)
    begin = None if start is None else {name: start[name] for name in names if start.get(name, 0.0) > 0}
    return fit(design, family, start=begin if begin and len(begin) == len(names) else None)
