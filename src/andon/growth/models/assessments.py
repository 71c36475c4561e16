"""A self-assessment: written for oneself, shared when one likes, and never evidence."""

from django.db import models

from andon.growth import reach
from andon.people.models import Person


class SelfAssessmentQuerySet(models.QuerySet):
    """How self-assessments are looked up."""

    def visible_to(self, person):
        return reach.own(self, person)


class SelfAssessment(models.Model):
    """The draft; `answers` go by the key of their prompt."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="self_assessments")
    title = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SelfAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class SharedAssessmentQuerySet(models.QuerySet):
    """How versions that were shared are looked up."""

    def visible_to(self, person):
        """Who wrote it, and whom it was shared with while they are above that person."""
        return reach.shared_in_line(self, person, "assessment__person")


class SharedAssessment(models.Model):
    """A version as it was when shared: prompts and words stay; sharing anew adds the next."""

    assessment = models.ForeignKey(SelfAssessment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=list, help_text="Pairs of prompt and answer, as they read then.")
    to = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = SharedAssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="shared_version_once")]
