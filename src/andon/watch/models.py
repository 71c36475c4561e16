"""Charts of measures and their exceptions, and clusters of signals, as last computed."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.mechanisms.models import Measure, Mechanism
from andon.signals.models import Signal
from andon.watch.lookup import ClusterQuerySet, ComplaintsQuerySet


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


CALLED = {
    "channel": gettext_lazy("by %(value)s"),
    "rating": gettext_lazy("%(value)s rating"),
    "language": gettext_lazy("in %(value)s"),
}
"""As a value reads in a title."""
MOST_TERMS = 3


def _within(term: str, values: list[str]) -> bool:
    return any(term.casefold() in value.casefold() for value in values)


class Cluster(models.Model):
    """Signals alike in words, attributes and time, more than chance allows.

    Found again the next day it is the same row: it grows while it goes on, and is never deleted, as questions
    point at it.
    """

    slice = models.JSONField(default=dict, help_text="Attribute to value, as a reader knows them.")
    terms = models.JSONField(default=list, help_text="Words and phrases its signals share.")
    starts = models.DateTimeField()
    ends = models.DateTimeField(help_text="Up to, not including.")
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    ratio = models.FloatField(null=True, help_text="Observed to expected; null where none was expected.")
    p = models.FloatField(help_text="Adjusted for how many slices, words and days were looked at.")
    customers = models.PositiveIntegerField(default=0, help_text="Distinct ones.")
    sentence = models.TextField()
    artefacts = models.JSONField(default=list, help_text="Sentences: what else could look like this.")
    curve = models.JSONField(
        default=dict, help_text="Columns: at, count, expected, upper, inside; and every."
    )
    kind = models.CharField(max_length=8, default="count", help_text="count, or rate: worse, not more.")
    contacts = models.PositiveIntegerField(default=0, help_text="Signals, also those of one customer.")
    mechanism = models.ForeignKey(Mechanism, models.SET_NULL, null=True, blank=True, related_name="clusters")
    signals = models.ManyToManyField(Signal, through="Membership", related_name="clusters")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True, help_text="Null: it still goes on.")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen", "p", "-pk"]
        indexes = [models.Index(fields=["over_at", "-last_seen"])]

    def __str__(self) -> str:
        return f"Cluster {self.pk}"

    @property
    def goes_on(self) -> bool:
        return self.over_at is None

    @property
    def title(self) -> str:
        """What its signals have in common, in a few words."""
        values = [str(value) for value in self.slice.values()]
        shared = [
            CALLED.get(name, "%(value)s") % {"value": _(str(value)) if value else ""}
            for name, value in self.slice.items()
        ]
        terms = [term for term in self.terms if not _within(term, values)][:MOST_TERMS]
        said = [_("“%(text)s”") % {"text": term} for term in terms]
        title = " · ".join([*shared, *said]) or _("More than usual of everything")
        return title[0].upper() + title[1:]


class Membership(models.Model):
    """A signal of a cluster; `rank` 0 reads best as an example."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="memberships")
    signal = models.ForeignKey(Signal, models.CASCADE, related_name="memberships")
    rank = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["cluster", "signal"], name="member_once")]
        indexes = [models.Index(fields=["cluster", "rank", "signal"], name="member_ranked")]


class Complaints(models.Model):
    """How many customers complain about a mechanism, week by week, and whether that rises."""

    mechanism = models.OneToOneField(Mechanism, models.CASCADE, related_name="complaints")
    computed_at = models.DateTimeField()
    curve = models.JSONField(
        default=dict, help_text="Columns: at, count (of customers), expected, upper, inside."
    )
    rising = models.BooleanField(default=False)
    since = models.DateTimeField(null=True, blank=True)
    customers = models.PositiveIntegerField(default=0, help_text="Distinct ones since then.")
    expected = models.FloatField(default=0)
    sentence = models.TextField(blank=True)

    objects = ComplaintsQuerySet.as_manager()

    class Meta:
        ordering = ["-rising", "-customers"]
