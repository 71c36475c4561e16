"""What happened with a question, in order: asked, taken on, answered, made right, closed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from andon.escalations.models import Entry, Escalation
from andon.people.models import Person

GOOD = {Entry.Kind.MADE_RIGHT, Entry.Kind.EXPLAINED, Entry.Kind.ANSWER}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `kind` colours its dot: "", "key", "cord" or "good"."""

    at: datetime
    title: str
    text: str = ""
    by: Person | None = None
    kind: str = ""


def story(escalation: Escalation, readable: bool) -> list[Step]:
    """Oldest first. What was written is left out for those who may not read the customer's words."""
    steps = [
        *_beginning(escalation),
        *_owned(escalation),
        *_written(escalation, readable),
        *_named(escalation),
    ]
    return sorted(steps + _ending(escalation, readable), key=lambda step: step.at)


def _beginning(escalation: Escalation) -> list[Step]:
    raised = Step(escalation.raised_at, _("Asked"), by=escalation.raised_by, kind="cord")
    if not escalation.signal_id and not escalation.cluster_id:
        return [raised]
    told = _("The customer told us") if escalation.signal_id else _("The first of these customers told us")
    return [Step(escalation.customer_since, told), raised]


def _owned(escalation: Escalation) -> list[Step]:
    taken = escalation.ownerships.all()
    return [
        Step(one.at, _("Taken on") if i == 0 else _("Taken over"), by=one.by, kind="key")
        for i, one in enumerate(taken)
    ]


def _written(escalation: Escalation, readable: bool) -> list[Step]:
    return [
        Step(
            one.at,
            one.get_kind_display(),
            one.text if readable else "",
            one.by,
            "good" if one.kind in GOOD else "",
        )
        for one in escalation.entries.all()
    ]


def _named(escalation: Escalation) -> list[Step]:
    return [
        Step(one.at, _("It is about %(mechanism)s") % {"mechanism": one.mechanism}, by=one.by)
        for one in escalation.namings.all()
    ]


def _ending(escalation: Escalation, readable: bool) -> list[Step]:
    closing = getattr(escalation, "closing", None)
    if closing is None:
        return []
    return [Step(closing.at, _("Closed"), closing.reason if readable else "", closing.by, "key")]
