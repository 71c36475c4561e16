"""Changes to mechanisms: due, in place and watched, and what the chart said of them in the week."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from andon.escalations.models import Countermeasure, window_end

AHEAD = timedelta(days=7)


def of_week(starts: datetime, ends: datetime) -> dict[str, list[dict[str, Any]]]:
    """Three queries. `due`: by the end of the week after, and not in place; `judged`: in this week."""
    rows = Countermeasure.objects.filter(at__lt=ends).select_related(
        "escalation", "mechanism", "measure", "in_place"
    )
    fixes = list(
        rows.select_related("dropping").prefetch_related("judgements", "extensions").order_by("due_on", "pk")
    )
    kept = [one for one in fixes if not _before(getattr(one, "dropping", None), ends)]
    return {
        "due": [_told(one, ends) for one in kept if _is_due(one, ends)],
        "watched": [_told(one, ends) for one in kept if _is_watched(one, ends)],
        "judged": list(_judged(fixes, starts, ends)),
    }


def _before(thing: Any, at: datetime) -> bool:
    return thing is not None and thing.at < at


def _in_place(one: Countermeasure, at: datetime) -> bool:
    return _before(getattr(one, "in_place", None), at)


def _is_due(one: Countermeasure, ends: datetime) -> bool:
    return not _in_place(one, ends) and one.due_on < (ends + AHEAD).date()


def _is_watched(one: Countermeasure, ends: datetime) -> bool:
    judged = [judgement for judgement in one.judgements.all() if judgement.at < ends]
    over = bool(judged) and judged[-1].verdict != "too_few"
    return _in_place(one, ends) and not over


def _judged(fixes: Iterable[Countermeasure], starts: datetime, ends: datetime) -> Iterable[dict[str, Any]]:
    for one in fixes:
        for judgement in one.judgements.all():
            if starts <= judgement.at < ends:
                yield {**_told(one, ends), "verdict": judgement.verdict, "sentence": judgement.sentence}


def _told(one: Countermeasure, ends: datetime) -> dict[str, Any]:
    until = window_end(one) if _in_place(one, ends) else None
    return {
        "what": one.what,
        "mechanism": one.mechanism.name,
        "measure": one.measure.name,
        "number": one.escalation.number,
        "due": one.due_on.isoformat(),
        "overdue": one.due_on < ends.date(),
        "until": until.isoformat() if until else "",
    }
