"""Calendars of teams, what was promised when a question was raised, and promises that were broken."""

from datetime import date

from django.db import models
from django.utils import timezone

from andon.escalations.calendars import WorkingTime
from andon.escalations.models.questions import Escalation
from andon.people.models import Person, Team


class CalendarQuerySet(models.QuerySet):
    def in_force(self):
        """At most one of each team; without one a team's clocks are those on the wall."""
        return self.filter(ended_at=None)


class Calendar(models.Model):
    """When a team works, in one version of it. Never changed: another version follows, and questions keep theirs."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="calendars")
    version = models.PositiveIntegerField(default=1)
    zone = models.CharField(max_length=64)
    week = models.JSONField(help_text="Seven days, Monday first: [[opens, closes], …] in minutes of the day.")
    country = models.CharField(max_length=2, blank=True, help_text="Whose public holidays are days off.")
    subdivision = models.CharField(max_length=40, blank=True)
    days_off = models.JSONField(default=list, blank=True, help_text="Further days, as 2026-12-24.")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Another version follows, or none.")

    objects = CalendarQuerySet.as_manager()

    class Meta:
        ordering = ["team", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["team", "version"], name="calendar_version_once"),
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(ended_at=None), name="calendar_in_force_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.version}"

    @property
    def working_time(self) -> WorkingTime:
        return WorkingTime(
            zone=self.zone,
            week=tuple(tuple((opens, closes) for opens, closes in spans) for spans in self.week),
            country=self.country,
            subdivision=self.subdivision,
            days_off=frozenset(map(date.fromisoformat, self.days_off)),
        )


class Pin(models.Model):
    """The calendar in force when a question was raised, and what follows from it: both stay, whatever changes later."""

    escalation = models.OneToOneField(Escalation, models.CASCADE, related_name="pin")
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="pins")
    own_due = models.DateTimeField()
    explain_due = models.DateTimeField()
    preliminary_due = models.DateTimeField()


class Breach(models.Model):
    """A promise that was not kept, told one level higher up the line. Recorded once, and stays."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="breaches")
    clock = models.CharField(max_length=12)
    level = models.PositiveSmallIntegerField(help_text="0: who is to keep it; then up the line.")
    due = models.DateTimeField(help_text="When the promise ran out.")
    at = models.DateTimeField(help_text="When this level was due to hear of it.")
    recorded_at = models.DateTimeField(default=timezone.now)
    told = models.ManyToManyField(Person, related_name="+", blank=True)

    class Meta:
        ordering = ["at", "level"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "clock", "due", "level"], name="breach_once"),
        ]
