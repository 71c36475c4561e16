"""The register: mechanisms, their versions, measures and phases. No field here names a culprit."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.people import access
from andon.people.models import Line, Person, Team


class MechanismQuerySet(models.QuerySet):
    """How mechanisms are looked up."""

    def in_use(self):
        return self.filter(retired_at__isnull=True)

    def visible_to(self, person):
        """Everybody at work sees the whole register: no person is measured in it."""
        return self if access.at_work(person) else self.none()

    def owned_by(self, person):
        """Those somebody owns: by name, by being in the owning team, or by leading somebody in it."""
        if not access.at_work(person):
            return self.none()
        led = Line.objects.filter(above=person, below__is_active=True).values("below__team")
        owns = models.Q(owner=person) | models.Q(owner_team__in=led)
        if person.team_id:
            owns |= models.Q(owner_team=person.team_id)
        return self.filter(owns)

    def used_by(self, person):
        """Those that somebody's team consumes."""
        if not access.at_work(person) or not person.team_id:
            return self.none()
        return self.filter(
            pk__in=Mechanism.consumers.through.objects.filter(team=person.team_id).values("mechanism")
        )


class MeasureQuerySet(models.QuerySet):
    """How measures are looked up."""

    def in_use(self):
        return self.filter(retired_at__isnull=True, mechanism__retired_at__isnull=True)

    def visible_to(self, person):
        return self if access.at_work(person) else self.none()


class Mechanism(models.Model):
    """What turns inputs into a wanted output: a checklist, a procedure, an IT system."""

    class Kind(models.TextChoices):
        CHECKLIST = "checklist", gettext_lazy("Checklist")
        PROCEDURE = "procedure", gettext_lazy("Procedure")
        IT_SYSTEM = "it_system", gettext_lazy("IT system")
        POLICY = "policy", gettext_lazy("Policy")
        HANDOVER = "handover", gettext_lazy("Handover")
        TRAINING = "training", gettext_lazy("Training")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PROCEDURE)
    purpose = models.TextField("what it is for", blank=True)
    owner_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="owned_mechanisms"
    )
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="owned_mechanisms")
    consumers = models.ManyToManyField(Team, blank=True, related_name="used_mechanisms")
    inputs = models.TextField(blank=True)
    outputs = models.TextField(blank=True)
    specification = models.TextField(blank=True)
    inspection = models.TextField("how adoption is inspected", blank=True)
    version = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = MechanismQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """What a mechanism looked like from one day on: its history."""

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    since = models.DateTimeField(default=timezone.now)
    what_changed = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "number"], name="version_once")]


class Measure(models.Model):
    """A number that a mechanism is watched by."""

    class Kind(models.TextChoices):
        PROPORTION = "proportion", gettext_lazy("Proportion: share of yes")
        VALUE = "value", gettext_lazy("Value: an average")
        COUNT = "count", gettext_lazy("Count: how many")
        RATE = "rate", gettext_lazy("Rate: how many for each")
        BETWEEN = "between", gettext_lazy("Between: how long until the next")

    class Good(models.TextChoices):
        HIGH = "high", gettext_lazy("Higher is better")
        LOW = "low", gettext_lazy("Lower is better")

    class Every(models.TextChoices):
        HOUR = "hour", gettext_lazy("Hour")
        DAY = "day", gettext_lazy("Day")
        WEEK = "week", gettext_lazy("Week")
        MONTH = "month", gettext_lazy("Month")
        QUARTER = "quarter", gettext_lazy("Quarter")

    class Season(models.TextChoices):
        NONE = "", gettext_lazy("No season")
        WEEK = "week", gettext_lazy("Within the week")
        YEAR = "year", gettext_lazy("Within the year")

    mechanism = models.ForeignKey(Mechanism, models.CASCADE, related_name="measures")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    outcome = models.CharField(
        "outcome column", max_length=120, blank=True, help_text="Empty: interactions are counted."
    )
    of = models.CharField("denominator column", max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PROPORTION)
    unit = models.CharField(max_length=20, default="share")
    good = models.CharField(max_length=4, choices=Good.choices, default=Good.HIGH)
    spec_lower = models.FloatField("lower spec limit", null=True, blank=True)
    spec_upper = models.FloatField("upper spec limit", null=True, blank=True)
    target = models.FloatField(null=True, blank=True)
    every = models.CharField(max_length=8, choices=Every.choices, default=Every.WEEK)
    season = models.CharField(max_length=4, choices=Season.choices, default=Season.NONE, blank=True)
    rules = models.CharField(max_length=20, default="nelson")
    baseline_from = models.DateField(null=True, blank=True)
    baseline_to = models.DateField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["mechanism__name", "name"]
        constraints = [models.UniqueConstraint(fields=["mechanism", "slug"], name="measure_once")]

    def __str__(self) -> str:
        return self.name


class Phase(models.Model):
    """From here on a measure has new limits: only ever by a recorded change, never by the software alone."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="phases")
    starts = models.DateTimeField()
    reason = models.CharField(max_length=240)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts"]
        constraints = [models.UniqueConstraint(fields=["measure", "starts"], name="phase_once")]
