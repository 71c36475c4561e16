"""What a plan asks for, and what it promises: SMART targets taken from the gap, and support with owner and date."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any, Self

from andon.plans.rules.life import LONGEST, SHORTEST
from andon.plots.words import value

CUSTOMER_CENTRED = frozenset({"sit_in", "reviews", "user_test"})
CHECK_EVERY = 14  # days
MOST = 5  # targets: who is asked for more is asked for nothing in particular


@dataclass(frozen=True, slots=True)
class Target:
    """Specific (`what`), measurable (`baseline`, `target`, `unit`; or `seen` for a behaviour), with source and date.

    `good` tells which side is better. Dates are ISO, as they are kept.
    """

    what: str
    source: str
    due: str
    baseline: float | None = None
    target: float | None = None
    unit: str = ""
    good: str = "high"
    measure: int | None = None
    seen: str = ""

    @property
    def words(self) -> str:
        if self.target is None:
            return f"{self.what}: {self.seen}"
        start = "" if self.baseline is None else f"from {value(self.baseline, self.unit)} "
        return f"{self.what}: {start}to {value(self.target, self.unit)}"


@dataclass(frozen=True, slots=True)
class Support:
    """Help that is promised: what, of which kind, by whom (a key) and until when."""

    what: str
    kind: str
    owed_by: int
    due: str

    @property
    def customer_centred(self) -> bool:
        return self.kind in CUSTOMER_CENTRED


@dataclass(frozen=True, slots=True)
class Content:
    """Everything of a plan that locks on issue."""

    why: str
    days: int
    targets: tuple[Target, ...] = ()
    supports: tuple[Support, ...] = ()
    checkpoints: tuple[str, ...] = ()
    evidence: tuple[int, ...] = field(default_factory=tuple)

    def as_data(self) -> dict[str, Any]:
        told = asdict(self)
        return {name: list(one) if isinstance(one, tuple) else one for name, one in told.items()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            why=data["why"],
            days=data["days"],
            targets=tuple(Target(**one) for one in data["targets"]),
            supports=tuple(Support(**one) for one in data["supports"]),
            checkpoints=tuple(data["checkpoints"]),
            evidence=tuple(data["evidence"]),
        )


def from_gap(
    what: str,
    *,
    adjusted: float,
    level: float,
    unit: str,
    good: str,
    source: str,
    due: date,
    measure: int | None,
) -> Target:
    """The target that a gap suggests: from what the person would reach on the usual mix of work to what was agreed.

    Never from a raw number, which holds what came their way, and never beyond the standard that everybody has.
    """
    return Target(what, source, due.isoformat(), adjusted, level, unit, good, measure)


def checkpoints(starts: date, days: int) -> tuple[str, ...]:
    """Every two weeks, and on the last day."""
    inner = [starts + timedelta(days=n) for n in range(CHECK_EVERY, days - CHECK_EVERY // 2, CHECK_EVERY)]
    return tuple(day.isoformat() for day in [*inner, starts + timedelta(days=days)])


def problems(content: Content, *, level: float | None, customer_gap: bool, person: int) -> list[str]:
    """Why this is no fair plan yet, as sentences; empty when it is. `level` is that of the standard."""
    found = [] if content.why.strip() else ["Say in plain words why there is a plan."]
    if not SHORTEST <= content.days <= LONGEST:
        found.append(f"It lasts {SHORTEST} to {LONGEST} days, extensions included.")
    if not 1 <= len(content.targets) <= MOST:
        found.append(f"It has one to {MOST} targets.")
    found += [problem for target in content.targets for problem in _target(target, level)]
    found += _supports(content.supports, customer_gap, person)
    if not content.checkpoints:
        found.append("Name at least one day on which you look at it together.")
    if not content.evidence:
        found.append("Name the evidence that it rests on.")
    return found


def _target(target: Target, level: float | None) -> list[str]:
    name = f"Target “{target.what or '…'}”"
    found = [
        f"{name}: {words}"
        for missing, words in (
            (not target.what.strip(), "say what exactly is to be reached."),
            (not target.source.strip(), "say where the figure or the observation will come from."),
            (not _is_date(target.due), "say by which day."),
            (target.target is None and not target.seen.strip(), "give a figure, or what will be seen."),
            (target.target is not None and target.baseline is None, "say where it stands now."),
        )
        if missing
    ]
    if target.target is None or target.baseline is None:
        return found
    if not _better(target.target, target.baseline, target.good):
        found.append(f"{name}: what is asked for is no better than where it stands now.")
    if level is not None and target.measure is not None and _better(target.target, level, target.good):
        found.append(
            f"{name}: it asks for more than the standard, {value(level, target.unit)}, that holds for everybody."
        )
    return found


def _supports(supports: Sequence[Support], customer_gap: bool, person: int) -> list[str]:
    found = []
    if not supports:
        return ["Promise at least one thing that helps: nobody is left alone with a plan."]
    for support in supports:
        name = f"Support “{support.what or '…'}”"
        if not support.what.strip():
            found.append(f"{name}: say what will be done.")
        if not _is_date(support.due):
            found.append(f"{name}: say by which day it comes.")
        if not support.owed_by:
            found.append(f"{name}: say who owes it.")
        if support.owed_by == person:
            found.append(f"{name}: it is owed to the person, so somebody else owes it.")
    if customer_gap and not any(one.customer_centred for one in supports):
        found.append(
            "The gap is the customer’s: promise at least one thing that brings them closer to customers, such as "
            "sitting in on calls, reading reviews together, or joining a user test."
        )
    return found


def kept_promises(before: Sequence[Support], now: Sequence[Support]) -> str:
    """A promise of support is not taken back by changing the plan. A sentence, or empty."""
    dropped = [one.what for one in before if one not in now]
    return f"What was promised stays promised: “{dropped[0]}”." if dropped else ""


def _better(one: float, other: float, good: str) -> bool:
    least = 1e-3 * max(abs(other), 1e-6)  # what rounding to a few figures may add is no better
    return one > other + least if good == "high" else one < other - least


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
