"""A question to the owner of a mechanism, with clocks. There is no approver and no culprit."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.escalations.calendars import WorkingTime
from andon.escalations.queries import MOMENTS, EscalationQuerySet
from andon.escalations.rules import Clock, Facts, clocks
from andon.mechanisms.models import Measure, Mechanism
from andon.people import access
from andon.people.models import Person, Team
from andon.signals.models import Signal
from andon.watch.models import ChartException, Cluster


class Numbering(models.Model):
    """The last number given to an escalation; its row is the queue in which numbers are handed out."""

    last = models.PositiveIntegerField(default=0)


class Escalation(models.Model):
    """One "?".

    Its state is what has happened to it: owned, answered, made right, closed are things with who and when.
    """

    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    mechanism = models.ForeignKey(
        Mechanism, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="escalations")
    to_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="escalations_to"
    )
    raised_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="raised_escalations")
    raised_at = models.DateTimeField(default=timezone.now)
    customer_since = models.DateTimeField(
        help_text="When the customer's clock began: receipt of what they said."
    )
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, blank=True, related_name="escalations")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="escalations")
    point_at = models.DateTimeField(
        null=True, blank=True, help_text="The point of the chart that was asked about."
    )
    exception = models.ForeignKey(
        ChartException, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="escalations")

    objects = EscalationQuerySet.as_manager()

    reads = False
    """Whether it was looked up by somebody who may read it (`visible_to`); without that it says less, never more."""

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["-raised_at"])]

    def __str__(self) -> str:
        return f"Escalation {self.number}"

    @property
    def heading(self) -> str:
        """The title; what a customer wrote only for those who may read it."""
        if self.signal_id is None or self.reads:
            return self.title
        if self.mechanism is None:
            return _("What a customer wrote")
        return _("What a customer wrote about %(mechanism)s") % {"mechanism": self.mechanism.name}

    @property
    def addressee(self) -> str:
        """Whom the question is put to, in words."""
        if self.to_person and access.at_work(self.to_person):
            return self.to_person.name
        return self.to_team.name if self.to_team else _("Triage")

    @property
    def owner(self) -> Person | None:
        """Who took it on last, unless it was put to somebody else since."""
        held = (one for one in self.ownerships.all() if one.ended_at is None)
        newest = max(held, key=lambda one: (one.at, one.pk), default=None)
        return newest.by if newest else None

    @property
    def is_open(self) -> bool:
        return self.facts.closed_at is None

    @property
    def facts(self) -> Facts:
        """What the clocks depend on; from the look-up when that was `with_facts`."""
        one = self if hasattr(self, "owned_at") else Escalation.objects.with_facts().get(pk=self.pk)
        moments = {name: getattr(one, name) for name in MOMENTS}
        return Facts(raised_at=self.raised_at, customer_since=self.customer_since, **moments)

    def clocks(self, now: datetime) -> tuple[Clock, ...]:
        return clocks(self.facts, now, self.working_time)

    @property
    def working_time(self) -> WorkingTime | None:
        """By which the team's clocks run: as it was when this was raised; None is the clock on the wall."""
        if hasattr(self, "own_due") and self.own_due is None:
            return None
        pin = getattr(self, "pin", None)
        return pin.calendar.working_time if pin else None
