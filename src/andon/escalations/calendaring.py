"""A team opts in to working time, changes when it works, or opts out; and what a question was promised."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations.calendars import TooLittleTimeError, Week, WorkingTime
from andon.escalations.models import Calendar, Escalation, Pin
from andon.escalations.rules.hours import problems_of_calendar
from andon.escalations.rules.timing import PRELIMINARY_WITHIN, Facts, due_dates
from andon.people import access
from andon.people.access import ADMINISTRATOR
from andon.people.models import Line, Person, Team
from andon.people.trail import record


def may_keep_calendar(person, team: Team) -> bool:
    """Whoever leads somebody of the team, and administrators."""
    return keepable(person).filter(pk=team.pk).exists()


def keepable(person):
    """Teams whose calendar `person` keeps."""
    if access.is_any(person, ADMINISTRATOR):
        return Team.objects.all()
    if not access.at_work(person):
        return Team.objects.none()
    led = Line.objects.filter(above=person, below__is_active=True).values("below__team")
    return Team.objects.filter(pk__in=led)


@transaction.atomic
def keep_calendar(
    team: Team,
    *,
    zone: str,
    week: Week,
    country: str = "",
    subdivision: str = "",
    days_off: Sequence[date] = (),
    by: Person,
    now: datetime,
) -> Calendar:
    """The team's clocks count these hours from now on, for questions raised from now on. The same again is harmless.

    Raises PermissionDenied, and ValidationError by field.
    """
    _demand(by, team)
    problems = problems_of_calendar(zone, week, country, subdivision, days_off)
    if not problems:
        problems = _enough(zone, week, country, subdivision, days_off, now)
    if problems:
        raise ValidationError({name: [problem] for name, problem in problems.items()})
    kept = _content(zone, week, country, subdivision, days_off)
    before = _in_force(team)
    if before and all(getattr(before, name) == value for name, value in kept.items()):
        return before
    _end(before, now)
    version = 1 + (Calendar.objects.filter(team=team).values_list("version", flat=True).first() or 0)
    calendar = Calendar.objects.create(team=team, version=version, by=by, at=now, **kept)
    record(by, "keeps working hours", team, now, version=version)
    return calendar


@transaction.atomic
def drop_calendar(team: Team, *, by: Person, now: datetime) -> None:
    """The team's clocks are those on the wall again. What was promised under a calendar stays."""
    _demand(by, team)
    if before := _in_force(team):
        _end(before, now)
        record(by, "ended working hours", team, now, version=before.version)


def hours_of(teams: Iterable[int | None]) -> dict[int, Calendar]:
    """By team the calendar that holds for it: its own, else that of the nearest team it is a part of."""
    kept = {one.team_id: one for one in Calendar.objects.in_force().select_related("team", "by")}
    inside = dict(Team.objects.values_list("pk", "parent_id")) if kept else {}
    found = {pk: next((kept[one] for one in _upwards(pk, inside) if one in kept), None) for pk in teams if pk}
    return {pk: calendar for pk, calendar in found.items() if calendar}


def _upwards(team: int | None, inside: Mapping[int, int | None]) -> Iterator[int]:
    """A team and those around it; each once, even where somebody put teams inside each other."""
    met: set[int] = set()
    while team is not None and team not in met:
        met.add(team)
        yield team
        team = inside.get(team)


def pin(escalation: Escalation) -> Pin | None:
    """Fixes what a team with a calendar promises; within the transaction in which the question is raised."""
    calendar = hours_of([escalation.to_team_id]).get(escalation.to_team_id)
    if calendar is None:
        return None
    raised = Facts(escalation.raised_at, escalation.customer_since)
    own, explain, preliminary = due_dates(raised, calendar.working_time)
    return Pin.objects.create(
        escalation=escalation,
        calendar=calendar,
        own_due=own,
        explain_due=explain,
        preliminary_due=preliminary,
    )


def _content(zone: str, week: Week, country: str, subdivision: str, days_off: Sequence[date]) -> dict:
    """As JSON keeps it, so that it compares with what is kept."""
    return {
        "zone": zone,
        "week": [[list(span) for span in spans] for spans in week],
        "country": country,
        "subdivision": subdivision,
        "days_off": [day.isoformat() for day in sorted(set(days_off))],
    }


def _enough(
    zone: str, week: Week, country: str, subdivision: str, days_off: Sequence[date], now: datetime
) -> dict:
    """Holidays and days off may leave nothing of a week that is sound."""
    try:
        WorkingTime(zone, week, country, subdivision, frozenset(days_off)).due(now, PRELIMINARY_WITHIN)
    except TooLittleTimeError:
        return {"days_off": _("With these days off nobody works for years. Leave some of them out.")}
    return {}


def _in_force(team: Team) -> Calendar | None:
    """Locked, so that two who change it do so one after the other."""
    Team.objects.select_for_update().get(pk=team.pk)
    return Calendar.objects.in_force().filter(team=team).first()


def _end(calendar: Calendar | None, now: datetime) -> None:
    if calendar:
        calendar.ended_at = now
        calendar.save(update_fields=["ended_at"])


def _demand(by: Person, team: Team) -> None:
    if not may_keep_calendar(by, team):
        raise PermissionDenied(_("Working hours are kept by whoever leads the team, and by administrators."))
