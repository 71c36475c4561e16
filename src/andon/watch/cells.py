"""From the lake to cells for many measures: one pass over the rows for each cadence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from andon import lake
from andon.lake import BadInput, Cells, CellSpec, Counted, Factor, Source
from andon.mechanisms.models import Measure
from andon.signals.models import Dataset

BETWEEN = Measure.Kind.BETWEEN
NO_DATA = "No data have been brought yet."
NOT_HELD = "No rows of this mechanism hold this yet."


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A measure with its cells, or with the reason why there are none."""

    measure: Measure
    cells: Cells | None
    problem: str = ""


def cells_of(measures: Iterable[Measure]) -> Iterator[Measured]:
    """Cells of each measure, in any order."""
    paths = [str(d.lake_path) for d in Dataset.objects.in_lake().order_by("pk") if d.lake_path.exists()]
    if not paths:
        yield from (Measured(measure, None, NO_DATA) for measure in measures)
        return
    source = lake.open_source(paths)
    groups: dict[str, list[Measure]] = {}
    for measure in measures:
        if problem := _missing_column(source, measure):
            yield Measured(measure, None, problem)
        else:
            groups.setdefault("second" if measure.kind == BETWEEN else measure.every, []).append(measure)
    yield from _between(source, groups.pop("second", []))
    share = _customers(source) if groups else {}
    for every, some in groups.items():
        yield from _of_cadence(source, every, some, share)


def _missing_column(source: Source, measure: Measure) -> str:
    """Why a measure cannot be counted in these columns, or ""."""
    for column in filter(None, (measure.outcome, measure.of)):
        if column not in source.columns:
            return f"No data hold the column “{column}”. {lake.did_you_mean(column, source.columns)}"
        if source.columns[column] not in ("number", "truth", "duration"):
            return f"The column “{column}” holds texts where numbers or yes/no should be."
    return ""


def _between(source: Source, measures: list[Measure]) -> Iterator[Measured]:
    """Moments themselves, of the mechanism asked about only: there are as many as rows."""
    for measure in measures:
        where = (("mechanism", measure.mechanism.slug),)
        spec = CellSpec(
            "at", "second", ("mechanism",), measure.outcome or None, measure.of or None, None, where
        )
        try:
            yield _measured(measure, lake.reduce(source, spec))
        except BadInput as error:
            yield Measured(measure, None, NOT_HELD if error.problem.startswith("No row") else str(error))


def _of_cadence(source: Source, every: str, measures: list[Measure], share: dict) -> Iterator[Measured]:
    rows = lake.reduce(source, CellSpec("at", every, ("mechanism",)))  # type: ignore[arg-type]
    rows = _with_customers(rows, share)
    counted = sorted({Counted(m.outcome, m.of) for m in measures if m.outcome})
    sums = lake.sums(source, "at", "mechanism", rows, counted)
    for measure in measures:
        yield _measured(measure, sums[Counted(measure.outcome, measure.of)] if measure.outcome else rows)


def _measured(measure: Measure, cells: Cells) -> Measured:
    mine = of_mechanism(cells, measure.mechanism.slug)
    return Measured(measure, mine, "" if mine else NOT_HELD)


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


def _customers(source: Source) -> dict[tuple[str, int], float]:
    """Distinct customers for each contact, by mechanism and week. Counting them costs more than all else, so
    one
    count serves every cadence."""
    if "customer" not in source.columns:
        return {}
    counts = lake.reduce(source, CellSpec("at", "week", ("mechanism",), customer="customer"))
    return dict(zip(lake.keys(counts, "mechanism"), (counts.customers / counts.rows).tolist(), strict=True))


def _with_customers(cells: Cells, share: dict[tuple[str, int], float]) -> Cells:
    """`cells` with their customers; NaN when the data do not say who was served."""
    weeks = lake.numbers_of(cells.at, "week").tolist()
    found = [
        share.get((name, week), np.nan)
        for (name, _), week in zip(lake.keys(cells, "mechanism"), weeks, strict=True)
    ]
    return replace(cells, customers=cells.rows * np.array(found))
