"""Which columns a metric audit reads, and how each is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from andon.lake.cells import Every
from andon.lake.errors import BadInput
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.remarks import EXPECTED
from andon.lake.source import Reading, Source, column_of


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """What to set beside what. `by` gives "worker", "mechanism", "team" their columns; several combine.

    every None: weeks, or longer where the times are coarser or the cells would be too many. `where` as in `CellSpec`.
    """

    at: str
    outcome: str
    metrics: tuple[str, ...]
    by: Mapping[str, tuple[str, ...]]
    every: Every | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MetricPlan:
    """A MetricSpec with its columns found and their reading decided. `notes` say what was assumed.

    itself: the metric that is the column of the outcome, if one is; it is not among `metrics`.
    """

    spec: MetricSpec
    at: TimeColumn
    outcome: Reading
    metrics: dict[str, Reading]
    itself: str = ""
    notes: tuple[str, ...] = ()

    @property
    def readings(self) -> dict[str, Reading]:
        """The parts that can make a row unusable."""
        return {"at": self.at.reading, "y": self.outcome}


def plan_metrics(source: Source, spec: MetricSpec) -> MetricPlan:
    """Finds the columns and decides how they are read. Raises BadInput naming the column and the remedy."""
    spec = _resolved(source, spec)
    grouping = [name for names in spec.by.values() for name in names]
    names = [spec.at, spec.outcome, *spec.metrics, *grouping, *(name for name, _ in spec.where)]
    source.keep(list(dict.fromkeys(names)))
    if not source.rows():
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    outcome, at = read_number(source, spec.outcome), read_time(source, spec.at)
    metrics = {name: _metric(source, name) for name in spec.metrics if name != spec.outcome}
    read = [r for r in (outcome, *metrics.values()) if source.columns[r.column] == "text" and r.how]
    notes = tuple(
        f"“{r.column}” was read as {r.how.described}."
        for r in read
        if r.how and r.how.described not in EXPECTED
    )
    source.settle([at.reading, outcome, *metrics.values()])
    itself = spec.outcome if spec.outcome in spec.metrics else ""
    return MetricPlan(spec, at, outcome, metrics, itself, at.notes + notes)


def _resolved(source: Source, spec: MetricSpec) -> MetricSpec:
    def find(name: str) -> str:
        return column_of(source, name)

    found = replace(
        spec,
        at=find(spec.at),
        outcome=find(spec.outcome),
        metrics=tuple(dict.fromkeys(map(find, spec.metrics))),
        by={role: tuple(map(find, names)) for role, names in spec.by.items() if names},
        where=tuple((find(name), value) for name, value in spec.where),
    )
    _distinct(found)
    return found


def _distinct(spec: MetricSpec) -> None:
    """One column cannot be two things at once, but for a metric that is the outcome: that is said, not refused."""
    roles = [(spec.at, "--at"), (spec.outcome, "--customer-outcome")]
    roles += [(name, "--metric") for name in spec.metrics if name != spec.outcome]
    roles += [(name, f"--{role}") for role, names in spec.by.items() for name in dict.fromkeys(names)]
    seen: dict[str, str] = {}
    for column, role in roles:
        if column in seen:
            raise BadInput(
                f"“{column}” is given as {seen[column]} and as {role}.",
                "What goes with what could not be told apart: give each a column of its own.",
            )
        seen[column] = role


def _metric(source: Source, name: str) -> Reading:
    if source.columns[name] == "time":
        raise BadInput(
            f"The metric “{name}” holds times of day or dates.",
            "A metric is a number, a duration or yes/no: make a column of how long it took.",
        )
    try:
        return read_number(source, name)
    except BadInput as problem:
        raise BadInput(
            problem.problem.replace("The column", "The metric", 1),
            "A metric is a number, a duration or yes/no.",
        ) from None
