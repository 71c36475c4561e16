"""How a promise stands: coming, late, delivered, doubted. Days, not hours: what is due on a day is kept on it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class State(StrEnum):
    """What one would say of it today."""

    COMING = "coming"
    LATE = "late"
    DELIVERED = "delivered"
    DELIVERED_LATE = "delivered late"
    DOUBTED = "doubted"
    RELEASED = "no longer wanted"


WAITING = frozenset({State.COMING, State.LATE, State.DOUBTED})
BLOCKS = frozenset({State.LATE, State.DOUBTED})
"""States in which a promise that fell due was not kept."""


@dataclass(frozen=True, slots=True)
class Facts:
    """When it is due, when it first came, whether a doubt of the person is unanswered, whether they let it go."""

    due: date
    delivered_on: date | None = None
    doubted: bool = False
    released: bool = False


def state(facts: Facts, today: date) -> State:
    """The person has the last word: what they let go is not owed, what they doubt is not settled."""
    if facts.released:
        return State.RELEASED
    if facts.doubted:
        return State.DOUBTED
    if facts.delivered_on is not None:
        return State.DELIVERED_LATE if facts.delivered_on > facts.due else State.DELIVERED
    return State.LATE if facts.due < today else State.COMING


def words(facts: Facts, today: date) -> str:
    """The state as a reader would say it."""
    match state(facts, today):
        case State.RELEASED:
            return _("no longer wanted")
        case State.DOUBTED:
            return _("doubted, not answered yet")
        case State.DELIVERED:
            return _("delivered")
        case State.DELIVERED_LATE:
            return _("delivered, {late} late").format(late=days((_came(facts) - facts.due).days))
        case State.LATE:
            return _("late by {late}").format(late=days((today - facts.due).days))
        case _coming:
            return until(facts.due, today)


def until(due: date, today: date) -> str:
    """How far a day lies ahead, or how long it has passed."""
    ahead = (due - today).days
    if ahead < 0:
        return _("late by {late}").format(late=days(-ahead))
    if ahead == 0:
        return _("due today")
    return _("due tomorrow") if ahead == 1 else _("due in {days}").format(days=days(ahead))


def days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)


def _came(facts: Facts) -> date:
    return facts.delivered_on or facts.due
