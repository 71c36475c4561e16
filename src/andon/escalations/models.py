"""A question to the owner of a mechanism, with clocks. There is no approver and no culprit."""

from django.db import models
from django.utils import timezone

from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person, Team
from andon.signals.models import Signal
from andon.watch.models import ChartException


class Escalation(models.Model):
    """One "?". Its state is what has happened to it: owned, answered, made right, closed are things with who and when."""

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, null=True, blank=True, related_name="escalations")
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="escalations")
    to_person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="escalations_to")
    raised_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="raised_escalations")
    raised_at = models.DateTimeField(default=timezone.now)
    customer_since = models.DateTimeField(help_text="When the customer's clock began: receipt of what they said.")
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, blank=True, related_name="escalations")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="escalations")
    point_at = models.DateTimeField(null=True, blank=True, help_text="The point of the chart that was asked about.")
    exception = models.ForeignKey(ChartException, models.PROTECT, null=True, blank=True, related_name="escalations")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Escalation {self.number}"


class Ownership(models.Model):
    """Somebody took the question on. The newest holds; the first stops the clock."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="ownerships")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Entry(models.Model):
    """Something written to the story of an escalation."""

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        ANSWER = "answer", "Answer to who asked"
        MADE_RIGHT = "made_right", "Made right for the customer"
        EXPLAINED = "explained", "How it could happen"

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Closing(models.Model):
    """The end of an escalation: with an answer to the customer, or a reason why none was needed."""

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="closing")
    reason = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
