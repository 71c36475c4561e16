"""Who audits, what groups people are recorded in (apart from everything else), and audits as they were."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from andon.evidence.models import Entry
from andon.people.models import Person


class AuditorQuerySet(models.QuerySet):
    """How auditors are looked up."""

    def in_force(self):
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def waiting(self):
        return self.filter(accepted_at=None, ended_at=None)

    def standing(self):
        return self.filter(ended_at=None)


class FairnessAuditor(models.Model):
    """Somebody may see groups: named by another with a reason, and accepted by themselves. Never by one alone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.TextField()
    named_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AuditorQuerySet.as_manager()

    class Meta:
        ordering = ["-named_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="fairness_auditor_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("named_by")), name="nobody_names_themselves"
            ),
        ]


class GroupList(models.Model):
    """A list of groups that was brought: what for, by which right. Its rows are kept until it is applied or let go."""

    purpose = models.TextField()
    legal_basis = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    rows = models.JSONField(default=list, help_text="[staff number, attribute, value] until it is applied.")
    refused = models.JSONField(default=list, help_text="[row, column, why] each.")
    counts = models.JSONField(default=dict, help_text="How many values of each attribute.")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]


class Attribute(models.Model):
    """Something by which people are grouped, such as an age band; with why and by which right it is kept."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    came_in = models.ForeignKey(GroupList, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody is in a group. No page shows it of a person but to themselves."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="memberships")
    group = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "attribute"], name="one_group_an_attribute")]
        indexes = [models.Index(fields=["attribute", "group"])]


class FairnessAudit(models.Model):
    """A look at a span of time, kept as it was then: groups and counts, no person in a group."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    since = models.DateField()
    until = models.DateField(help_text="The first day that is no longer looked at.")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    steps = models.PositiveIntegerField(default=0)
    step = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True)
    inputs = models.CharField(max_length=64, blank=True, help_text="SHA-256 of all that was counted.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the result, as in the ledger.")
    content = models.JSONField(default=dict)
    tokens = models.JSONField(
        default=dict, help_text="Who was counted, so that no later audit tells of a few."
    )
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Fairness audit {self.pk}"

    @property
    def moving(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
