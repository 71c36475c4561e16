"""Rounds of feedback with what their rules need to know."""

from django.db.models import Count, Q

from andon.growth.models import FeedbackRound
from andon.growth.rules.feedback import RoundFacts


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
