"""Saying thank you, with what it did for a customer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from andon.growth.actions.guards import day_of, demand_at_work, demand_colleague, demand_own, needed
from andon.growth.actions.record import put
from andon.growth.models import Recognition
from andon.people.models import Person
from andon.people.trail import record
from andon.standards.models import Behaviour


@transaction.atomic
def recognise(
    to: Person,
    what: str,
    *,
    for_customer: str,
    behaviour: Behaviour | None = None,
    by: Person,
    now: datetime,
) -> Recognition:
    """Raises PermissionDenied, ValidationError."""
    demand_at_work(by)
    demand_colleague(to, by)
    what = needed(what, _("Say what they did."))
    for_customer = needed(
        for_customer, _("Say what a customer had of it: that is what makes it more than praise.")
    )
    given = Recognition.objects.create(
        to=to, by=by, behaviour=behaviour, what=what, for_customer=for_customer, at=now
    )
    record(by, "recognised", given, now)
    return given


@transaction.atomic
def put_on_record(received: Recognition, *, by: Person, now: datetime) -> None:
    """Only who received it decides that."""
    demand_own(received.to_id, by)
    giver = received.by.name if received.by else _("somebody who left")
    put(received, by, "feedback", title=_("Recognition"), text=f"{received.what}\n\n{received.for_customer}",
        happened_on=day_of(received.at), source=_("Recognition by %(name)s") % {"name": giver},
        behaviour=received.behaviour, now=now)  # fmt: skip
