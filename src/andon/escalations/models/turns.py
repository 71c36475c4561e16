"""Turns that a question takes: to somebody else, into another one, not yet explained, and open again."""

from django.db import models
from django.utils import timezone

from andon.escalations.models.questions import Escalation
from andon.mechanisms.models import Mechanism
from andon.people.models import Person, Team


class Rerouting(models.Model):
    """Put to somebody else, or to the owner of another mechanism. The newest holds; no clock begins again."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="reroutings")
    from_person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    from_team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    to_person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    to_team = models.ForeignKey(Team, models.SET_NULL, null=True, related_name="+")
    mechanism = models.ForeignKey(Mechanism, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Merging(models.Model):
    """The same was asked in another question: this one stays readable, and its clocks run on in that one."""

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="merging")
    into = models.ForeignKey(Escalation, models.PROTECT, related_name="merged")
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Preliminary(models.Model):
    """What is known so far, and when more will be said. It is not the cause, and stops no clock."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="preliminaries")
    text = models.TextField()
    next_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Reopening(models.Model):
    """What was closed is open again; the closing that was undone is kept here."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="reopenings")
    why = models.TextField()
    closed_reason = models.TextField(blank=True)
    closed_recurrence = models.TextField(blank=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    explain_due = models.DateTimeField(null=True, help_text="By when to explain it anew.")
    preliminary_due = models.DateTimeField(null=True)
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", help_text="Null: a change that did not help."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Thanks(models.Model):
    """Thanks to who asked or helped, for everybody to read. They are never counted."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="thanks")
    to = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["escalation", "to", "by"], name="thanked_once")]
