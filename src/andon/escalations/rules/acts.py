"""What may be done to a question. Actions ask `problem` before they write, so all doors follow the same life.

Pure: a `Case` and an act in, a sentence out. What the case is after an act is in `following`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from andon.escalations.rules.life import (
    IN_PLACE,
    PLANNED,
    TOO_FEW,
    UNFINISHED,
    Case,
    is_open,
)

FURTHEST_NEXT = timedelta(days=14)  # a preliminary answer names a day that is near


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
