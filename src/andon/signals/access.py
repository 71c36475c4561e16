"""Who may read which signal, and who may bring or sort what."""

from django.db.models import Q

from andon.mechanisms.models import Mechanism
from andon.people.access import is_any, may_bring_data, may_bring_people, roles_of
from andon.signals.mailboxes import Arrival

SEE_ALL = frozenset({"leader", "analyst", "administrator"})


def visible(signals, person):
    """`signals` that `person` may read.

    Leaders, analysts and administrators read all. Others read what concerns the mechanisms that they own or
    that their team owns or uses, what they passed on, and what they asked about or were asked about.
    """
    roles = roles_of(person)
    if not roles:
        return signals.none()
    if roles & SEE_ALL:
        return signals
    concerning = Q(mechanism__in=_concerning(person)) | Q(pk__in=_passed_on(person))
    return signals.filter(concerning | Q(pk__in=_asked(signals, person)))


def assignable(signals, person):
    """Of `signals`, those whose mechanism `person` may say: reading all, or answering for it."""
    if roles_of(person) & SEE_ALL:
        return signals
    if not roles_of(person):
        return signals.none()
    return signals.filter(mechanism__in=Mechanism.objects.filter(_owned(person)).values("pk"))


def _owned(person) -> Q:
    team = Q(owner_team=person.team_id) if person.team_id else Q()
    return Q(owner=person) | team


def _concerning(person):
    concerns = _owned(person)
    if person.team_id:
        used = Mechanism.consumers.through.objects.filter(team_id=person.team_id).values("mechanism_id")
        concerns |= Q(pk__in=used)
    return Mechanism.objects.filter(concerns).values("pk")


def _passed_on(person):
    """What somebody forwarded themselves they know already."""
    return Arrival.objects.filter(by=person, signal__isnull=False).order_by().values("signal")


def _asked(signals, person):
    """Signals in a question that the person raised, or that was put to them or to their team.

    Questions are a stage above this one, so they are reached through the relation they hold to a signal.
    """
    tied = Q(escalations__raised_by=person) | Q(escalations__to_person=person)
    if person.team_id:
        tied |= Q(escalations__to_team=person.team_id)
    return signals.model.objects.filter(tied).values("pk")


def may_see_contact(person, signal) -> bool:
    """Who wrote, by name: for those who answer customers. Everybody else sees a pseudonym."""
    if is_any(person, "leader", "administrator"):
        return True
    mechanism = signal.mechanism
    if mechanism is None or not roles_of(person):
        return False
    in_team = person.team_id is not None and mechanism.owner_team_id == person.team_id
    return in_team or mechanism.owner_id == person.pk


def may_read_mail(person) -> bool:
    """Mail as it came, with everybody's name in it: for those who may see every contact."""
    return is_any(person, "leader", "administrator")


def may_keep_mailboxes(person) -> bool:
    return is_any(person, "administrator")


def may_bring(person, holds: str) -> bool:
    """May this person bring a file that holds this?"""
    return may_bring_people(person) if holds == "people" else may_bring_data(person)
