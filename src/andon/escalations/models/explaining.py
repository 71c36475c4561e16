"""How it could happen: a draft that is posted, its tree of whys with evidence, and what others say of it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.escalations.models.acts import Entry
from andon.escalations.models.questions import Escalation
from andon.mechanisms.models import Measure, Version
from andon.people.models import Person


class Explanation(models.Model):
    """One version of an answer: a draft until it is posted, and never changed after."""

    class Failure(models.TextChoices):
        NEW_INPUT = "new_input", gettext_lazy("A new input was missed")
        OUTPUT_CHANGED = "output_changed", gettext_lazy("The wanted output changed")
        DID_NOT_SCALE = "did_not_scale", gettext_lazy("It did not scale")
        NOT_ADOPTED = "not_adopted", gettext_lazy("It was not adopted")
        NEVER_EXISTED = "never_existed", gettext_lazy("It never existed")
        OUTSIDE_SPEC = "outside_spec", gettext_lazy("It worked outside its specification")

    class MeasureWrong(models.TextChoices):
        YES = "yes", gettext_lazy("Yes, the measure itself is wrong")
        NO = "no", gettext_lazy("No, it shows what customers feel")
        CANNOT_TELL = "cannot_tell", gettext_lazy("We cannot tell yet")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="explanations")
    number = models.PositiveIntegerField(default=1)
    summary = models.TextField(blank=True)
    affected = models.PositiveBigIntegerField(null=True, blank=True)
    how_counted = models.TextField(blank=True)
    how_detected = models.TextField(blank=True)
    timeline = models.TextField(blank=True)
    version = models.ForeignKey(Version, models.SET_NULL, null=True, blank=True, related_name="+")
    spec_missed = models.TextField(blank=True)
    failure = models.CharField(max_length=16, choices=Failure.choices, blank=True, db_index=True)
    what_worked = models.TextField(blank=True)
    measure_wrong = models.CharField(max_length=12, choices=MeasureWrong.choices, blank=True)
    measure_wrong_why = models.TextField(blank=True)
    open_questions = models.TextField(blank=True)
    begun_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    edited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)
    posted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True, blank=True)
    entry = models.OneToOneField(Entry, models.SET_NULL, null=True, related_name="explanation")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "number"], name="explanation_once"),
            models.UniqueConstraint(
                fields=["escalation"], condition=Q(posted_at__isnull=True), name="explanation_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"Explanation {self.number} of {self.escalation}"

    @property
    def is_draft(self) -> bool:
        return self.posted_at is None


class WhyNode(models.Model):
    """One answer to "why?", with what it rests on. Answers under it say why that was so."""

    explanation = models.ForeignKey(Explanation, models.CASCADE, related_name="nodes")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()
    evidence = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    measure = models.ForeignKey(Measure, models.SET_NULL, null=True, blank=True, related_name="+")
    signal_key = models.CharField(max_length=80, blank=True, help_text="Shown to those who may read it.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]


class Review(models.Model):
    """What somebody says of an explanation. For all readers to see; no clock waits for it."""

    explanation = models.ForeignKey(Explanation, models.CASCADE, related_name="reviews")
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
