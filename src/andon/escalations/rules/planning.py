"""What makes the test of a change sound, before the change is made. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite

from django.utils.translation import gettext as _

from andon.escalations.rules.judging import FEWEST_BEFORE, Criterion, Level, in_words
from andon.escalations.rules.problems import problem_text
from andon.people import saying

SHORTEST, LONGEST = 1, 366  # days of a window
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Test:
    """What is written before: the criterion, the window, the baseline, and what is watched beside it."""

    what: str
    criterion: Criterion
    window_days: int
    due_on: date
    base: Level
    good: str
    unit: str
    watched: bool
    no_side_effect: str
    same_watched: bool = False
    number: str = ""

    __test__ = False  # not one of pytest's


def problems_planning(test: Test, today: date) -> dict[str, str]:
    """By field; empty when the test can be written down."""
    found = {
        "what": problem_text(test.what),
        "level": _of_level(test),
        "window_days": _of_window(test.window_days),
        "due_on": _of_day(test.due_on, today),
        "watched": _of_side_effect(test),
    }
    return {name: problem for name, problem in found.items() if problem}


def _of_level(test: Test) -> str:
    if not isfinite(test.criterion.level):
        return _("Write a number.")
    if (test.criterion.side == "at_most") != (test.good == "low"):
        better = _("Lower is better here: write “at most”.") if test.good == "low" else ""
        return better or _("Higher is better here: write “at least”.")
    if test.base.points >= FEWEST_BEFORE and test.criterion.met(test.base.mean):
        return _("It is %(now)s already, so %(criterion)s would be met without any change.") % {
            "now": saying.value(test.base.mean, test.unit, 1),
            "criterion": in_words(test.criterion, test.unit),
        }
    return ""


def _of_window(days: int) -> str:
    if SHORTEST <= days <= LONGEST:
        return ""
    return _("Watch it for %(least)d to %(most)d days.") % {"least": SHORTEST, "most": LONGEST}


def _of_day(due: date, today: date) -> str:
    if today <= due <= today + FURTHEST:
        return ""
    return _("Name a day within the next year on which it will be in place.")


def _of_side_effect(test: Test) -> str:
    if test.same_watched:
        return _("Watch another measure than the one it should move.")
    if test.watched or test.no_side_effect.strip():
        return ""
    return _("Choose what could get worse by this, or say why nothing can.")
