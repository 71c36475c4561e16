"""How much of an outcome is the system and how much the person, as last computed.

A `Separation` holds nothing about any person. What is said of one is an `Estimate`, and `visible_to` is the only
way to it.
"""

from django.db import models
from django.utils.translation import gettext_lazy

from andon.attribution import access
from andon.people.models import Person


class SeparationQuerySet(models.QuerySet):
    """How separations are looked up."""

    def visible_to(self, person):
        """Everybody at work: there is no person in them."""
        return access.visible_separations(self, person)

    def of_measure(self, measure):
        """What was computed from the outcome of a measure; measures of one outcome share it."""
        from andon.attribution.outcomes import asked_by  # imported here, as it needs the nouns of this module

        asked = asked_by(measure)
        return self.filter(**asked._asdict()) if asked else self.none()


class Separation(models.Model):
    """One outcome of the lake, separated into mechanism, team, mix of customers, person and chance.

    The scale of the outcome is that of the data. `problem` says why nothing could be separated; then the rest is
    empty.
    """

    class Kind(models.TextChoices):
        PROPORTION = "proportion", gettext_lazy("Proportion: share of yes")
        VALUE = "value", gettext_lazy("Value: an average")
        COUNT = "count", gettext_lazy("Count: how many for each")

    outcome = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    good = models.CharField(
        max_length=4,
        choices=[("high", gettext_lazy("Higher is better")), ("low", gettext_lazy("Lower is better"))],
    )
    unit = models.CharField(max_length=20, default="share")
    computed_at = models.DateTimeField()
    starts = models.DateTimeField(null=True, help_text="The first moment of the data it was computed from.")
    ends = models.DateTimeField(null=True, help_text="The last moment of them.")
    n = models.PositiveBigIntegerField(default=0, help_text="Cases that were used.")
    workers = models.PositiveIntegerField(default=0, help_text="How many people served them.")
    unknown = models.PositiveIntegerField(
        default=0, help_text="Of these, how many the staff list does not know."
    )
    sentence = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    shares = models.JSONField(default=list, help_text="name, group, share, low, high of each part.")
    mechanisms = models.JSONField(default=list, help_text="One row a mechanism: effect with interval.")
    teams = models.JSONField(default=list, help_text="One row a team of five people or more.")
    small_teams = models.JSONField(default=dict, help_text="How many smaller teams there are; never which.")
    funnels = models.JSONField(default=dict, help_text="Rows of teams and of sites, never of people.")
    watched = models.JSONField(default=dict, help_text="Risk-adjusted CUSUM by mechanism.")
    standard = models.FloatField(null=True)
    standard_basis = models.TextField(blank=True)
    usual = models.FloatField(null=True, help_text="What the usual person reaches on the usual mix of work.")
    verdicts = models.BooleanField(
        default=False, help_text="Whether the check on held-out periods allows any."
    )
    counts = models.JSONField(default=dict, help_text="How many people each verdict was given to.")
    rankings = models.JSONField(
        default=list, help_text="What a list by raw numbers would have said, as counts."
    )
    model = models.JSONField(default=dict, help_text="The model, those it was compared with, and its check.")
    warnings = models.JSONField(default=list)
    notes = models.JSONField(default=list)

    objects = SeparationQuerySet.as_manager()

    class Meta:
        ordering = ["outcome", "kind", "good"]
        constraints = [models.UniqueConstraint(fields=["outcome", "kind", "good"], name="separation_once")]

    def __str__(self) -> str:
        return self.outcome


class EstimateQuerySet(models.QuerySet):
    """How estimates are looked up."""

    def visible_to(self, person):
        """Somebody's own: see `access.visible_estimates`."""
        return access.visible_estimates(self, person)


class Estimate(models.Model):
    """What the numbers can say of one person in one outcome, on the scale of the outcome.

    `adjusted`, `low` and `high`: what they would reach on the usual mix of work, with its 95 % interval.
    `p_below`: how probable it is that they are truly on the wrong side of the standard.
    """

    class Verdict(models.TextChoices):
        BELOW = "below standard", gettext_lazy("Below the standard")
        MEETS = "meets standard", gettext_lazy("Meets the standard")
        CANNOT_TELL = "cannot tell", gettext_lazy("Cannot tell")
        INSEPARABLE = "cannot be separated", gettext_lazy("Cannot be separated")

    separation = models.ForeignKey(Separation, models.CASCADE, related_name="estimates")
    person = models.ForeignKey(Person, models.CASCADE, related_name="estimates")
    n = models.PositiveBigIntegerField()
    mechanisms = models.PositiveIntegerField()
    raw = models.FloatField(null=True)
    adjusted = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    lasting = models.FloatField(
        null=True, help_text="`adjusted` without the one stretch of time that speaks most against them."
    )
    p_below = models.FloatField(null=True)
    reliability = models.FloatField(null=True)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    why = models.TextField(blank=True)

    objects = EstimateQuerySet.as_manager()

    class Meta:
        ordering = ["separation__outcome", "pk"]
        constraints = [models.UniqueConstraint(fields=["separation", "person"], name="estimate_once")]
