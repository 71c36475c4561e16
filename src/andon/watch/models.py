"""Charts of measures and their exceptions, as last computed."""

from django.db import models

from andon.mechanisms.models import Measure


class Chart(models.Model):
    """The chart of a measure as last computed, with all that is needed to draw it and to check it."""

    measure = models.OneToOneField(Measure, models.CASCADE, related_name="chart")
    computed_at = models.DateTimeField()
    through = models.DateTimeField(null=True, help_text="The last moment the data know of.")
    chart_kind = models.CharField(max_length=20, blank=True)
    why = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    warnings = models.JSONField(default=list)
    points = models.JSONField(
        default=dict, help_text="Columns: at, n, value, centre, lower, upper, marks, reasons, phase."
    )
    latest = models.FloatField(null=True)
    latest_words = models.CharField(max_length=40, blank=True)
    out = models.BooleanField(default=False, help_text="Out of spec now, on the side that is worse.")
    since = models.DateTimeField(null=True)
    customers = models.PositiveBigIntegerField(default=0, help_text="Touched since the exception began.")
    strength = models.FloatField(default=0)
    p_value = models.FloatField(null=True)
    tile = models.TextField(blank=True, help_text="The small picture, ready to show.")

    class Meta:
        indexes = [models.Index(fields=["-out", "-customers", "-strength"])]


class ChartException(models.Model):
    """A point that a chart's rules mark, with its reason in words. Survives recomputation, so that it can
    be asked about.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="exceptions")
    at = models.DateTimeField()
    value = models.FloatField()
    n = models.FloatField(null=True)
    centre = models.FloatField(null=True)
    rules = models.CharField(max_length=120)
    reason = models.TextField()
    worse = models.BooleanField(null=True, help_text="Null: neither side is better.")
    strength = models.FloatField(default=0)
    customers = models.PositiveBigIntegerField(default=0)
    first_seen = models.DateTimeField()
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="No longer marked, after more or better data."
    )

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["measure", "at"], name="exception_once")]
