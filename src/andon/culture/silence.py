"""The silence report: computed by a job, kept, and read from what was kept."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from andon.attribution.rules import small
from andon.culture import facts
from andon.culture.models import Silence
from andon.culture.rules import Compared, Unit, can_tell, fewer, more
from andon.escalations.models import Escalation
from andon.mechanisms.models import Mechanism
from andon.people.models import Person, Team
from andon.watch.models import Chart

LOOKED_BACK = timedelta(days=180)
KEPT = 60  # reports: two months of days
YOUNG = timedelta(days=2)
"""Closed so soon, with nothing made right and nothing explained, a question has died young."""
OUT_FOR = timedelta(days=3)
"""A chart that is out for less is no silence yet."""


def refresh(now: datetime) -> Silence:
    """Looks at the last half year; what was kept before the last two months is forgotten."""
    since = now - LOOKED_BACK
    complaints = facts.complaints(since, now)
    report = Silence.objects.create(
        computed_at=now,
        since=since,
        teams=_of_teams(complaints, since, now),
        mechanisms=_of_mechanisms(complaints, since, now),
        young=_of_young(since, now),
        unasked=list(_unasked(now)),
    )
    old = Silence.objects.values_list("pk", flat=True)[KEPT:]
    Silence.objects.filter(pk__in=list(old)).delete()
    return report


def _of_teams(complaints: facts.Complaints, since: datetime, now: datetime) -> dict[str, Any]:
    cases, asked = complaints.by_team(), facts.asked_by_team(since, now)
    return _told(fewer, *_units(cases, asked))


def _of_young(since: datetime, now: datetime) -> dict[str, Any]:
    closed, young = facts.closed_by_team(since, now, YOUNG)
    return _told(more, *_units(closed, young))


def _units(cases: Mapping[int, int], happened: Mapping[int, int]) -> tuple[list[Unit], int]:
    """Teams of whom something can be said without saying it of a person, and how many were left out."""
    sizes = Counter(Person.objects.at_work().filter(team__in=cases).values_list("team", flat=True))
    teams = list(Team.objects.filter(pk__in=cases).order_by("name"))
    hidden = small([sizes[team.pk] for team in teams])
    shown = [team for place, team in enumerate(teams) if place not in hidden]
    return [_unit(team.slug, team.name, cases[team.pk], happened.get(team.pk, 0)) for team in shown], len(
        hidden
    )


def _of_mechanisms(complaints: facts.Complaints, since: datetime, now: datetime) -> dict[str, Any]:
    cases = complaints.by_mechanism()
    asked = Counter(
        Escalation.objects.filter(raised_at__gte=since, raised_at__lt=now, mechanism__in=cases)
        .order_by()
        .values_list("mechanism", flat=True)
    )
    rows = Mechanism.objects.in_use().filter(pk__in=cases).values_list("pk", "slug", "name").order_by("name")
    return _told(fewer, [_unit(slug, name, cases[pk], asked[pk]) for pk, slug, name in rows], 0)


def _unit(key: str, name: str, cases: int, happened: int) -> Unit:
    """Several questions about one customer are one customer asked about, at most."""
    return Unit(key, name, cases, min(happened, cases))


def _told(compare: Any, units: Sequence[Unit], left_out: int) -> dict[str, Any]:
    found: Iterable[Compared] = compare(units)
    rows = [
        {**asdict(one.unit), "verdict": one.verdict.value, "rate": one.rate, "low": one.low, "high": one.high}
        for one in found
    ]
    return {"can_tell": can_tell(units), "rows": rows, "left_out": left_out}


def _unasked(now: datetime) -> Iterable[dict[str, Any]]:
    """Out of spec for some days, and nobody has asked about the mechanism since; most customers first."""
    charts = Chart.objects.filter(out=True, measure__retired_at=None, measure__mechanism__retired_at=None)
    charts = charts.filter(since__lt=now - OUT_FOR).select_related("measure__mechanism")
    charts = charts.defer("points", "tile", "measure__mechanism__specification")
    newest: dict[int, datetime] = {}
    asked = Escalation.objects.filter(mechanism__isnull=False).order_by("raised_at")
    for mechanism, raised in asked.values_list("mechanism", "raised_at"):
        newest[mechanism] = raised
    for chart in charts.order_by("-customers", "since"):
        measure, since = chart.measure, chart.since
        if since and newest.get(measure.mechanism_id, since) <= since:
            yield {
                "mechanism": measure.mechanism.slug,
                "measure": measure.slug,
                "name": f"{measure.mechanism.name}: {measure.name}",
                "since": since.isoformat(),
                "customers": chart.customers,
            }


def latest() -> Silence | None:
    return Silence.objects.first()


def as_of(at: datetime) -> Silence | None:
    return Silence.objects.filter(computed_at__lte=at).first()
