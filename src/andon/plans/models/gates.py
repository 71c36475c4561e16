"""A look at the gate: by whom, when, why, and what it said. Kept as it was, and shown to the person."""

from datetime import date

from django.db import models

from andon.growth.models.kept import Written
from andon.people.models import Person
from andon.plans import access
from andon.plans.rules.gate import Gate
from andon.standards.models import Standard, StandardVersion


class ExaminationQuerySet(models.QuerySet):
    """How examinations are looked up."""

    def of(self, person: Person):
        return self.filter(person=person)

    def visible_to(self, reader):
        """Of those in the reader's line, and of anybody else for HR partners: see `access.within_reach`."""
        return access.within_reach(self, reader).legible()

    def legible(self):
        """What it said was not erased."""
        return self.exclude(conditions={})

    def complete(self):
        related = (
            "person",
            "by",
            "standard__job_role",
            "standard__measure__mechanism",
            "standard__behaviour",
        )
        return self.select_related(*related, "version").prefetch_related("overrides__by")


class Examination(Written):
    """The six conditions for one person and one standard, as they were on a day."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="examinations")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=8)
    reason = models.TextField()
    starts = models.DateField()
    ends = models.DateField()
    conditions = models.JSONField()

    objects = ExaminationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self) -> str:
        return f"Examination {self.pk}"

    @property
    def gate(self) -> Gate:
        return Gate.of(self.conditions)

    @property
    def overridden(self) -> frozenset[int]:
        return frozenset(one.condition for one in self.overrides.all())

    @property
    def on(self) -> date:
        return self.at.date()


class Override(Written):
    """HR lets one condition be left out, and says why. The person reads it; it is counted."""

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="overrides")
    condition = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["examination", "condition"], name="override_once")]
