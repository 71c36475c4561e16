"""Who works here: a reporting line, and when each person joined and left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .names import ascii_name, staff_names
from .sizes import Window
from .teams import OFFICE, Team, build_teams, team_sizes

HEAD = 0
"""The place of the head of service in the staff."""
HANDS = {
    "phone": "Customer adviser",
    "chat": "Customer adviser",
    "warehouse": "Fulfilment associate",
    "returns": "Case handler",
}
PROCESS_OWNER = "Process owner"
OWNER_TITLES = ("Digital service owner", PROCESS_OWNER, "Team manager")
FIRST_NUMBER = 1001
LEAD_SPAN = 12
"""A team lead for each so many people, once a team has twice as many."""
JOINS, LEAVES = 0.11, 0.07
"""Shares of the hands who join, or leave, inside the window."""


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
    def is_hand(self) -> bool:
        """Serves customers, with no other duty."""
        return self.title in HANDS.values()

    @property
    def serves(self) -> bool:
        return self.is_hand or self.title == PROCESS_OWNER

    def works_on(self, day: date) -> bool:
        return self.joined <= day and (self.left is None or self.left >= day)

    def stays(self, window: Window) -> bool:
        """Is here from the first day to the last."""
        return self.works_on(window.start) and self.works_on(window.end)


@dataclass(frozen=True)
class Staff:
    """Teams and people; arrays are by person."""

    teams: tuple[Team, ...]
    people: tuple[Person, ...]

    @cached_property
    def team_of(self) -> NDArray[np.int64]:
        return np.array([person.team for person in self.people])

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """Staff numbers in the order of joining, so that a number gives away neither team nor role."""
        order = sorted(range(len(self.people)), key=lambda place: (self.people[place].joined, place))
        numbers = np.empty(len(self.people), dtype=np.int64)
        numbers[order] = np.arange(FIRST_NUMBER, FIRST_NUMBER + len(self.people))
        return numbers

    @cached_property
    def emails(self) -> list[str]:
        return [f"{ascii_name(person.name)}@example.com" for person in self.people]

    def at_work(self, months: list[date]) -> NDArray[np.bool_]:
        """Who serves customers in each calendar month, shape (months, people)."""
        return np.array([[p.serves and p.works_on(month) for p in self.people] for month in months])

    def kind_of(self, kind: str) -> list[int]:
        """Teams of a kind, in order; the first team that serves when there is none."""
        found = [place for place, team in enumerate(self.teams) if team.kind == kind]
        return found or [1]

    def owner_in(self, team: int) -> int:
        """Who owns the mechanisms of a team: its process owner, else its manager."""
        places = {p.title: place for place, p in enumerate(self.people) if p.team == team}
        return next(places[title] for title in OWNER_TITLES if title in places)


class Post(NamedTuple):
    """A title, the place of the manager within the team (or TO_HEAD, or nobody), and a role."""

    title: str
    manager: int | None
    roles: str = ""


TO_HEAD = -1
OFFICE_POSTS = [
    Post("Head of service", None, "leader"),
    Post("HR partner", TO_HEAD, "hr_partner"),
    Post("Service analyst", TO_HEAD, "analyst"),
    Post("Systems administrator", TO_HEAD, "administrator"),
    Post("Digital service owner", TO_HEAD),
]


def build_staff(rng: np.random.Generator, people: int, teams: int, window: Window) -> Staff:
    """A staff of exactly `people` in exactly `teams` teams; the first team is the office above the others."""
    names = iter(staff_names(rng, people))
    built: list[Person] = []
    plan = build_teams(teams)
    for place, size in enumerate(team_sizes(people, teams)):
        posts = OFFICE_POSTS if plan[place].kind == OFFICE else _crew(HANDS[plan[place].kind], size)
        built += _hire(rng, posts, place, len(built), names, window)
    return Staff(plan, tuple(built))


def _crew(hand: str, size: int) -> list[Post]:
    """Manager, process owner, leads and hands of one team."""
    owner = [Post(PROCESS_OWNER, 0)] if size > 2 else []
    crew = [Post("Team manager", TO_HEAD), *owner]
    first_lead, leads = len(crew), size // LEAD_SPAN if size >= 2 * LEAD_SPAN else 0
    crew += [Post("Team lead", 0)] * leads
    return crew + [Post(hand, first_lead + i % leads if leads else 0) for i in range(size - len(crew))]


def _hire(
    rng: np.random.Generator, posts: list[Post], team: int, first: int, names: Iterator[str], window: Window
) -> list[Person]:
    """People for the posts of a team; everybody up to the first hand was always here and stays."""
    hands = [place for place, post in enumerate(posts) if post.title in HANDS.values()]
    people = []
    for place, post in enumerate(posts):
        joined, left = _tenure(rng, window, settled=not hands or place <= hands[0])
        boss = HEAD if post.manager == TO_HEAD else None if post.manager is None else first + post.manager
        people.append(Person(next(names), team, post.title, joined, left, boss, post.roles))
    return people


def _tenure(rng: np.random.Generator, window: Window, *, settled: bool) -> tuple[date, date | None]:
    """Most were here before; some join, some leave, always at the turn of a month."""
    before = (window.start - timedelta(days=int(rng.integers(60, 3200)))).replace(day=1)
    turn = window.months[int(rng.integers(0, len(window.months)))]
    luck = rng.random()
    if settled or turn <= window.start or luck >= JOINS + LEAVES:
        return before, None
    return (turn, None) if luck < JOINS else (before, turn - timedelta(days=1))
