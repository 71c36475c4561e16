"""All that the page of one measure shows of its separation."""

from dataclasses import dataclass
from typing import Any

from andon.attribution.models import Separation
from andon.attribution.outcomes import plain
from andon.mechanisms.models import Measure
from andon.plots import words
from andon.web.system import watching
from andon.web.system.funnels import drawn
from andon.web.system.ranges import Range, Scale, scale_over
from andon.web.system.shares import Bar, bar
from andon.web.system.telling import apart, facts, heading, ranking


@dataclass(frozen=True, slots=True)
class Level:
    """A mechanism or a team: what it reached, and what the usual person would reach there on the usual mix."""

    name: str
    n: int
    raw: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    range: Range | None
    here: bool = False


def shown(separation: Separation, measure: Measure) -> dict[str, Any]:
    """Nothing is computed here; everything was kept when the data came."""
    here = measure.mechanism.slug
    parts = bar(separation.shares)
    return {
        "unit": "" if separation.unit == "score" else separation.unit,
        "outcome": words.capital(plain(separation.outcome)),
        "heading": heading(separation, parts),
        "bar": parts,
        "told_apart": _told_apart(separation, parts),
        "ranking": ranking(separation.rankings),
        "mechanisms": levels(separation.mechanisms, separation.usual, here),
        "teams": levels(separation.teams, separation.usual),
        "funnels": drawn(separation.funnels, separation.unit),
        "watched": watching.shown(separation.watched.get(here), measure.mechanism.name),
        "facts": facts(separation),
        "check": separation.model.get("calibration", {}),
        "compared": separation.model.get("compared", []),
    }


def _told_apart(separation: Separation, parts: Bar | None) -> float | None:
    """Of what is not chance, how much is the system; None where people and work cannot be told apart."""
    if parts is None or len(separation.mechanisms) < 2 or not apart(separation):
        return None
    return parts.system


def levels(rows: list[dict[str, Any]], usual: float | None, here: str = "") -> list[Level]:
    """By name, never by score; all on one scale."""
    ends = [row.get(name) for row in rows for name in ("low", "high", "adjusted")]
    scale = scale_over([*ends, usual])
    return [_level(row, scale, usual, bool(here) and row.get("slug") == here) for row in rows]


def _level(row: dict[str, Any], scale: Scale | None, usual: float | None, here: bool) -> Level:
    numbers = {name: row.get(name) for name in ("n", "raw", "adjusted", "low", "high")}
    picture = None
    if scale and row.get("low") is not None:
        picture = Range(
            scale.at(row["adjusted"]), scale.at(row["low"]), scale.at(row["high"]), scale.at(usual)
        )
    return Level(row["name"], range=picture, here=here, **numbers)
