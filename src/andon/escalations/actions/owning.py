"""Taken on, and put to somebody else. The clocks run on from where they are."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.escalations import access, telling
from andon.escalations.actions.common import check, closed, demand, locked, refuse, take_on
from andon.escalations.asking import addressee
from andon.escalations.cases import put_to_of
from andon.escalations.models import Escalation, Naming, Ownership, Rerouting
from andon.escalations.rules import LONGEST_TEXT, acts, problem_long
from andon.mechanisms.models import Mechanism
from andon.people.access import at_work
from andon.people.models import Person, Team
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def own(escalation: Escalation, by: Person, now: datetime) -> Ownership:
    """Takes a question on. The first time stops the clock; the same person twice changes nothing."""
    one = locked(escalation)
    demand(access.may_own(by, one), _("Taken on by whom it is put to, or by a leader."))
    if closed(one):
        raise ValidationError(_("This question is closed. Ask anew if something is left to do."))
    taken = take_on(one, by, now)
    if taken.at == now:
        telling.happened(
            one, f"owned:{taken.pk}", lambda: _("%(name)s took it on.") % {"name": by.name}, by, now
        )
    return taken


@transaction.atomic
def reroute(
    escalation: Escalation,
    *,
    why: str,
    by: Person,
    now: datetime,
    to_person: Person | None = None,
    to_team: Team | None = None,
    mechanism: Mechanism | None = None,
) -> Rerouting:
    """Puts it to somebody else: a person, a team, or the owner of another mechanism; with none of them to triage.

    Whoever had it is free of it; that it was owned in time stays, and no clock begins again.
    """
    one, why = locked(escalation), tidy(why)
    demand(access.may_name(by, one), _("Passed on by who asked, whom it is put to, or a leader."))
    person, team = _where(to_person, to_team, mechanism)
    check(one, acts.Act("reroute", to=put_to_of(person, team), why=why), now)
    refuse(problem_long(why, LONGEST_TEXT))
    turned = Rerouting.objects.create(
        escalation=one, from_person=one.to_person, from_team=one.to_team, to_person=person, to_team=team,
        mechanism=mechanism, why=why, by=by, at=now,
    )  # fmt: skip
    _put(one, person, team, mechanism, now)
    record(by, "passed on", one, now, to=one.addressee)
    telling.put_on(one, f"rerouted:{turned.pk}", why, by, now)
    return turned


def _where(to_person, to_team, mechanism) -> tuple[Person | None, Team | None]:
    if to_person is not None and not at_work(to_person):
        raise ValidationError(
            _("%(name)s does not work here any more. Choose somebody else.") % {"name": to_person.name}
        )
    if mechanism is not None and mechanism.retired_at:
        raise ValidationError(_("This mechanism is retired, so nobody would answer. Choose one in use."))
    if to_person is not None or to_team is not None:
        return to_person, to_team or to_person.team
    return addressee(mechanism)


def _put(one: Escalation, person, team, mechanism, now: datetime) -> None:
    one.to_person, one.to_team, one.mechanism = person, team, mechanism or one.mechanism
    one.save(update_fields=["to_person", "to_team", "mechanism"])
    one.ownerships.filter(ended_at=None).update(ended_at=now)


@transaction.atomic
def name_mechanism(escalation: Escalation, mechanism: Mechanism, by: Person, now: datetime) -> Escalation:
    """Says which mechanism a question is about and so puts it to its owner.

    Clocks run on from where they are.
    """
    one = locked(escalation)
    demand(access.may_name(by, one), _("Named by who asked, whom it is put to, analysts and administrators."))
    if closed(one):
        raise ValidationError(_("This question is closed."))
    if mechanism.retired_at:
        raise ValidationError(_("This mechanism is retired, so nobody would answer. Choose one in use."))
    if one.mechanism_id == mechanism.pk:
        return one
    one.mechanism, one.to_person, one.to_team = mechanism, *addressee(mechanism)
    one.save(update_fields=["mechanism", "to_person", "to_team"])
    naming = Naming.objects.create(escalation=one, mechanism=mechanism, by=by, at=now)
    record(by, "named the mechanism", one, now, mechanism=mechanism.slug)
    telling.put_on(one, f"named:{naming.pk}", "", by, now)
    return one
