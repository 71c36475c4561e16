"""Which groups a wave has results for, and the cells that they tell apart: fixed when it opens.

Groups are all of the organisation, each team with those inside it, each site, and the line of whoever leads several
teams. A cell is a team at a site.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from andon.people.models import Line, Person, Team

ALL = "all"
Place = tuple[int | None, str]  # key of a team, site


@dataclass(slots=True)
class Unit:
    """A group: `key` is all, team:<slug>, site:<name> or line:<staff number>; `teams` are keys of those in it."""

    key: str
    name: str
    kind: str
    parent: str = ""
    asked: int = 0
    teams: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Structure:
    """`units` and `cells` as a wave keeps them; `by_slip` are people who have no address to sign in with."""

    units: list[dict[str, Any]]
    cells: list[dict[str, Any]]
    by_slip: list[int]


def structure_on(day: date, name: str) -> Structure:
    """Of everybody at work on `day`; `name` is the organisation's. A few queries, however many people."""
    people = list(
        Person.objects.at_work(day).filter(joined_by(day)).values_list("pk", "team", "site", "email")
    )
    teams = {team.pk: team for team in Team.objects.all()}
    places = Counter(_place(team, site, teams) for _pk, team, site, _email in people)
    slips = Counter(_place(team, site, teams) for _pk, team, site, email in people if not email)
    units = _units(places, teams, name)
    cells = [_cell(place, asked, slips[place], units) for place, asked in sorted(places.items(), key=_order)]
    by_slip = sorted(pk for pk, _team, _site, email in people if not email)
    return Structure([asdict(unit) for unit in units], cells, by_slip)


def joined_by(day: date) -> Q:
    return Q(joined__isnull=True) | Q(joined__lte=day)


def place_of(person: Person) -> Place:
    return person.team_id, person.site or (person.team.site if person.team else "")


def _place(team: int | None, site: str, teams: dict[int, Team]) -> Place:
    return team, site or (teams[team].site if team is not None else "")


def _order(pair: tuple[Place, int]) -> tuple:
    (team, site), _asked = pair
    return (team or 0, site)


def _units(places: Counter[Place], teams: dict[int, Team], name: str) -> list[Unit]:
    """With at least one person each. The same people are one group, but for a team that is all of another."""
    found = [
        Unit(ALL, name, "all", teams=sorted(teams)),
        *_of_teams(teams),
        *_of_sites(places),
        *_of_lines(teams),
    ]
    seen: set[frozenset[Place]] = set()
    kept = []
    for unit in found:
        members = frozenset(place for place in places if within(unit.key, unit.teams, place))
        if members and (members not in seen or (unit.kind == "team" and members != set(places))):
            unit.asked = sum(places[place] for place in members)
            kept.append(unit)
            seen.add(members)
    return kept


def within(key: str, teams: Iterable[int], place: Place) -> bool:
    team, site = place
    if key == ALL:
        return True
    return site == key.removeprefix("site:") if key.startswith("site:") else team in set(teams)


def _of_teams(teams: dict[int, Team]) -> list[Unit]:
    parts: dict[int | None, list[int]] = defaultdict(list)
    for team in teams.values():
        parts[team.parent_id].append(team.pk)
    found = []
    for team in sorted(teams.values(), key=lambda one: one.name):
        parent = f"team:{teams[team.parent_id].slug}" if team.parent_id in teams else ALL
        found.append(Unit(f"team:{team.slug}", team.name, "team", parent, teams=_below(team.pk, parts)))
    return found


def _below(team: int, parts: dict[int | None, list[int]]) -> list[int]:
    """The team and all inside it, however deep; each once, even where the teams were made to go in a circle."""
    found, waiting = [], [team]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.append(one)
            waiting += parts[one]
    return sorted(found)


def team_units() -> list[Unit]:
    """All, and each team with those inside it but one that holds all, as the register of teams is now."""
    teams = {team.pk: team for team in Team.objects.all()}
    parts = [unit for unit in _of_teams(teams) if unit.teams != sorted(teams) or len(teams) == 1]
    return [Unit(ALL, settings.ORGANISATION, "all", teams=sorted(teams)), *parts]


def _of_sites(places: Counter[Place]) -> list[Unit]:
    sites: dict[str, set[int]] = defaultdict(set)
    for team, site in places:
        if site:
            sites[site] |= {team} if team is not None else set()
    return [
        Unit(f"site:{site}"[:120], site, "site", ALL, teams=sorted(sites[site])) for site in sorted(sites)
    ]


def _of_lines(teams: dict[int, Team]) -> list[Unit]:
    """Of those who lead several teams and not all of them; a team is led by whom most of its people report to."""
    led = {pk: of & set(teams) for pk, of in led_teams().items() if not set(teams) <= of}
    names = {p.pk: p for p in Person.objects.filter(pk__in=[pk for pk in led if len(led[pk]) > 1])}
    found = [
        Unit(
            f"line:{names[pk].number}"[:120], names[pk].name, "line", ALL, teams=sorted(led[pk] & set(teams))
        )
        for pk in led
        if pk in names
    ]
    return sorted(found, key=lambda unit: (unit.name, unit.key))


def led_teams(by: Person | None = None) -> dict[int, set[int]]:
    """Keys of teams that somebody leads: at least half of their people are in this person's line. Two queries."""
    at_work = Person.objects.at_work()
    sizes = dict(at_work.filter(team__isnull=False).order_by().values_list("team").annotate(n=Count("pk")))
    rows = Line.objects.filter(below__in=at_work, below__team__isnull=False)
    rows = rows.filter(above=by.pk) if by else rows
    led: dict[int, set[int]] = defaultdict(set)
    for above, team, n in rows.values_list("above", "below__team").annotate(n=Count("pk")).order_by():
        if 2 * n >= sizes.get(team, 0):
            led[above].add(team)
    return led


def _cell(place: Place, asked: int, slips: int, units: list[Unit]) -> dict[str, Any]:
    inside = [unit.key for unit in units if within(unit.key, unit.teams, place)]
    return {"team": place[0], "site": place[1], "asked": asked, "slips": slips, "in": inside}
