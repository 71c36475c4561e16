"""Persons, teams, roles and reporting lines."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy


class Team(models.Model):
    """People who work together, inside another team or on their own."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    site = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def here(on: date | None = None) -> models.Q:
    return models.Q(left__isnull=True) | models.Q(left__gt=on or timezone.localdate())


class PersonQuerySet(models.QuerySet):
    """How people are looked up."""

    def at_work(self, on: date | None = None):
        """Who works here on a day, today unless told; `left` is the first day somebody no longer does."""
        return self.filter(here(on), is_active=True)

    def leavers(self, on: date | None = None):
        return self.exclude(here(on), is_active=True)

    def in_line_of(self, manager: "Person"):
        """Everybody below `manager`, however far."""
        return self.filter(lines_above__above=manager)

    def with_role(self, role: str):
        return self.filter(grants__role=role)

    def visible_to(self, person):
        """Whom `person` may look up: see `access.visible_people`."""
        from andon.people import access  # imported here, as access needs the nouns of this module

        return access.visible_people(self, person)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_person(
        self, *, number: str, name: str, email: str | None = None, password: str | None = None, **rest
    ):
        """A person; without a password nobody can sign in as them yet."""
        person = self.model(number=number, name=name, email=self.normalize_email(email) or None, **rest)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who works here, or did. May never sign in."""

    number = models.CharField("staff number", max_length=64, unique=True)
    name = models.CharField(max_length=160)
    email = models.EmailField(null=True, blank=True, unique=True)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    manager = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reports")
    title = models.CharField(max_length=120, blank=True)
    site = models.CharField(max_length=80, blank=True)
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["number", "name"]
    objects = PersonManager()

    class Meta:
        ordering = ["name", "number"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_any_case")]
        indexes = [models.Index(fields=["team", "name"])]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Line(models.Model):
    """One row for everybody above somebody: depth 1 is the direct manager.

    Rebuilt whenever a manager changes.
    """

    above = models.ForeignKey(Person, models.CASCADE, related_name="lines_below")
    below = models.ForeignKey(Person, models.CASCADE, related_name="lines_above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["above", "below"], name="line_once"),
            models.CheckConstraint(condition=~models.Q(above=models.F("below")), name="line_not_self"),
        ]


class Role(models.TextChoices):
    """Roles that are granted.

    Employee, manager and mechanism owner follow from the staff list and the register.
    """

    LEADER = "leader", gettext_lazy("Leader")
    HR_PARTNER = "hr_partner", gettext_lazy("HR partner")
    ANALYST = "analyst", gettext_lazy("Analyst")
    ADMINISTRATOR = "administrator", gettext_lazy("Administrator")


class Grant(models.Model):
    """A role given to a person, by whom and when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="grant_once")]


class Deed(models.Model):
    """The audit trail: who did what to which thing, and when. Only ever added to."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="deeds")
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["thing", "-at"])]


class StaffImport(models.Model):
    """What one staff list changed, value by value, so that it can be taken back."""

    source = models.CharField(
        max_length=40, blank=True, db_index=True, help_text="Key of the file it came in."
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    added = models.JSONField(default=list, help_text="Keys of people who were new.")
    changed = models.JSONField(default=list, help_text="[key of person, field, before, after] each.")
    granted = models.JSONField(default=list, help_text="[key of person, role] each.")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]


class Forgotten(models.Model):
    """That somebody was erased, without who: their staff number as a mark that cannot be read back."""

    mark = models.CharField(max_length=64, unique=True)


# What people are told is a room of its own in this stage; Django looks for its nouns here.
from andon.people.notices.models import Delivery, Notice, Preference, Thread  # noqa: E402, F401
