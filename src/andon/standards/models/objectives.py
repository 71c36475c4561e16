"""Objectives and key results, aligned up to a customer outcome; open while a cycle is, frozen after."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.mechanisms.models import Measure, Mechanism
from andon.people import access
from andon.people.access import HR_PARTNER
from andon.people.models import Line, Person, Team
from andon.standards.models.principles import InUseQuerySet


class Cycle(models.Model):
    """A stretch of time with objectives: drafted, then open, then frozen. Each is a moment with who did it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-starts", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="cycle_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_at__isnull=True) | models.Q(opened_at__isnull=False),
                name="cycle_opens_before_it_freezes",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """draft, open or frozen."""
        if self.frozen_at:
            return "frozen"
        return "open" if self.opened_at else "draft"


class ObjectiveQuerySet(models.QuerySet):
    """How objectives are looked up. Nothing counts or names a personal one to who may not see it."""

    def visible_to(self, person):
        """Those of teams and of everybody, one's own, those of one's line below; all for HR partners."""
        if not access.at_work(person):
            return self.none()
        if access.is_any(person, HR_PARTNER):
            return self
        below = Person.objects.at_work().filter(pk__in=Line.objects.filter(above=person).values("below"))
        return self.filter(
            models.Q(person__isnull=True)
            | models.Q(person=person)
            | models.Q(person__in=below.order_by().values("pk"))
        )

    def kept(self):
        """Not given up."""
        return self.filter(dropped_at__isnull=True)

    def shared(self):
        """Of teams and of everybody: there is no person in them."""
        return self.filter(person__isnull=True)

    def of(self, person: Person):
        return self.filter(person=person)


class Objective(models.Model):
    """What a team, a person or everybody wants to reach, and for which customer outcome.

    Without a cycle it is a goal of its own time. Neither a team nor a person: it is everybody's.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="objectives")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="objectives")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="objectives")
    title = models.CharField(_("objective"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="objectives")
    mechanism = models.ForeignKey(Mechanism, models.PROTECT, null=True, blank=True, related_name="objectives")
    due = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    why_dropped = models.TextField(blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(team__isnull=True) | models.Q(person__isnull=True),
                name="objective_of_a_team_or_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="objective_not_above_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def names_an_outcome(self) -> bool:
        return bool(self.measure_id or self.mechanism_id)


class KeyResult(models.Model):
    """How one will know: from a baseline to a target, in a unit, in the direction that is good."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="key_results")
    title = models.CharField(_("key result"), max_length=200)
    baseline = models.FloatField()
    target = models.FloatField()
    unit = models.CharField(max_length=20, blank=True)
    good = models.CharField(
        max_length=4, choices=[("high", _("Higher is better")), ("low", _("Lower is better"))], default="high"
    )
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="key_results")
    weight = models.FloatField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__isnull=True) | models.Q(weight__gt=0), name="weight_above_zero"
            )
        ]

    def __str__(self) -> str:
        return self.title


class CheckIn(models.Model):
    """Where a key result stands on a day, and how sure one is of reaching it, in words. Only ever added."""

    class Confidence(models.TextChoices):
        LOW = "low", _("Low: help is needed")
        MIDDLE = "middle", _("Middle: it could go either way")
        HIGH = "high", _("High: on the way")

    key_result = models.ForeignKey(KeyResult, models.CASCADE, related_name="check_ins")
    at = models.DateTimeField()
    value = models.FloatField()
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]


class Correction(models.Model):
    """What should have been written before a cycle was frozen: beside it, dated, never over it."""

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="corrections")
    text = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class ObjectiveTemplate(models.Model):
    """An objective with its key results to start from, for many people or teams at once."""

    name = models.CharField(_("name of the template"), max_length=120, unique=True)
    title = models.CharField(_("objective"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    key_results = models.JSONField(
        default=list, help_text="title, baseline, target, unit, good, weight of each."
    )
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
