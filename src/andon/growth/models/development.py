"""A development plan: its person's alone to share, and never evidence. Nothing above this stage may point at it."""

from django.db import models

from andon.growth import reach
from andon.people.models import Person


class DevelopmentPlanQuerySet(models.QuerySet):
    """How development plans are looked up."""

    def visible_to(self, person):
        """One's own, and those that are shared with one by name."""
        return reach.own_or_named(self, person)

    def current(self):
        return self.filter(ended_at=None)


class DevelopmentPlan(models.Model):
    """Where somebody wants to go. One at a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="development_plans")
    title = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DevelopmentPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="one_development_plan_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Goal(models.Model):
    """Something to reach."""

    plan = models.ForeignKey(DevelopmentPlan, models.CASCADE, related_name="goals")
    text = models.CharField(max_length=300)
    by_when = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Step(models.Model):
    """One thing to do towards a goal."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300)
    by_when = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class PlanShare(models.Model):
    """Somebody named may read the plan, until that is taken back."""

    plan = models.ForeignKey(DevelopmentPlan, models.CASCADE, related_name="shares")
    to = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="When they last read it.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["to__name"]
