"""The life of a question: what it is, whom it is with, and what is due next. What may be done to it is in `acts`.

A question has no status that somebody sets. What it is follows from what happened: `state`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy

from andon.escalations.rules.timing import EXPLAIN_WITHIN, MAKE_RIGHT_WITHIN, OWN_WITHIN

TRIAGE = "triage"
DECIDE_WITHIN = timedelta(days=7)  # after an explanation or a verdict: change something, or close

RAISED, OWNED, MADE_RIGHT = "raised", "owned", "made_right"
PRELIMINARY, EXPLAINED, WATCHING = "preliminary", "explained", "watching"
CLOSED, MERGED = "closed", "merged"
STATES: dict[str, Lazy] = {
    RAISED: gettext_lazy("raised"),
    OWNED: gettext_lazy("owned"),
    MADE_RIGHT: gettext_lazy("customer made right"),
    PRELIMINARY: gettext_lazy("preliminary answer"),
    EXPLAINED: gettext_lazy("explained"),
    WATCHING: gettext_lazy("watching"),
    CLOSED: gettext_lazy("closed"),
    MERGED: gettext_lazy("merged"),
}

PLANNED, IN_PLACE, DROPPED = "planned", "in_place", "dropped"
EFFECTIVE, PARTIAL, INEFFECTIVE, TOO_FEW = "effective", "partial", "ineffective", "too_few"
UNFINISHED = frozenset({PLANNED, IN_PLACE, TOO_FEW})


@dataclass(frozen=True, slots=True)
class Fix:
    """A countermeasure as a question knows it: planned with a due date, then watched until its window ends."""

    state: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """All that decides what may happen to a question next. `put_to` is never empty: it may be triage."""

    raised_at: datetime
    customer_since: datetime
    put_to: str = TRIAGE
    owner: str = ""
    owned_at: datetime | None = None
    made_right_at: datetime | None = None
    preliminary_until: datetime | None = None
    explained_at: datetime | None = None
    answered: bool = False
    decided_at: datetime | None = None
    reopened_at: datetime | None = None
    closed_at: datetime | None = None
    reason: str = ""
    merged_into: int | None = None
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What comes next, and by when."""

    name: str
    at: datetime


def state(case: Case) -> str:
    """The furthest thing that holds; a reopened question is again where its explanation is missing."""
    if case.merged_into is not None:
        return MERGED
    if case.closed_at:
        return CLOSED
    if case.explained_at:
        watched = any(fix.state in UNFINISHED - {PLANNED} for fix in case.fixes)
        return WATCHING if watched else EXPLAINED
    if case.preliminary_until:
        return PRELIMINARY
    if case.made_right_at:
        return MADE_RIGHT
    return OWNED if case.owner else RAISED


def holder(case: Case) -> str:
    """With whom it is: who took it on, else whom it is put to, else triage."""
    return case.owner or case.put_to or TRIAGE


def is_open(case: Case) -> bool:
    return case.closed_at is None and case.merged_into is None


def dues(case: Case) -> tuple[Due, ...]:
    """Everything that is still owed, earliest first; never empty while a question is open."""
    if not is_open(case):
        return ()
    found = [*_promises(case), *_of_fixes(case)]
    return tuple(sorted(found or [_decision(case)], key=lambda due: due.at))


def _promises(case: Case) -> list[Due]:
    found = []
    if case.owned_at is None:
        found.append(Due("own", case.raised_at + OWN_WITHIN))
    if case.made_right_at is None:
        found.append(Due("make right", case.customer_since + MAKE_RIGHT_WITHIN))
    if case.explained_at is None:
        due = (case.reopened_at or case.raised_at) + EXPLAIN_WITHIN
        found.append(Due("explain", due))
        if case.preliminary_until and case.preliminary_until > due:
            found.append(Due("say more", case.preliminary_until))
    return found


def _of_fixes(case: Case) -> list[Due]:
    names = {PLANNED: "put in place", IN_PLACE: "judge", TOO_FEW: "watch on"}
    return [Due(names[fix.state], fix.due) for fix in case.fixes if fix.state in names]


def _decision(case: Case) -> Due:
    last = [at for at in (case.explained_at, case.decided_at, case.reopened_at, case.raised_at) if at]
    return Due("close", max(last) + DECIDE_WITHIN)
