"""Skills in words, what job roles want of them, and what somebody has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.growth import reach
from andon.people.models import Person
from andon.standards.models import JobRole


class SkillQuerySet(models.QuerySet):
    """How skills are looked up."""

    def in_use(self):
        return self.filter(retired_at=None)


class Skill(models.Model):
    """Something one can learn to do."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Level(models.Model):
    """A word for how far a skill goes, with an anchor: what one sees somebody do who is there."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="levels")
    step = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=60)
    anchor = models.TextField()

    class Meta:
        ordering = ["skill", "step"]
        constraints = [models.UniqueConstraint(fields=["skill", "step"], name="level_once")]

    def __str__(self) -> str:
        return self.word


class RoleSkill(models.Model):
    """What a job role wants of a skill."""

    job_role = models.ForeignKey(JobRole, models.CASCADE, related_name="wanted_skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="wanted_by")
    wanted = models.ForeignKey(Level, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["skill__name"]
        constraints = [models.UniqueConstraint(fields=["job_role", "skill"], name="role_skill_once")]


class PersonSkillQuerySet(models.QuerySet):
    """How what somebody has is looked up."""

    def visible_to(self, person):
        return reach.own(self, person)


class PersonSkill(models.Model):
    """What somebody says of themselves, with an example."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="+")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    example = models.TextField(blank=True)
    at = models.DateTimeField()

    objects = PersonSkillQuerySet.as_manager()

    class Meta:
        ordering = ["skill__name"]
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="person_skill_once")]


class SkillConfirmationQuerySet(models.QuerySet):
    """How confirmations are looked up."""

    def visible_to(self, person):
        return reach.between(self, person, "statement__person", "by")

    def waiting(self):
        return self.filter(answered_on=None)


class SkillConfirmation(models.Model):
    """Somebody named was asked to confirm a statement at a level, and did or did not."""

    statement = models.ForeignKey(PersonSkill, models.CASCADE, related_name="confirmations")
    level = models.ForeignKey(Level, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    answered_on = models.DateField(null=True, blank=True)
    confirmed = models.BooleanField(default=False)
    words = models.TextField(blank=True)

    objects = SkillConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]


class PathStep(models.Model):
    """From one job role one can go to another: up, or sideways."""

    class Way(models.TextChoices):
        UP = "up", _("Up")
        SIDEWAYS = "sideways", _("Sideways")

    from_role = models.ForeignKey(JobRole, models.CASCADE, related_name="paths_out")
    to_role = models.ForeignKey(JobRole, models.CASCADE, related_name="paths_in")
    way = models.CharField(max_length=8, choices=Way.choices)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ["way", "to_role__name"]
        constraints = [
            models.UniqueConstraint(fields=["from_role", "to_role"], name="path_once"),
            models.CheckConstraint(
                condition=~models.Q(from_role=models.F("to_role")), name="path_leads_elsewhere"
            ),
        ]
