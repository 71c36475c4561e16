"""What somebody is employed as, and since when. What somebody may do in Andon is another matter: `people.Grant`."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.people.models import Person
from andon.standards.models.principles import InUseQuerySet


class JobRole(models.Model):
    """A role that people are employed in: what it is for, and which customer outcome it serves."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("what the role is for"), blank=True)
    serves = models.TextField(_("which customer outcome it serves"), blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = InUseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def covering(on: date, prefix: str = "") -> models.Q:
    """Begun on or before a day and not ended by it; `ends` is the first day after."""
    ends = f"{prefix}ends"
    return models.Q(**{f"{prefix}starts__lte": on}) & (
        models.Q(**{f"{ends}__isnull": True}) | models.Q(**{f"{ends}__gt": on})
    )


class HoldingQuerySet(models.QuerySet):
    """How holdings are looked up."""

    def on(self, day: date):
        return self.filter(covering(day))

    def of(self, person: Person, on: date):
        """The roles somebody holds on a day."""
        return self.on(on).filter(person=person).select_related("job_role")


class Holding(models.Model):
    """Somebody holds a role from a day on; `ends` is the first day on which they no longer do."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="holdings")
    job_role = models.ForeignKey(JobRole, models.PROTECT, related_name="holdings")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "job_role", "starts"], name="holding_once"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gt=models.F("starts")),
                name="holding_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.job_role}"
