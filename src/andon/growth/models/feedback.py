"""Feedback: asked for, named or confidential, and given unasked.

A confidential answer holds no person and no moment. Its key is random, and all answers of a round are written anew
whenever one is added, so that neither keys nor the order of rows tell who wrote when.
"""

import uuid

from django.db import models

from andon.evidence.models import Item
from andon.growth import reach
from andon.people.models import Person
from andon.standards.models import Behaviour


class FeedbackRoundQuerySet(models.QuerySet):
    """How rounds are looked up."""

    def of(self, person):
        return self.filter(about=person)

    def put_to(self, person):
        """Those in which somebody is asked."""
        return reach.between(self, person, "invitations__to")

    def visible_to(self, person):
        """One's own, and those that were shared with one and still are."""
        return reach.own_or_shared(self, person, "about")


class FeedbackRound(models.Model):
    """A question that somebody put to colleagues about themselves. Named or confidential for good."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.ForeignKey(Person, models.CASCADE, related_name="feedback_rounds")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    question = models.TextField()
    confidential = models.BooleanField()
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    objects = FeedbackRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.question


class Invitation(models.Model):
    """Somebody is asked. `answered` carries no time, and a decline gives no reason."""

    round = models.ForeignKey(FeedbackRound, models.CASCADE, related_name="invitations")
    to = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answered = models.BooleanField(default=False)
    declined = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "to"], name="asked_for_feedback_once"),
            models.CheckConstraint(
                condition=~models.Q(answered=True, declined=True), name="answered_or_declined"
            ),
        ]


class Answer(models.Model):
    """What somebody answered. Confidential: nobody is named, and `on` is the day on which the round closes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(FeedbackRound, models.CASCADE, related_name="answers")
    text = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    item = models.OneToOneField(Item, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["id"]  # random


class FeedbackQuerySet(models.QuerySet):
    """How feedback given unasked is looked up."""

    def visible_to(self, person):
        return reach.own_or_shared(self, person, "about", "by")


class Feedback(models.Model):
    """Given unasked and by name; who it is about sees it at once."""

    about = models.ForeignKey(Person, models.CASCADE, related_name="feedback")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    behaviour = models.ForeignKey(Behaviour, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    item = models.OneToOneField(Item, models.SET_NULL, null=True, related_name="+")

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]


class FeedbackShare(models.Model):
    """The person shared a round, or feedback given unasked, with somebody above them; `ended_at` takes it back."""

    round = models.ForeignKey(FeedbackRound, models.CASCADE, null=True, related_name="shares")
    feedback = models.ForeignKey(Feedback, models.CASCADE, null=True, related_name="shares")
    to = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(round=None) ^ models.Q(feedback=None), name="one_thing_is_shared"
            )
        ]
