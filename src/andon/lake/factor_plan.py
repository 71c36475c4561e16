"""Which columns make factor cells, and how each is read."""

from dataclasses import dataclass, replace

from andon.lake.errors import BadInput
from andon.lake.factors import FactorSpec
from andon.lake.readings import TimeColumn, read_number, read_time
from andon.lake.remarks import EXPECTED
from andon.lake.source import Reading, Source, column_of


@dataclass(frozen=True, slots=True)
class FactorPlan:
    """A FactorSpec with its columns found and their reading decided. `notes` say what was assumed."""

    spec: FactorSpec
    outcome: Reading
    at: TimeColumn | None
    numbers: dict[str, Reading]
    texts: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def readings(self) -> dict[str, Reading]:
        """The parts that can make a row unusable."""
        return ({"at": self.at.reading} if self.at else {}) | {"y": self.outcome}


def _resolved(source: Source, spec: FactorSpec) -> FactorSpec:
    def find(name: str) -> str:
        return column_of(source, name)

    found = replace(
        spec,
        outcome=find(spec.outcome),
        by={role: tuple(map(find, names)) for role, names in spec.by.items() if names},
        at=find(spec.at) if spec.at else None,
        covariates=tuple(dict.fromkeys(map(find, spec.covariates))),
        where=tuple((find(name), value) for name, value in spec.where),
    )
    _distinct(found)
    return found


def _distinct(spec: FactorSpec) -> None:
    """One column cannot be two things at once: what belongs to which could not be told."""
    roles = [(spec.outcome, "--outcome"), *((name, "--covariate") for name in spec.covariates)]
    roles += [(name, f"--{role}") for role, names in spec.by.items() for name in dict.fromkeys(names)]
    seen: dict[str, str] = {}
    for column, role in roles:
        if column in seen:
            raise BadInput(
                f"“{column}” is given as {seen[column]} and as {role}.",
                "What belongs to which could not be told apart: give each a column of its own.",
            )
        seen[column] = role


def plan_factors(source: Source, spec: FactorSpec) -> FactorPlan:
    """Finds the columns and decides how they are read. Raises BadInput naming the column and the remedy."""
    spec = _resolved(source, spec)
    grouping = [name for names in spec.by.values() for name in names]
    names = [spec.outcome, *grouping, spec.at, *spec.covariates, *(name for name, _ in spec.where)]
    source.keep(list(dict.fromkeys(name for name in names if name)))
    if not source.rows():
        raise BadInput("There are no rows below the column names.", "Give a file with rows.")
    outcome = read_number(source, spec.outcome)
    at = read_time(source, spec.at) if spec.at else None
    numbers = {name: reading for name in spec.covariates if (reading := _as_number(source, name))}
    texts = tuple(name for name in spec.covariates if name not in numbers)
    read = [r for r in (outcome, *numbers.values()) if source.columns[r.column] == "text" and r.how]
    notes = tuple(
        f"“{r.column}” was read as {r.how.described}."
        for r in read
        if r.how and r.how.described not in EXPECTED
    )
    source.settle([*([at.reading] if at else []), outcome, *numbers.values()])
    return FactorPlan(spec, outcome, at, numbers, texts, (at.notes if at else ()) + notes)


def _as_number(source: Source, name: str) -> Reading | None:
    """How a covariate is read as numbers; None where it is texts, or yes and no."""
    kind = source.columns[name]
    if kind == "time":
        raise BadInput(
            f"The covariate “{name}” holds times.",
            "Make a column of the part that matters (hour, weekday, month), or give it as --at.",
        )
    if kind == "truth":
        return None
    try:
        reading = read_number(source, name)
    except BadInput:
        return None
    return None if getattr(reading.how, "how", "") == "truth" else reading
