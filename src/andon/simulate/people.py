"""Who works here: teams, a reporting line, and when each person joined and left."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from .mechanisms import load
from .sizes import OFFICE_STAFF, Window

OFFICE = "office"
TEAM_PLAN = (
    ("Customer Operations", OFFICE, "Leeds"),
    ("Phone Service Leeds", "phone", "Leeds"),
    ("Warehouse North", "warehouse", "Doncaster"),
    ("Chat and Mail Leeds", "chat", "Leeds"),
    ("Returns and Payments", "returns", "Leeds"),
    ("Phone Service Valencia", "phone", "Valencia"),
    ("Warehouse South", "warehouse", "Eindhoven"),
    ("Chat and Mail Utrecht", "chat", "Utrecht"),
)
FURTHER_SITES = ("Porto", "Gdansk", "Cork", "Lyon", "Tampere", "Graz")
OFFICE_TITLES = (
    ("Head of service", "leader"),
    ("HR partner", "hr_partner"),
    ("Service analyst", "analyst"),
    ("Systems administrator", "administrator"),
    ("Digital service owner", ""),
)
TITLES = {
    "phone": "Customer adviser",
    "chat": "Customer adviser",
    "warehouse": "Fulfilment associate",
    "returns": "Case handler",
    OFFICE: "Planner",
}
FIRST_NUMBER = 1001
LEAD_SPAN = 12
"""A team lead for each so many people, once a team is big enough to need one."""


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    kind: str
    site: str
    parent: str


@dataclass(frozen=True, slots=True)
class Person:
    """One row of people.csv; `manager` is a place in the staff, `team` one in the teams."""

    name: str
    team: int
    title: str
    joined: date
    left: date | None = None
    manager: int | None = None
    roles: str = ""

    @property
    def serves(self) -> bool:
        return self.title in TITLES.values() or self.title == "Process owner"

    def stays(self, start: date, end: date) -> bool:
        """Serves customers from the first day to the last, with no other duty."""
        return (
            self.title in TITLES.values() and self.joined < start and (self.left is None or self.left >= end)
        )


@dataclass(frozen=True)
class Staff:
    """Teams and people; arrays are indexed by person."""

    teams: tuple[Team, ...]
    people: tuple[Person, ...]

    @cached_property
    def team_of(self) -> NDArray[np.int64]:
        return np.array([person.team for person in self.people])

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Staff numbers in the order of joining, so that a number gives away neither team nor role."""
        order = sorted(range(len(self.people)), key=lambda i: (self.people[i].joined, i))
        numbers = np.empty(len(self.people), dtype=np.int64)
        numbers[order] = np.arange(FIRST_NUMBER, FIRST_NUMBER + len(self.people))
        return numbers

    @cached_property
    def emails(self) -> list[str]:
        return [f"{ascii_name(person.name)}@example.com" for person in self.people]

    def at_work(self, months: list[date]) -> NDArray[np.bool_]:
        """Who serves customers in each calendar month, shape (months, people)."""
        return np.array([[_serves_in(person, month) for person in self.people] for month in months])

    def kind_of(self, kind: str) -> list[int]:
        """Teams of a kind, in order; the first operating team when there is none."""
        found = [i for i, team in enumerate(self.teams) if team.kind == kind]
        return found or [1]

    def owner_in(self, team: int) -> int:
        """Who owns the mechanisms of a team: its process owner, else its manager."""
        titles = ("Digital service owner", "Process owner", "Team manager")
        return next(
            i for title in titles for i, p in enumerate(self.people) if p.team == team and p.title == title
        )


def build_staff(rng: np.random.Generator, people: int, teams: int, window: Window) -> Staff:
    """A staff of exactly `people` in exactly `teams` teams; the first team is the office above the others."""
    names = iter(_names(rng, people))
    plan = _teams(teams)
    built: list[Person] = []
    for team, size in enumerate(_team_sizes(people, teams)):
        built += _fill(rng, plan, team, size, names, len(built), window)
    return Staff(plan, tuple(built))


def _teams(count: int) -> tuple[Team, ...]:
    parent = TEAM_PLAN[0][0]
    further = len(TEAM_PLAN) - 1
    rows = list(TEAM_PLAN[:count])
    for extra in range(count - len(TEAM_PLAN)):
        name, kind, site = TEAM_PLAN[1 + extra % further]
        new_site = FURTHER_SITES[extra // further % len(FURTHER_SITES)]
        number = extra // further // len(FURTHER_SITES)
        base = name.removesuffix(f" {site}")
        rows.append((f"{base} {new_site}{f' {number + 1}' if number else ''}", kind, new_site))
    return tuple(Team(n, k, s, "" if i == 0 else parent) for i, (n, k, s) in enumerate(rows))


def _team_sizes(people: int, teams: int) -> list[int]:
    each, over = divmod(people - OFFICE_STAFF, teams - 1)
    return [OFFICE_STAFF] + [each + (i < over) for i in range(teams - 1)]


def _fill(
    rng: np.random.Generator,
    teams: tuple[Team, ...],
    team: int,
    size: int,
    names: Iterator[str],
    first: int,
    window: Window,
) -> list[Person]:
    titles = _office() if team == 0 else _crew(teams[team].kind, size)
    lead = {i for i, (title, _, _) in enumerate(titles) if title == "Team lead"}
    people = []
    for i, (title, roles, boss) in enumerate(titles):
        joined, left = _tenure(rng, window, settled=team == 0 or i < 2 + len(lead))
        manager = None if boss is None else (0 if boss < 0 else first + boss)
        people.append(Person(next(names), team, title, joined, left, manager, roles))
    return people


def _office() -> list[tuple[str, str, int | None]]:
    return [(title, role, None if i == 0 else -1) for i, (title, role) in enumerate(OFFICE_TITLES)]


def _crew(kind: str, size: int) -> list[tuple[str, str, int | None]]:
    """Title, role and place of the manager in the team, for the manager, process owner, leads and hands."""
    leads = 0 if size < 2 * LEAD_SPAN else size // LEAD_SPAN
    owner: list[tuple[str, str, int | None]] = [("Process owner", "", 0)] if size > 2 else []
    crew: list[tuple[str, str, int | None]] = [("Team manager", "", -1), *owner]
    crew += [("Team lead", "", 0)] * leads
    hands = size - len(crew)
    boss = [2 + i % leads if leads else 0 for i in range(hands)]
    return crew + [(TITLES[kind], "", b) for b in boss]


def _tenure(rng: np.random.Generator, window: Window, *, settled: bool) -> tuple[date, date | None]:
    """Most were here before; some join, some leave, always at the turn of a month."""
    before = _first_of_month(window.start - timedelta(days=int(rng.integers(60, 3200))))
    turn = window.months[int(rng.integers(1, max(2, len(window.months)))) % len(window.months)]
    luck = rng.random()
    inside = turn > window.start
    if settled or luck > 0.18 or not inside:
        return before, None
    return (turn, None) if luck < 0.11 else (before, turn - timedelta(days=1))


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


def _serves_in(person: Person, month: date) -> bool:
    return person.serves and person.joined <= month and (person.left is None or person.left >= month)


def _names(rng: np.random.Generator, count: int) -> list[str]:
    """Names that are all different, also once they are written as an address."""
    given, family = name_lists()
    order = rng.permutation(len(given) * len(family))
    found: list[str] = []
    for round_ in range(count // len(order) + 1):
        suffix = f" {round_ + 1}" if round_ else ""
        found += [
            f"{given[i % len(given)]} {family[i // len(given)]}{suffix}" for i in order[: count - len(found)]
        ]
    return found


@cache
def name_lists() -> tuple[list[str], list[str]]:
    """Given and family names."""
    names = load("names.toml")
    return names["given"], names["family"]


def ascii_name(name: str) -> str:
    """A name as it stands before the @ of an address."""
    plain = unicodedata.normalize("NFKD", name.replace("ø", "o").replace("ł", "l"))
    return plain.encode("ascii", "ignore").decode().lower().replace(" ", ".")
