"""From the lake to cells for many measures: rows are read once for all measures that count the same thing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from andon import lake
from andon.lake import BadInput, Cells, CellSpec, Factor, Source
from andon.mechanisms.models import Measure
from andon.signals.models import Dataset

BETWEEN = Measure.Kind.BETWEEN


class Counted(NamedTuple):
    """What is read in one go: which column, out of which, in which periods. Between needs the moments themselves."""

    every: str
    outcome: str
    of: str


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A measure with its cells, or with the reason why there are none."""

    measure: Measure
    cells: Cells | None
    problem: str = ""


def counted(measure: Measure) -> Counted:
    return Counted("second" if measure.kind == BETWEEN else measure.every, measure.outcome, measure.of)


def cells_of(measures: Iterable[Measure]) -> Iterator[Measured]:
    """Cells of each measure, in any order; one pass over the lake for each distinct `Counted`."""
    groups: dict[Counted, list[Measure]] = {}
    for measure in measures:
        groups.setdefault(counted(measure), []).append(measure)
    paths = [str(d.lake_path) for d in Dataset.objects.in_lake().order_by("pk") if d.lake_path.exists()]
    if not paths:
        yield from (
            Measured(m, None, "No data have been brought yet.") for some in groups.values() for m in some
        )
        return
    source = lake.open_source(paths)
    customers = _Customers(source)
    for what, some in groups.items():
        yield from _group(source, what, some, customers)


def _group(
    source: Source, what: Counted, measures: list[Measure], customers: "_Customers"
) -> Iterator[Measured]:
    try:
        cells = lake.reduce(source, _spec(what, measures))
    except BadInput as error:
        yield from (Measured(measure, None, str(error)) for measure in measures)
        return
    if what.every != "second":
        cells = customers.added(cells)
    for measure in measures:
        mine = of_mechanism(cells, measure.mechanism.slug)
        yield Measured(measure, mine, "" if mine else "No rows of this mechanism hold this yet.")


def _spec(what: Counted, measures: list[Measure]) -> CellSpec:
    """Moments are read for the mechanisms asked about only: there are as many as rows."""
    slugs = {measure.mechanism.slug for measure in measures}
    where = tuple(("mechanism", slug) for slug in sorted(slugs)) if what.every == "second" else ()
    return CellSpec("at", what.every, ("mechanism",), what.outcome or None, what.of or None, None, where)


def of_mechanism(cells: Cells, slug: str) -> Cells | None:
    """The cells of one mechanism that hold anything."""
    factor = cells.by["mechanism"]
    if slug not in factor.levels:
        return None
    mine = (factor.codes == factor.levels.index(slug)) & (
        cells.n > 0 if cells.has_outcome else cells.rows > 0
    )
    return picked(cells, mine, slug) if mine.any() else None


def picked(cells: Cells, which: np.ndarray, slug: str) -> Cells:
    arrays = ("at", "n", "total", "squares", "customers", "lows", "highs", "rows")
    parts = {name: getattr(cells, name)[which] for name in arrays}
    return replace(cells, by={"mechanism": Factor(np.zeros(int(which.sum()), np.int32), [slug])}, **parts)


class _Customers:
    """Distinct customers of each mechanism and period. Counting them costs more than all else, so it is done once
    for each cadence, and for a measure that only some contacts have an outcome of, in proportion."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._known: dict[str, Cells | None] = {}

    def added(self, cells: Cells) -> Cells:
        """`cells` with their customers; NaN when the data do not say who was served."""
        if cells.every not in self._known:
            self._known[cells.every] = self._count(cells.every)
        counts = self._known[cells.every]
        if counts is None:
            return cells
        share = counts.customers / counts.rows
        place = {key: i for i, key in enumerate(_keys(counts))}
        found = np.array([place.get(key, -1) for key in _keys(cells)], np.int64)
        contacts = cells.rows if not cells.has_outcome or cells.has_of else cells.n
        return replace(cells, customers=np.where(found >= 0, share[found] * contacts, np.nan))

    def _count(self, every: str) -> Cells | None:
        if "customer" not in self.source.columns:
            return None
        return lake.reduce(self.source, CellSpec("at", every, ("mechanism",), customer="customer"))


def _keys(cells: Cells) -> Iterator[tuple[str, int]]:
    factor = cells.by["mechanism"]
    names = [factor.levels[code] for code in factor.codes.tolist()]
    return zip(names, cells.at.astype(np.int64).tolist(), strict=True)
