"""The clocks of a question: what is due when, whether it was kept, and that in words.

Pure: facts in, verdicts in words out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from andon.people import saying

OWN_WITHIN = timedelta(hours=1)
MAKE_RIGHT_WITHIN = timedelta(hours=4)
EXPLAIN_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Facts:
    """Moments (UTC) that the clocks of a question depend on; None is not yet."""

    raised_at: datetime
    customer_since: datetime
    owned_at: datetime | None = None
    made_right_at: datetime | None = None
    explained_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise: by when, when it was met, whether it is or was late, and that in words."""

    name: str
    due: datetime
    met_at: datetime | None
    late: bool
    words: str
    ended: bool = False

    @property
    def running(self) -> bool:
        """Neither met nor ended by closing."""
        return self.met_at is None and not self.ended


@dataclass(frozen=True, slots=True)
class Promise:
    """What a clock is about, and whole sentences for how it may stand; `%(span)s` is a length of time."""

    name: str
    left: str | Lazy
    late: str | Lazy
    met: str | Lazy
    met_late: str | Lazy
    closed: str | Lazy


OWN = Promise(
    "own",
    gettext_lazy("%(span)s left to own it"),
    gettext_lazy("late by %(span)s to own it"),
    gettext_lazy("owned in %(span)s"),
    gettext_lazy("owned %(span)s late"),
    gettext_lazy("closed without being owned"),
)
MAKE_RIGHT = Promise(
    "make right",
    gettext_lazy("%(span)s left to make it right for the customer"),
    gettext_lazy("late by %(span)s to make it right for the customer"),
    gettext_lazy("made right in %(span)s"),
    gettext_lazy("made right %(span)s late"),
    gettext_lazy("closed without being made right"),
)
EXPLAIN = Promise(
    "explain",
    gettext_lazy("%(span)s left to explain it"),
    gettext_lazy("late by %(span)s to explain it"),
    gettext_lazy("explained in %(span)s"),
    gettext_lazy("explained %(span)s late"),
    gettext_lazy("closed without being explained"),
)


def clocks(facts: Facts, now: datetime) -> tuple[Clock, ...]:
    """The three clocks, in order: own, make right, explain.

    The customer's runs from receipt and the team's from raising. Both are wall clocks: nothing pauses
    them, and they are differences of UTC instants, so a change to summer time does not touch them.
    """
    raised, customer = facts.raised_at, facts.customer_since
    return (
        _clock(OWN, raised, OWN_WITHIN, facts.owned_at, facts.closed_at, now),
        _clock(MAKE_RIGHT, customer, MAKE_RIGHT_WITHIN, facts.made_right_at, facts.closed_at, now),
        _clock(EXPLAIN, raised, EXPLAIN_WITHIN, facts.explained_at, facts.closed_at, now),
    )


def _clock(
    promise: Promise,
    start: datetime,
    within: timedelta,
    met: datetime | None,
    closed: datetime | None,
    now: datetime,
) -> Clock:
    due = start + within
    late = (met or closed or now) > due
    words = _words(promise, start, due, met, closed, now)
    return Clock(promise.name, due, met, late, words, ended=bool(closed and not met))


def _words(
    promise: Promise,
    start: datetime,
    due: datetime,
    met: datetime | None,
    closed: datetime | None,
    now: datetime,
) -> str:
    if met:
        late = met > due
        return (promise.met_late if late else promise.met) % {
            "span": span(met - due if late else met - start)
        }
    if closed:
        return str(promise.closed)
    if now > due:
        return promise.late % {"span": span(now - due)}
    return promise.left % {"span": span(due - now)}


def span(length: timedelta) -> str:
    """A length of time in words: 41 min, 2 h, 2 h 5 min, 30 h, 3 days. Never rounds up."""
    minutes = max(0, int(length.total_seconds() // 60))
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return _("less than a minute")
    if hours < 1:
        return saying.figures(f"{minutes} min")
    if hours >= 48:
        return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}
    return saying.figures(f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h")
