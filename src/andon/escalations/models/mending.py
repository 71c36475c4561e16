"""What changes: a countermeasure with the test of its effect, written before it is made."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.escalations.models.questions import Escalation
from andon.mechanisms.models import Measure, Mechanism, Phase
from andon.people.models import Person


class Verdict(models.TextChoices):
    EFFECTIVE = "effective", gettext_lazy("Effective")
    PARTIAL = "partial", gettext_lazy("Partly effective")
    INEFFECTIVE = "ineffective", gettext_lazy("Not effective")
    TOO_FEW = "too_few", gettext_lazy("Too few to tell")


class Countermeasure(models.Model):
    """A change to a mechanism. Its test is fixed when it is planned, and never changed after."""

    class Side(models.TextChoices):
        AT_MOST = "at_most", gettext_lazy("at most")
        AT_LEAST = "at_least", gettext_lazy("at least")

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="countermeasures")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="countermeasures")
    what = models.TextField()
    on_measure = models.BooleanField(default=False, help_text="Changes how it is measured.")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="countermeasures")
    side = models.CharField(max_length=8, choices=Side.choices)
    level = models.FloatField()
    window_days = models.PositiveIntegerField()
    baseline = models.JSONField(default=dict, help_text="As the chart showed it when this was planned.")
    watched = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", help_text="For a side effect."
    )
    watched_baseline = models.JSONField(default=dict)
    no_side_effect = models.TextField(blank=True, help_text="Why none is watched.")
    due_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Countermeasure {self.pk}"

    @property
    def due_at(self) -> datetime:
        """The end of the day on which it is to be in place."""
        return timezone.make_aware(datetime.combine(self.due_on, time())) + timedelta(days=1)


class InPlace(models.Model):
    """The change was made: `since` is when it came, `at` when that was written down."""

    countermeasure = models.OneToOneField(Countermeasure, models.CASCADE, related_name="in_place")
    since = models.DateTimeField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class WatchingOn(models.Model):
    """Too few to tell: it is watched for some more days."""

    countermeasure = models.ForeignKey(Countermeasure, models.CASCADE, related_name="extensions")
    days = models.PositiveIntegerField()
    why = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    @property
    def length(self) -> timedelta:
        return timedelta(days=self.days)


class Judgement(models.Model):
    """What the chart's points said when the window was over. Kept with the figures it rests on."""

    countermeasure = models.ForeignKey(Countermeasure, models.CASCADE, related_name="judgements")
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    sentence = models.TextField()
    side_sentence = models.TextField(blank=True)
    side_worse = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", help_text="Null: the daily round."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]


class Dropping(models.Model):
    """It is not done, or no longer watched; why."""

    countermeasure = models.OneToOneField(Countermeasure, models.CASCADE, related_name="dropping")
    why = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


def window_end(countermeasure: Countermeasure) -> datetime | None:
    """When there is enough to judge by; None until it is in place."""
    in_place = getattr(countermeasure, "in_place", None)
    if in_place is None:
        return None
    more = sum((one.length for one in countermeasure.extensions.all()), timedelta())
    return in_place.since + timedelta(days=countermeasure.window_days) + more
