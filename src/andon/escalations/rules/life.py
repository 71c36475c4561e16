"""The life of a question: what may happen to it, what it is then, whom it is with, and what is due next.

A question has no status that somebody sets. What it is follows from what happened: `state`. Pure: a `Case` and an
act in, the next case or a sentence out. Actions ask `problem` before they write, so all doors follow the same life.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.rules.timing import EXPLAIN_WITHIN, MAKE_RIGHT_WITHIN, OWN_WITHIN

TRIAGE = "triage"
DECIDE_WITHIN = timedelta(days=7)  # after an explanation or a verdict: change something, or close
FURTHEST_NEXT = timedelta(days=14)  # a preliminary answer names a day that is near

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


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done: `verb` with what it needs; the rest stays empty."""

    verb: str
    by: str = ""
    to: str = ""
    why: str = ""
    until: datetime | None = None
    fix: int = 0
    verdict: str = ""
    into: int | None = None
    into_raised_at: datetime | None = None
    into_open: bool = True
    into_made_right: bool = False


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


def problem(case: Case, act: Act, now: datetime) -> str:
    """Why it cannot be done; empty when it can."""
    if act.verb == "reopen":
        return _problem_reopening(case, act)
    if act.verb == "judge" and case.merged_into is None:
        return _problem_judging(case, act, now)
    if not is_open(case):
        return _("This question is closed. Open it again, or ask anew, if something is left to do.")
    return PROBLEMS[act.verb](case, act, now) if act.verb in PROBLEMS else ""


def _problem_reopening(case: Case, act: Act) -> str:
    if case.merged_into is not None:
        return _("This question goes on in question %(number)s. Write there.") % {"number": case.merged_into}
    if case.closed_at is None:
        return _("This question is open.")
    return "" if act.why.strip() else _("Say what came back, or what is left to do.")


def _problem_rerouting(case: Case, act: Act, now: datetime) -> str:
    if not act.why.strip():
        return _("Say in a few words why it goes on to somebody else: they should know what you found.")
    return _("It is with them already.") if act.to and act.to == case.put_to and not case.owner else ""


def _problem_saying_more(case: Case, act: Act, now: datetime) -> str:
    if case.explained_at:
        return _("It is explained already. Post another version of the explanation instead.")
    if act.until is None or act.until <= now:
        return _("Name the day on which you will say more. It lies ahead.")
    if act.until > now + FURTHEST_NEXT:
        return _("Name a day within the next %(days)d days: who waits should not wait longer for a word.") % {
            "days": FURTHEST_NEXT.days
        }
    return ""


def _problem_putting_in_place(case: Case, act: Act, now: datetime) -> str:
    return "" if case.fixes[act.fix].state == PLANNED else _("This change is in place already, or dropped.")


def _problem_judging(case: Case, act: Act, now: datetime) -> str:
    fix = case.fixes[act.fix]
    if fix.state == TOO_FEW:
        return _("There were too few cases to tell. Watch it longer, then it is judged again.")
    if fix.state != IN_PLACE:
        return _("Only a change that is in place is judged, once.")
    return (
        ""
        if fix.due <= now
        else _("Its window is not over. Judged early, a lucky week would count too much.")
    )


def _problem_watching_on(case: Case, act: Act, now: datetime) -> str:
    if case.fixes[act.fix].state != TOO_FEW:
        return _("It is watched longer only where there were too few cases to tell.")
    return "" if act.why.strip() else _("Say why more cases are to be expected.")


def _problem_dropping(case: Case, act: Act, now: datetime) -> str:
    if case.fixes[act.fix].state not in UNFINISHED:
        return _("This change was judged or dropped already.")
    return "" if act.why.strip() else _("Say why it is not done.")


def _problem_merging(case: Case, act: Act, now: datetime) -> str:
    if not act.into_open:
        return _("Choose a question that is open.")
    if act.into_raised_at and act.into_raised_at > case.raised_at:
        return _("That question was asked later. Merge it into this one, so that no clock begins again.")
    if act.into_made_right and case.made_right_at is None:
        return _(
            "In that question the customer was made right before this one counted. Make it right for this customer "
            "too and write it here; then merge."
        )
    return ""


def _problem_closing(case: Case, act: Act, now: datetime) -> str:
    if act.why.strip():
        return ""
    if not case.answered:
        return _("Write an answer first, or say why none is needed: a question is not closed without either.")
    if any(fix.state in UNFINISHED for fix in case.fixes):
        return _("A change is planned or still watched. Close it when it was judged, or say why now.")
    return ""


PROBLEMS = {
    "reroute": _problem_rerouting,
    "preliminary": _problem_saying_more,
    "put in place": _problem_putting_in_place,
    "watch on": _problem_watching_on,
    "drop": _problem_dropping,
    "merge": _problem_merging,
    "close": _problem_closing,
}


def after(case: Case, act: Act, now: datetime) -> Case:
    """The case after something was done that has no `problem`."""
    return AFTER[act.verb](case, act, now)


def _taken_on(case: Case, by: str, now: datetime) -> Case:
    return replace(case, owner=by, owned_at=case.owned_at or now)


def _own(case: Case, act: Act, now: datetime) -> Case:
    return _taken_on(case, act.by, now)


def _reroute(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, put_to=act.to or TRIAGE, owner="")


def _answer(case: Case, act: Act, now: datetime) -> Case:
    return replace(_by_whom(case, act, now), answered=True)


def _by_whom(case: Case, act: Act, now: datetime) -> Case:
    """Who answers has taken it on, if nobody had."""
    return case if case.owner else _taken_on(case, act.by or holder(case), now)


def _make_right(case: Case, act: Act, now: datetime) -> Case:
    return replace(_answer(case, act, now), made_right_at=case.made_right_at or now)


def _explain(case: Case, act: Act, now: datetime) -> Case:
    return replace(_answer(case, act, now), explained_at=case.explained_at or now)


def _say_more(case: Case, act: Act, now: datetime) -> Case:
    return replace(_by_whom(case, act, now), preliminary_until=act.until)


def _plan(case: Case, act: Act, now: datetime) -> Case:
    planned = Fix(PLANNED, act.until or now)
    return replace(_by_whom(case, act, now), fixes=(*case.fixes, planned))


def _fixed(case: Case, place: int, fix: Fix) -> Case:
    return replace(case, fixes=(*case.fixes[:place], fix, *case.fixes[place + 1 :]))


def _put_in_place(case: Case, act: Act, now: datetime) -> Case:
    return _fixed(case, act.fix, Fix(IN_PLACE, act.until or now))


def _judge(case: Case, act: Act, now: datetime) -> Case:
    judged = replace(_fixed(case, act.fix, Fix(act.verdict, case.fixes[act.fix].due)), decided_at=now)
    return _opened(judged, now) if act.verdict == INEFFECTIVE else judged


def _watch_on(case: Case, act: Act, now: datetime) -> Case:
    return _put_in_place(case, act, now)


def _drop(case: Case, act: Act, now: datetime) -> Case:
    return replace(_fixed(case, act.fix, Fix(DROPPED, now)), decided_at=now)


def _opened(case: Case, now: datetime) -> Case:
    """Open again: it was not explained after all. What was done for the customer stays done."""
    return replace(
        case, closed_at=None, reason="", reopened_at=now, explained_at=None, preliminary_until=None,
        answered=False,
    )  # fmt: skip


def _reopen(case: Case, act: Act, now: datetime) -> Case:
    return _opened(case, now)


def _close(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, closed_at=now, reason=act.why.strip())


def _merge(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, merged_into=act.into, closed_at=now, reason=act.why or "merged")


AFTER = {
    "own": _own,
    "reroute": _reroute,
    "answer": _answer,
    "make right": _make_right,
    "preliminary": _say_more,
    "explain": _explain,
    "plan": _plan,
    "put in place": _put_in_place,
    "judge": _judge,
    "watch on": _watch_on,
    "drop": _drop,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
}
