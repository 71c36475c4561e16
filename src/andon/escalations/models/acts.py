"""What happens to a question: things with who and when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.escalations.models.questions import Escalation
from andon.mechanisms.models import Mechanism
from andon.people.models import Person


class Ownership(models.Model):
    """Somebody took the question on. The newest holds, until it goes to others; the first stops the clock."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="ownerships")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="It was put to somebody else.")

    class Meta:
        ordering = ["at", "pk"]


class Entry(models.Model):
    """Something written to the story of an escalation."""

    class Kind(models.TextChoices):
        NOTE = "note", gettext_lazy("Note")
        ANSWER = "answer", gettext_lazy("Answer to who asked")
        MADE_RIGHT = "made_right", gettext_lazy("Made right for the customer")
        EXPLAINED = "explained", gettext_lazy("How it could happen")
        ALSO_ASKED = "also_asked", gettext_lazy("Somebody else asks the same")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Closing(models.Model):
    """The end of an escalation: with an answer to the customer, or a reason why none was needed."""

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="closing")
    reason = models.TextField(blank=True)
    recurrence = models.TextField(
        blank=True, help_text="What had come back by then, as counted when it was closed."
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class Naming(models.Model):
    """Somebody said which mechanism a question is about, in triage or later.

    The newest holds; clocks run on.
    """

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="namings")
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
