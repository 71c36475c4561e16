"""Questions as they stood at the end of a week: raised, closed, opened again, and open with how late they were."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from andon.escalations.models import Escalation, Reopening
from andon.escalations.rules import Clock, clocks

MOST = 60
MOMENTS = ("owned_at", "made_right_at", "explained_at", "closed_at", "preliminary_at")


def of_week(starts: datetime, ends: datetime) -> dict[str, Any]:
    """Three queries. `open` holds the latest first, by the clocks as they were at `ends`."""
    raised = Escalation.objects.filter(raised_at__lt=ends, merging__isnull=True)
    rows = raised.with_facts().select_related("mechanism", "pin__calendar", "to_team")
    again = Prefetch("reopenings", Reopening.objects.order_by("at"))
    questions = [one for one in rows.prefetch_related(again, "preliminaries") if _touches(one, starts)]
    open_ones = [one for one in questions if _open_at(one, ends)]
    told = sorted(_told(open_ones, ends), key=lambda row: row["due"] or "9")
    return {
        "open": told[:MOST],
        "open_count": len(told),
        "late_count": sum(row["late"] for row in told),
        "raised": _brief(one for one in questions if one.raised_at >= starts),
        "closed": _brief(one for one in questions if _closed_within(one, starts, ends)),
        "again": _brief(one for one in questions if _again_within(one, starts, ends)),
    }


def _touches(one: Escalation, starts: datetime) -> bool:
    """Open at some time in the week, or later."""
    return (
        one.closed_at is None
        or one.closed_at >= starts
        or any(back.at >= starts for back in one.reopenings.all())
    )


def _open_at(one: Escalation, at: datetime) -> bool:
    ended = [(one.closed_at, None)] + [(back.closed_at, back.at) for back in one.reopenings.all()]
    return not any(closed and closed < at and (again is None or again >= at) for closed, again in ended)


def _closed_within(one: Escalation, starts: datetime, ends: datetime) -> bool:
    moments = [one.closed_at, *(back.closed_at for back in one.reopenings.all())]
    return any(at and starts <= at < ends for at in moments)


def _again_within(one: Escalation, starts: datetime, ends: datetime) -> bool:
    return any(starts <= back.at < ends for back in one.reopenings.all())


def _told(open_ones: Iterable[Escalation], ends: datetime) -> Iterable[dict[str, Any]]:
    for one in open_ones:
        running = [clock for clock in _clocks(one, ends) if clock.running]
        first = min(running, key=lambda clock: clock.due, default=None)
        yield {
            **_one(one),
            "late": bool(first and first.late),
            "due": first.due.isoformat() if first else "",
            "clock": first.name if first else "",
            "team": one.to_team.name if one.to_team else "",
        }


def _clocks(one: Escalation, at: datetime) -> tuple[Clock, ...]:
    """As they stood at that moment: what came later had not come."""
    facts = one.facts
    later = {name: None for name in MOMENTS if (moment := getattr(facts, name)) and moment >= at}
    said = [word.next_at for word in one.preliminaries.all() if word.at < at]
    next_date = said[-1] if said and facts.next_date else None
    return clocks(replace(facts, **later, next_date=next_date), at, one.working_time)


def _brief(questions: Iterable[Escalation]) -> list[dict[str, Any]]:
    return [_one(one) for one in sorted(questions, key=lambda one: one.number)][:MOST]


def _one(one: Escalation) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": "" if one.signal_id else one.title,  # what a customer wrote is not for all who read a review
        "mechanism": one.mechanism.name if one.mechanism else "",
    }
