"""Which columns of the lake say what a customer felt, and which are metrics of the work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from andon.attribution.outcomes import plain
from andon.mechanisms.models import Measure

HIGH, LOW = "high", "low"
NUMERIC = ("number", "truth", "duration")


@dataclass(frozen=True, slots=True)
class Known:
    """A number that every contact centre has: what it is called, names its column may have, and which way is better."""

    key: str
    label: str
    columns: tuple[str, ...]
    good: str
    unit: str = ""


CSAT = Known("csat", _("Satisfaction (CSAT)"), ("csat", "satisfaction", "customer_satisfaction"), HIGH)
NPS = Known("nps", _("Recommendation (NPS)"), ("nps", "recommend", "likelihood_to_recommend"), HIGH)
EFFORT = Known("effort", _("Effort"), ("effort", "ces", "customer_effort", "effort_score"), LOW)
REPEAT = Known(
    "repeat", _("Repeat contact"), ("repeat_contact", "repeat", "recontact", "came_back", "called_again"), LOW
)
HANDLING = Known("handling", _("Handling time"), ("handling_time", "handle_time", "aht"), LOW, "seconds")
TALK = Known("talk", _("Talk time"), ("talk_time",), LOW, "seconds")
WRAP = Known(
    "wrap", _("Wrap-up time"), ("wrap_time", "wrap_up_time", "after_call_work", "acw"), LOW, "seconds"
)
WAIT = Known(
    "wait", _("Waiting time"), ("wait_time", "waiting_time", "queue_time", "speed_of_answer", "asa"), LOW, "seconds"
)  # fmt: skip
RESOLVE = Known("resolve", _("Time to resolve"), ("time_to_resolve", "resolution_time", "ttr"), LOW, "hours")
FIRST = Known(
    "first", _("First-contact resolution"),
    ("resolved_first", "first_contact_resolution", "fcr", "settled_first", "first_contact_resolved"), HIGH,
)  # fmt: skip
ABANDONED = Known("abandoned", _("Abandonment"), ("abandoned", "abandonment", "hung_up"), LOW)
TRANSFERS = Known("transfers", _("Transfers"), ("transfers", "transferred", "handovers"), LOW)
ADHERENCE = Known("adherence", _("Schedule adherence"), ("schedule_adherence", "adherence"), HIGH)
IDLE = Known(
    "idle", _("Time free between contacts"), ("idle_time", "available_time", "ready_time"), HIGH, "seconds"
)

CUSTOMERS = (CSAT, NPS, EFFORT, REPEAT)
"""What customers feel, that which is nearest to their heart first."""
WORK = (HANDLING, TALK, WRAP, WAIT, RESOLVE, FIRST, ABANDONED, TRANSFERS, ADHERENCE)
ALL = (*CUSTOMERS, *WORK, IDLE)
_NAMED = {name: known for known in ALL for name in known.columns}


def folded(column: str) -> str:
    return "_".join(column.casefold().replace("-", " ").replace("_", " ").split())


def known(column: str) -> Known | None:
    """What a column is, by its name."""
    return _NAMED.get(folded(column))


def label(column: str) -> str:
    """A column as a reader knows it."""
    found = known(column)
    if found:
        return str(found.label)
    words = plain(column)
    return words[:1].upper() + words[1:]


def column_of(wanted: Known, columns: Iterable[str]) -> str:
    """The column that holds it, or ""; the first name of the list that is there."""
    there = {folded(name): name for name in reversed(list(columns))}
    return next((there[name] for name in wanted.columns if name in there), "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What customers got: a column, and which side is better."""

    column: str
    good: str


def outcomes(columns: Mapping[str, str], measures: Iterable[Measure], named: Iterable[str]) -> list[Outcome]:
    """What customers feel, as far as the lake holds it: columns known by name, then those that standards or
    objectives are meant to move (`named`). As the register counts them."""
    told = directions(measures)
    usual = {column_of(one, columns): one.good for one in CUSTOMERS}
    found = dict.fromkeys([*usual, *(name for name in named if name in columns)])
    return [
        Outcome(name, told.get(name) or usual.get(name) or HIGH)
        for name in found
        if name and columns[name] in NUMERIC
    ]


def directions(measures: Iterable[Measure]) -> dict[str, str]:
    """Which way of a column is better, where all measures of it agree."""
    found: dict[str, set[str]] = {}
    for one in measures:
        if one.kind != Measure.Kind.BETWEEN and one.outcome:
            found.setdefault(one.outcome, set()).add(one.good)
    return {name: sides.pop() for name, sides in found.items() if len(sides) == 1}


def metrics(
    outcome: str, columns: Mapping[str, str], measures: Iterable[Measure], felt: Iterable[Outcome]
) -> tuple[str, ...]:
    """Columns to set beside an outcome: those that measures count and those known by name.

    Of what customers feel, only what stands further down, and never how they feel in all: that whoever is satisfied
    also recommends says nothing of the work.
    """
    order = [one.column for one in felt]
    above = set(order[: order.index(outcome) + 1]) if outcome in order else {outcome}
    above |= {name for name in columns if known(name) in (CSAT, NPS)}
    counted = {one.outcome for one in measures if one.outcome}
    return tuple(
        name
        for name, kind in columns.items()
        if kind in NUMERIC and name not in above and (name in counted or known(name) not in (None, IDLE))
    )
