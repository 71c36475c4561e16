"""Shares of variation as parts of one bar, in words that are no model's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100.0
MECHANISM, TEAM, MIX, TIME = "mechanism", "team", "mix of customers", "good and bad weeks"
PEOPLE, CHANCE = "people", "chance"
ORDER = (MECHANISM, TEAM, MIX, TIME, PEOPLE, CHANCE)
SAME = {"mechanism": MECHANISM, "team": TEAM, "period": TIME, "mechanism × period": TIME}
KINDS = {MECHANISM: "mechanism", TEAM: "team", MIX: "mix", TIME: "time", PEOPLE: "people", CHANCE: "chance"}
NAMES = {
    "period": "weeks, for everybody alike",
    "mechanism × period": "weeks of a mechanism",
    "worker": "people, wherever they work",
    "worker × mechanism": "people in one mechanism more than in others",
    "worker × period": "weeks of a person",
    "covariates in a straight line": "mix of customers",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: from `x` of `width`, both of 100."""

    label: str
    share: float
    x: float
    width: float

    @property
    def kind(self) -> str:
        return KINDS[self.label]


@dataclass(frozen=True, slots=True)
class Line:
    """A part as the model has it, with its 95 % interval."""

    name: str
    group: str
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    parts: list[Part]
    lines: list[Line]

    @property
    def sentence(self) -> str:
        return ", ".join(f"{part.label} {_percent(part.share)}" for part in self.parts)

    def of(self, *labels: str) -> float:
        return sum(part.share for part in self.parts if part.label in labels)

    @property
    def system(self) -> float:
        """Of what can be told apart from chance, how much is the system."""
        people, system = self.of(PEOPLE), self.of(MECHANISM, TEAM, MIX, TIME)
        return system / (system + people) if system + people > 0 else 0.0


def bar(shares: Sequence[Mapping[str, Any]]) -> Bar | None:
    """Parts that mean the same to a reader are one; None without any."""
    if not shares:
        return None
    sums = dict.fromkeys(ORDER, 0.0)
    for one in shares:
        sums[_group(one)] += max(one["share"] or 0.0, 0.0)
    return Bar(_side_by_side(sums.items()), [_line(one) for one in shares])


def _group(one: Mapping[str, Any]) -> str:
    if one["group"] in (PEOPLE, CHANCE):
        return str(one["group"])
    return SAME.get(one["name"], MIX)


def _side_by_side(sums: Iterable[tuple[str, float]]) -> list[Part]:
    parts, x = [], 0.0
    for label, share in sums:
        if share > 0:
            parts.append(Part(label, share, x, WIDTH * share))
            x += WIDTH * share
    return parts


def _line(one: Mapping[str, Any]) -> Line:
    name = NAMES.get(one["name"], one["name"])
    return Line(name, one["group"], one["share"], one.get("low"), one.get("high"))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.1f} %"
