"""All that the page of one measure shows of its separation."""

from dataclasses import dataclass
from typing import Any

from andon.attribution.models import Separation
from andon.mechanisms.models import Measure
from andon.web.system.listing import plain
from andon.web.system.shares import bar


@dataclass(frozen=True, slots=True)
class Level:
    """A mechanism or a team: what it reached, and what the usual person would reach there on the usual mix."""

    name: str
    n: int
    raw: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    here: bool = False


def shown(separation: Separation, measure: Measure) -> dict[str, Any]:
    """Nothing is computed here; everything was kept when the data came."""
    here = measure.mechanism.slug
    return {
        "outcome": plain(separation.outcome),
        "bar": bar(separation.shares),
        "mechanisms": [level(row, row.get("slug") == here) for row in separation.mechanisms],
        "teams": [level(row) for row in separation.teams],
        "watched": separation.watched.get(here),
    }


def level(row: dict[str, Any], here: bool = False) -> Level:
    numbers = {name: row.get(name) for name in ("n", "raw", "adjusted", "low", "high")}
    return Level(row["name"], here=here, **numbers)
