"""Rounds of feedback with what their rules need to know."""

from datetime import datetime

from django.db.models import Count, Q

from andon.growth.models import FeedbackRound, Invitation
from andon.growth.rules.feedback import RoundFacts
from andon.people.models import Person


def with_facts(rounds):
    """With counts, in the same query."""
    waiting = Q(invitations__answered=False, invitations__declined=False)
    return rounds.annotate(
        n_answered=Count("invitations", filter=Q(invitations__answered=True)),
        n_waiting=Count("invitations", filter=waiting),
    )


def facts_of(one: FeedbackRound) -> RoundFacts:
    """From the look-up when that was `with_facts`."""
    if not hasattr(one, "n_answered"):
        one = with_facts(FeedbackRound.objects.filter(pk=one.pk)).get()
    return RoundFacts(one.confidential, one.closes_at, one.n_answered, one.n_waiting)


def put_to(person: Person):
    """Rounds in which somebody is asked and has neither answered nor declined; nobody answers a leaver."""
    waiting = Invitation.objects.filter(to=person, answered=False, declined=False)
    return FeedbackRound.objects.filter(invitations__in=waiting, about__in=Person.objects.at_work())


def open_to(person: Person, now: datetime):
    """Of these, those that can still be answered."""
    return put_to(person).filter(closes_at__gt=now).select_related("about").order_by("closes_at")
