"""Courses, and what somebody learnt and for what."""

from django.db import models

from andon.growth import reach
from andon.growth.models.promises import Promise
from andon.growth.models.skills import Skill
from andon.people.models import Person


class CourseQuerySet(models.QuerySet):
    """How courses are looked up."""

    def on_offer(self):
        return self.filter(retired_at=None)


class Course(models.Model):
    """Something one can learn, inside the house or outside."""

    name = models.CharField(max_length=160, unique=True)
    provider = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    link = models.URLField(max_length=400, blank=True)
    hours = models.FloatField(null=True, blank=True)
    skill = models.ForeignKey(Skill, models.SET_NULL, null=True, blank=True, related_name="courses")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TrainingQuerySet(models.QuerySet):
    """How trainings are looked up."""

    def visible_to(self, person):
        """One's own, and those that one's line or HR assigned."""
        return reach.own_or_assigned(self, person)

    def under_way(self):
        return self.filter(done_on=None, left_at=None)


class Training(models.Model):
    """Somebody takes a course, or learns something outside any: what for, by when, done when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="trainings")
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="trainings")
    name = models.CharField(max_length=160)
    what_for = models.TextField(blank=True)
    promise = models.ForeignKey(Promise, models.SET_NULL, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    assigned_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    learnt = models.TextField(blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return self.name
