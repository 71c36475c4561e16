"""Teams: an office above, and teams of four kinds below it."""

from __future__ import annotations

from dataclasses import dataclass

from .sizes import OFFICE_STAFF

OFFICE = "office"
PLAN = (
    ("Customer Operations", OFFICE, "Leeds"),
    ("Phone Service Leeds", "phone", "Leeds"),
    ("Warehouse North", "warehouse", "Doncaster"),
    ("Chat and Mail Leeds", "chat", "Leeds"),
    ("Returns and Payments", "returns", "Leeds"),
    ("Phone Service Valencia", "phone", "Valencia"),
    ("Warehouse South", "warehouse", "Eindhoven"),
    ("Chat and Mail Utrecht", "chat", "Utrecht"),
)
FURTHER = (("Phone Service", "phone"), ("Warehouse", "warehouse"), ("Chat and Mail", "chat"))
FURTHER_SITES = ("Porto", "Gdansk", "Cork", "Lyon", "Tampere", "Graz")


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    kind: str
    site: str
    parent: str


def build_teams(count: int) -> tuple[Team, ...]:
    """The first `count` teams; the office is the parent of all others."""
    further = (_further(place) for place in range(count - len(PLAN)))
    rows = [*PLAN[:count], *further]
    office = PLAN[0][0]
    return tuple(Team(*row, parent="" if row[0] == office else office) for row in rows)


def _further(place: int) -> tuple[str, str, str]:
    name, kind = FURTHER[place % len(FURTHER)]
    round_, site = divmod(place // len(FURTHER), len(FURTHER_SITES))
    town = FURTHER_SITES[site]
    return f"{name} {town}{f' {round_ + 1}' if round_ else ''}", kind, town


def team_sizes(people: int, teams: int) -> list[int]:
    """People in each team, `people` in all."""
    each, over = divmod(people - OFFICE_STAFF, teams - 1)
    return [OFFICE_STAFF, *(each + (place < over) for place in range(teams - 1))]
