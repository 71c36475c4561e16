"""The gate to a plan: six conditions, what each rests on, and what would satisfy it.

Pure: facts in, a gate with its reasons in words out. A gate is stored as `as_data` gives it and can be read again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

STANDARD, MECHANISM, ATTRIBUTION, COACHING, EVIDENCE, ALIKE = range(1, 7)
NAMES = {
    STANDARD: "The standard was in force, measurable and known",
    MECHANISM: "The mechanism works as it should",
    ATTRIBUTION: "It is the person’s part, not the work’s",
    COACHING: "Coaching and the promised support came first",
    EVIDENCE: "The evidence was seen and could be answered",
    ALIKE: "Like cases are treated alike",
}
MOST_OVERRIDDEN = 1  # of six conditions: where two are not met, there is no case to make an exception for


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: whether it is met, why, and what would satisfy it (empty when it is met)."""

    number: int
    met: bool
    why: str
    remedy: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return NAMES[self.number]


@dataclass(frozen=True, slots=True)
class Gate:
    """All six, in order."""

    conditions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        if tuple(one.number for one in self.conditions) != tuple(NAMES):
            raise ValueError("A gate has exactly its six conditions, in order.")

    @property
    def unmet(self) -> frozenset[int]:
        return frozenset(one.number for one in self.conditions if not one.met)

    @property
    def open(self) -> bool:
        return not self.unmet

    def as_data(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self.conditions]

    @classmethod
    def of(cls, data: Iterable[Mapping[str, Any]]) -> Self:
        return cls(tuple(Condition(**one) for one in data))


def lets_through(unmet: Iterable[int], overridden: Iterable[int]) -> bool:
    """Whether every unmet condition was overridden, and no more than one was."""
    left_out = frozenset(overridden)
    return frozenset(unmet) <= left_out and len(left_out) <= MOST_OVERRIDDEN


def problem_proposing(unmet: Iterable[int], overridden: Iterable[int]) -> str:
    """Why nothing may be drafted or issued, as a sentence; empty when it may."""
    missing = sorted(frozenset(unmet) - frozenset(overridden))
    if missing:
        named = "; ".join(f"{number}. {NAMES[number]}" for number in missing)
        return f"The gate is closed. Not met: {named}."
    if len(frozenset(overridden)) > MOST_OVERRIDDEN:
        return "More than one condition was overridden. A plan stands on at least five of the six."
    return ""


def problem_overriding(condition: int, unmet: Iterable[int], overridden: Iterable[int], reason: str) -> str:
    """Why a condition cannot be overridden, as a sentence; empty when it can."""
    if condition not in frozenset(unmet):
        return "This condition is met: there is nothing to override."
    if condition in frozenset(overridden):
        return "This condition is overridden already."
    if len(frozenset(overridden)) >= MOST_OVERRIDDEN:
        return "One condition was overridden already. A plan stands on at least five of the six."
    return problem_reason(reason)


def problem_reason(reason: str) -> str:
    """A reason is a sentence that the person it concerns will read."""
    if len(reason.split()) < SHORTEST_REASON:
        return f"Give the reason in a sentence of at least {SHORTEST_REASON} words: the person will read it."
    return ""


SHORTEST_REASON = 4
