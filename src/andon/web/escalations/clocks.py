"""The two clocks that everybody sees: how long the customer has waited, and how long the team has had."""

from dataclasses import dataclass
from datetime import datetime

from andon.escalations.calendars import WorkingTime
from andon.escalations.models import Escalation
from andon.escalations.rules import Clock, span


@dataclass(frozen=True, slots=True)
class Waiting:
    """`stopped` is when what was promised was done, or the question was closed; None while it runs."""

    since: datetime
    stopped: datetime | None
    length: str
    state: str  # "late", "kept" or ""


def clocks_of(escalation: Escalation, now: datetime) -> dict:
    """For `escalations/clocks.html`: the promises, the customer's clock and the team's."""
    own, make_right, explain = clocks = escalation.clocks(now)
    closed = escalation.facts.closed_at
    return {
        "escalation": escalation,
        "clocks": clocks,
        "customer": _waiting(escalation.customer_since, make_right, closed, now),
        "team": _waiting(escalation.raised_at, explain, closed, now, escalation.working_time),
        "calendar": escalation.pin.calendar if escalation.working_time else None,
        "late": any(clock.late for clock in (own, make_right, explain)),
    }


def _waiting(
    since: datetime, clock: Clock, closed: datetime | None, now: datetime, worked: WorkingTime | None = None
) -> Waiting:
    """`worked` is by what a team with working hours counts; None is the clock on the wall."""
    stopped = clock.met_at or closed
    state = "late" if clock.late else "kept" if clock.met_at else ""
    until = stopped or now
    return Waiting(since, stopped, span(worked.worked(since, until) if worked else until - since), state)
