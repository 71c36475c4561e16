"""Whether people speak up, and what becomes of it: the silence report beside the pulse and beside what askers met.

Of askers only teams are told, and only where five or more people of a team asked, so that nobody else can be told by
subtracting. Who asked is never shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import F, Min, Q

from andon.culture import silence
from andon.culture.pulse import results
from andon.culture.pulse.access import own_unit, sees_all
from andon.culture.pulse.models import FEWEST, Dimension, Result
from andon.culture.pulse.rules import scoring
from andon.culture.pulse.rules.scoring import Score
from andon.culture.pulse.rules.suppression import shown
from andon.culture.pulse.structure import ALL, Unit, led_teams, team_units
from andon.escalations.models import Entry, Escalation, Thanks
from andon.people.access import LEADER
from andon.people.models import Person

LOOKED_BACK = silence.LOOKED_BACK
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: who asked, of which team, after how many hours it was explained, whether thanks came."""

    by: int
    team: int | None
    hours: float
    thanked: bool
    to: int | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """What askers of a group met: people who asked (down to fives), per cent thanked, median hours to the answer."""

    askers: int
    thanked: int
    hours: float


@dataclass(frozen=True, slots=True)
class Place:
    """A team, or all of them; None where it cannot be said without saying it of persons."""

    key: str
    name: str
    voice: Score | None
    verdict: str
    met: Met | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """Median hours, and how many questions: those that leaders asked, and those put to leaders by name."""

    asked: float | None
    asked_n: int
    answered: float | None
    answered_n: int


def places(person: Person, now: datetime) -> list[Place]:
    """Whatever somebody may read: all of them for HR partners and analysts, for others the teams they lead."""
    units, found = team_units(), asked(now - LOOKED_BACK, now)
    met, voices, verdicts = _met(units, found), _voices(), _verdicts()
    led = led_teams(person).get(person.pk, set())
    return [
        Place(unit.key, unit.name, voices.get(unit.key), verdicts.get(unit.key, ""), met.get(unit.key))
        for unit in units
        if _readable(unit, person, led)
    ]


def _readable(unit: Unit, person: Person, led: set[int]) -> bool:
    if unit.key in {ALL, own_unit(person)} or sees_all(person):
        return True
    return bool(unit.teams) and set(unit.teams) <= led


def asked(since: datetime, now: datetime) -> list[Asked]:
    """Two queries. Hours are by the clock on the wall; infinite while nothing is explained."""
    rows = Escalation.objects.filter(raised_at__gte=since, raised_at__lt=now, raised_by__isnull=False)
    rows = rows.filter(merging__isnull=True).order_by()
    explained = Min("entries__at", filter=Q(entries__kind=Entry.Kind.EXPLAINED, entries__at__lte=now))
    columns = ("pk", "raised_by", "raised_by__team", "raised_at", "to_person", "done")
    found = list(rows.annotate(done=explained).values_list(*columns))
    thanked = Thanks.objects.filter(
        escalation__in=rows.values("pk"), to=F("escalation__raised_by"), at__lte=now
    )
    thanks = set(thanked.values_list("escalation", flat=True))
    return [
        Asked(by, team, _hours(raised, done), pk in thanks, to) for pk, by, team, raised, to, done in found
    ]


def _hours(raised: datetime, done: datetime | None) -> float:
    return max((done - raised) / timedelta(hours=1), 0.0) if done else NEVER


def _met(units: Sequence[Unit], found: Sequence[Asked]) -> dict[str, Met]:
    """People are counted, and not questions: one who asks often is one."""
    cells = sorted({row.team for row in found if row.team is not None})
    people = [len({row.by for row in found if row.team == team}) for team in cells]
    groups = {unit.key: [i for i, team in enumerate(cells) if team in unit.teams] for unit in units}
    told = shown(groups, people, FEWEST)
    by_key = {unit.key: set(unit.teams) for unit in units}
    return {key: _of([row for row in found if row.team in by_key[key]]) for key in told}


def _of(rows: Sequence[Asked]) -> Met:
    askers = scoring.down(len({row.by for row in rows}))
    thanked = scoring.share(sum(row.thanked for row in rows), len(rows))
    return Met(askers, thanked, median(row.hours for row in rows))


def _voices() -> dict[str, Score]:
    """Of the newest wave that was counted."""
    newest = results.waves(1)
    rows = Result.objects.filter(wave__in=newest, measure=Dimension.VOICE)
    return {row.unit: row.score for row in rows}


def _verdicts() -> dict[str, str]:
    report = silence.latest()
    return {f"team:{row['key']}": row["verdict"] for row in report.teams.get("rows", [])} if report else {}


def leaders(now: datetime) -> Clocks:
    """Of all leaders together; a number only where five of them or more are in it."""
    leading = set(_leaders().values_list("pk", flat=True))
    found = asked(now - LOOKED_BACK, now)
    put = [row for row in found if row.by in leading]
    got = [row for row in found if row.to in leading]
    return _clocks(put, got, {row.by for row in put}, {row.to for row in got}, FEWEST)


def own(person: Person, now: datetime) -> Clocks:
    """Somebody's own, for nobody else."""
    found = asked(now - LOOKED_BACK, now)
    put, got = [r for r in found if r.by == person.pk], [r for r in found if r.to == person.pk]
    return _clocks(put, got, {person.pk}, {person.pk}, 1)


def leads(person: Person) -> bool:
    return _leaders().filter(pk=person.pk).exists()


def _leaders():
    return Person.objects.at_work().filter(Q(grants__role=LEADER) | Q(reports__isnull=False)).distinct()


def _clocks(
    put: Sequence[Asked], got: Sequence[Asked], askers: Iterable, asked: Iterable, fewest: int
) -> Clocks:
    return Clocks(
        _median(put) if len(set(askers)) >= fewest else None, len(put),
        _median(got) if len(set(asked)) >= fewest else None, len(got),
    )  # fmt: skip


def _median(rows: Sequence[Asked]) -> float | None:
    return median(row.hours for row in rows) if rows else None
