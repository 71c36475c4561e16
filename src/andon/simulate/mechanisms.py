"""The register: what turns a customer's wish into what happens, and the measures it is watched by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

MARKETS = (
    "Nordics",
    "Iberia",
    "Benelux",
    "Alps",
    "Baltics",
    "Islands",
    "Trade",
    "Gifts",
    "Outlet",
    "Schools",
)


@dataclass(frozen=True, slots=True)
class Promise:
    """A yes/no that one mechanism owes the customer, with the share that is usual and its clock in hours."""

    column: str
    share: float
    good: str
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of measures.csv; an empty outcome counts rows."""

    slug: str
    name: str
    outcome: str
    kind: str
    unit: str
    good: str
    every: str
    of: str = ""
    season: str = ""
    spec_lower: float | None = None
    spec_upper: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism: the words of the register, and the numbers its interactions are drawn from."""

    slug: str
    name: str
    kind: str
    purpose: str
    inputs: str
    outputs: str
    specification: str
    inspection: str
    teams: dict[str, float]
    consumers: tuple[str, ...]
    weight: float
    ease: float
    channels: dict[str, float]
    hours: float
    measures: tuple[Measure, ...]
    handling: float | None = None
    talk: float | None = None
    wait: float | None = None
    abandoned: float | None = None
    transfers: float = 0.0
    promise: Promise | None = None
    served: bool = True
    always_open: bool = False
    base: str = field(default="")

    @property
    def owner_kind(self) -> str:
        return next(iter(self.teams))


def register(count: int) -> tuple[Mechanism, ...]:
    """The first `count` mechanisms; beyond those that are written down, the same for further markets."""
    written = _written()
    return tuple(_variant(written[i % len(written)], i // len(written)) for i in range(count))


def _variant(mechanism: Mechanism, round_: int) -> Mechanism:
    if not round_:
        return mechanism
    market = MARKETS[round_ - 1] if round_ <= len(MARKETS) else f"Market {round_}"
    slug = f"{mechanism.slug}-{market.lower().replace(' ', '-')}"
    return replace(mechanism, slug=slug, name=f"{mechanism.name}, {market}")


@cache
def _written() -> tuple[Mechanism, ...]:
    return tuple(_read(row) for row in load("mechanisms.toml")["mechanism"])


def _read(row: dict[str, Any]) -> Mechanism:
    promise = Promise(**row.pop("promise")) if "promise" in row else None
    measures = tuple(Measure(**measure) for measure in row.pop("measures"))
    consumers = tuple(row.pop("consumers"))
    return Mechanism(**row, promise=promise, measures=measures, consumers=consumers, base=row["slug"])


def load(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    return tomllib.loads(resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8"))
