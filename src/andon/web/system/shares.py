"""Shares of variation as parts of one bar, in words that are no model's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the bar: from `x` of `width`, both of 100; the interval where one is known."""

    label: str
    group: str
    share: float
    x: float
    width: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    parts: list[Part]

    @property
    def sentence(self) -> str:
        return ", ".join(f"{part.label} {100 * part.share:.0f} %" for part in self.parts)


def bar(shares: Sequence[Mapping[str, Any]]) -> Bar | None:
    """The parts side by side, in the order given; None without any."""
    parts, x = [], 0.0
    for one in shares:
        width = WIDTH * max(one["share"], 0.0)
        parts.append(Part(one["name"], one["group"], one["share"], x, width, one.get("low"), one.get("high")))
        x += width
    return Bar(parts) if parts else None
