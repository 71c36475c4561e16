"""The clocks of a question: what is due when, whether it was kept, and that in words.

Pure: facts in, verdicts in words out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from andon.escalations.calendars import WorkingTime
from andon.people import saying

OWN_WITHIN = timedelta(hours=1)
MAKE_RIGHT_WITHIN = timedelta(hours=4)
EXPLAIN_WITHIN = timedelta(hours=24)
PRELIMINARY_WITHIN = timedelta(hours=48)
"""Past it only with a preliminary answer that names the next date."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Moments (UTC) that the clocks of a question depend on; None is not yet.

    `next_date` is the one that the newest preliminary answer names. The last three were fixed when it was raised, for
    a team with a calendar; None: so long after raising, by the wall clock.
    """

    raised_at: datetime
    customer_since: datetime
    owned_at: datetime | None = None
    made_right_at: datetime | None = None
    explained_at: datetime | None = None
    closed_at: datetime | None = None
    preliminary_at: datetime | None = None
    next_date: datetime | None = None
    own_due: datetime | None = None
    explain_due: datetime | None = None
    preliminary_due: datetime | None = None


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


FOLLOW_UP = Promise(
    "explain",
    gettext_lazy("%(span)s left until the next word on it"),
    gettext_lazy("late by %(span)s with the next word on it"),
    EXPLAIN.met,
    EXPLAIN.met_late,
    EXPLAIN.closed,
)
"""The same clock once a preliminary answer has named a date."""
PRELIMINARY = Promise(
    "preliminary",
    gettext_lazy("%(span)s left for a preliminary answer"),
    gettext_lazy("late by %(span)s without even a preliminary answer"),
    gettext_lazy("preliminary answer in %(span)s"),
    gettext_lazy("preliminary answer %(span)s late"),
    gettext_lazy("closed without a preliminary answer"),
)


def clocks(facts: Facts, now: datetime, calendar: WorkingTime | None = None) -> tuple[Clock, ...]:
    """The three clocks, in order: own, make right, explain.

    The customer's runs from receipt, by the wall clock; nothing pauses it. The team's run from raising, by `calendar`
    for a team that has one, else by the wall clock: differences of UTC instants, whatever summer time does.
    """
    promised = promises(facts, calendar)[:3]
    return tuple(_clock(one, facts.closed_at, now) for one in promised)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise from `start` to `due`, and when it was kept. `measure` is how long that took to those who keep it."""

    promise: Promise
    start: datetime
    due: datetime
    met_at: datetime | None
    measure: WorkingTime | None = None

    def is_late(self, at: datetime) -> bool:
        """By that moment, or by when it was kept before."""
        return min(self.met_at or at, at) > self.due

    def length(self, start: datetime, end: datetime) -> str:
        if self.measure is None:
            return span(end - start)
        return _("%(span)s of working time") % {"span": span(self.measure.worked(start, end))}


def promises(facts: Facts, calendar: WorkingTime | None = None) -> tuple[Promised, ...]:
    """Own, make right, explain; then a preliminary answer, unless it is explained by then.

    A preliminary answer moves the third to the date it names; the fifth is then what had been promised at first.
    """
    raised = facts.raised_at
    own_due, explain_due, preliminary_due = due_dates(facts, calendar)
    follow_up = facts.next_date is not None and facts.next_date > explain_due
    explain = Promised(
        FOLLOW_UP if follow_up else EXPLAIN,
        raised,
        facts.next_date if follow_up and facts.next_date else explain_due,
        facts.explained_at,
        calendar,
    )
    said = min((at for at in (facts.preliminary_at, facts.explained_at) if at), default=None)
    customer = facts.customer_since
    first_word = (Promised(EXPLAIN, raised, explain_due, said, calendar),) if follow_up else ()
    return (
        Promised(OWN, raised, own_due, facts.owned_at, calendar),
        Promised(MAKE_RIGHT, customer, customer + MAKE_RIGHT_WITHIN, facts.made_right_at),
        explain,
        Promised(PRELIMINARY, raised, preliminary_due, said, calendar),
        *first_word,
    )


def next_due(facts: Facts) -> datetime | None:
    """When the first promise that still runs is due; None when all are kept, or it is closed."""
    if facts.closed_at:
        return None
    return min((one.due for one in promises(facts)[:3] if one.met_at is None), default=None)


def due_dates(facts: Facts, calendar: WorkingTime | None = None) -> tuple[datetime, datetime, datetime]:
    """By when to own it, to explain it, and to answer at least preliminarily: as fixed at raising, where it was."""
    fixed = (facts.own_due, facts.explain_due, facts.preliminary_due)
    within = (OWN_WITHIN, EXPLAIN_WITHIN, PRELIMINARY_WITHIN)
    own, explain, preliminary = (
        at or after(facts.raised_at, length, calendar) for at, length in zip(fixed, within, strict=True)
    )
    return own, explain, preliminary


def after(start: datetime, length: timedelta, calendar: WorkingTime | None = None) -> datetime:
    """So much later, in working time for a team that has a calendar."""
    return calendar.due(start, length) if calendar else start + length


def _clock(one: Promised, closed: datetime | None, now: datetime) -> Clock:
    late = (one.met_at or closed or now) > one.due
    words = in_words(one, closed, now)
    return Clock(one.promise.name, one.due, one.met_at, late, words, ended=bool(closed and not one.met_at))


def in_words(one: Promised, closed: datetime | None, now: datetime) -> str:
    """How a promise stands: so long left, late by so much, kept in so long."""
    told, due = one.promise, one.due
    if one.met_at:
        late = one.met_at > due
        return (told.met_late if late else told.met) % {
            "span": one.length(due if late else one.start, one.met_at)
        }
    if closed:
        return str(told.closed)
    if now > due:
        return told.late % {"span": one.length(due, now)}
    return told.left % {"span": one.length(now, due)}


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
