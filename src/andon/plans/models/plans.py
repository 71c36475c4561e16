"""A plan is what its steps have made of it. Nothing here is changed once written, but for what a step is told by."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from andon.evidence.models import Item
from andon.growth.models import Promise
from andon.growth.models.kept import Written
from andon.growth.rules.promises import WAITING
from andon.people.models import Person
from andon.plans import access
from andon.plans.models.gates import Examination
from andon.plans.rules import life
from andon.plans.rules.targets import Content
from andon.plans.telling import act_of
from andon.standards.models import Standard, StandardVersion


class PlanQuerySet(models.QuerySet):
    """How plans are looked up."""

    def of(self, person: Person):
        return self.filter(person=person)

    def visible_to(self, reader):
        """Of those in the reader's line, and of anybody else for HR partners; one's own is `of(person)`."""
        return access.within_reach(self, reader).legible()

    def legible(self):
        """Whose words were not erased: without them nobody can tell what it was."""
        erased = Step.objects.filter(plan=models.OuterRef("pk"), kind="")
        return self.exclude(models.Exists(erased))

    def open(self):
        return self.exclude(stage=life.Stage.CLOSED)

    def under_way(self):
        return self.filter(stage__in=life.UNDER_WAY)

    def complete(self):
        """With all that a page shows, in a fixed number of queries."""
        related = ("person", "proposed_by", "standard__measure__mechanism", "standard__behaviour", "version")
        return self.select_related(
            *related, "standard__job_role", "examination__by", "examination__person"
        ).prefetch_related(
            models.Prefetch("steps", Step.objects.select_related("by")),
            models.Prefetch("versions", Version.objects.select_related("by")),
            models.Prefetch("supports__promise", _promises()),
            models.Prefetch("checkpoints__notes", CheckpointNote.objects.select_related("by")),
            "examination__overrides__by",
            "looks",
        )


def _promises() -> models.QuerySet:
    """With all that their state depends on."""
    related = Promise.objects.select_related("owed_by", "by", "release")
    return related.prefetch_related("deliveries__by", "doubts__answer__by")


class Plan(models.Model):
    """An improvement plan, whatever it is called.

    `stage`, `outcome`, `due` and `appealing` repeat what the steps say, to look up by. `gate` is a frozen copy of what
    the gate said when it was proposed, `gate_at_issue` of when it was issued.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="plans")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="+")
    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="+")
    examination = models.OneToOneField(Examination, models.PROTECT, related_name="plan")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    gate = models.JSONField()
    gate_at_issue = models.JSONField(null=True)
    stage = models.CharField(max_length=12, choices=[(one.value, one.value) for one in life.Stage])
    outcome = models.CharField(max_length=12, blank=True)
    due = models.DateField(null=True, blank=True)
    appealing = models.CharField(max_length=8, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["person", "-proposed_at"]), models.Index(fields=["stage", "due"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~models.Q(stage="closed"), name="one_open_plan_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"

    @property
    def case(self) -> life.Case:
        """What it is now, told anew from its steps."""
        return life.replay(self.person_id, [act_of(step) for step in self.steps.all()])

    @property
    def newest(self) -> "Version":
        return max(self.versions.all(), key=lambda one: one.number)

    @property
    def content(self) -> Content:
        return Content.of(self.newest.content)

    def owed(self, now: datetime) -> list[Promise]:
        """Support that has not come, or that the person doubts and nobody has answered."""
        return [one.promise for one in self.supports.all() if one.promise.state(now) in WAITING]


class Step(Written):
    """One act, with all that it rested on: see `rules.life.Act`. `by` empty: Andon itself, when somebody left."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    nth = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=8)
    on = models.DateField()
    words = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["nth"]
        constraints = [models.UniqueConstraint(fields=["plan", "nth"], name="step_once")]


class Version(Written):
    """The content of a plan, never changed: another content is another version. `digest` is its SHA-256."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    why_changed = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]

    @property
    def told(self) -> Content:
        return Content.of(self.content)


class Citation(models.Model):
    """An item of the record that a version rests on. Only items can be: nothing that is the person's alone."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="citations")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item__happened_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="cited_once")]


class Support(models.Model):
    """A promise that was made with a plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="supports")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="plan_support")

    class Meta:
        ordering = ["promise__due", "pk"]


class Checkpoint(models.Model):
    """A day on which both look at the plan together. Held once the line has written to it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="checkpoints")
    due = models.DateField()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "due"], name="checkpoint_once")]

    @property
    def held(self) -> bool:
        return any(note.side != life.SELF for note in self.notes.all())

    def overdue(self, now: datetime) -> bool:
        return not self.held and self.due < timezone.localdate(now)


class CheckpointNote(Written):
    """What one side says at a checkpoint; `values` are figures by the place of the target."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="notes")
    side = models.CharField(max_length=8)
    text = models.TextField()
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]


class OutcomeLook(Written):
    """Whether the customer outcome moved, beside what was to be expected without any plan. Kept as it was computed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    side = models.CharField(max_length=12)
    words = models.TextField()

    class Meta:
        ordering = ["-at", "-pk"]
