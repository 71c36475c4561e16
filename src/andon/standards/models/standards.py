"""What is expected of a role, version by version, and who has read which."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.standards.models.principles import Behaviour
from andon.standards.models.roles import JobRole, covering


class StandardQuerySet(models.QuerySet):
    """How standards are looked up."""

    def in_use(self):
        """Not ended: there is a version without an end, agreed or in draft."""
        open_ended = StandardVersion.objects.filter(standard=models.OuterRef("pk"), ends__isnull=True)
        return self.filter(models.Exists(open_ended))

    def visible_to(self, person):
        """What was ever agreed, for everybody at work: see `access.visible_standards`."""
        from andon.standards import access  # imported here, as access needs the nouns of this module

        return access.visible_standards(self, person)


class Standard(models.Model):
    """One thing that is expected of a role, everywhere or in one team. What exactly, its versions say."""

    job_role = models.ForeignKey(JobRole, models.PROTECT, related_name="standards")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="standards")
    name = models.CharField(max_length=120)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="standards")
    behaviour = models.ForeignKey(Behaviour, models.PROTECT, null=True, blank=True, related_name="standards")
    outcome_measure = models.ForeignKey(
        Measure,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="served_by",
        help_text="The customer outcome that it is meant to move.",
    )

    objects = StandardQuerySet.as_manager()

    class Meta:
        ordering = ["job_role__name", "name", "team__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(measure__isnull=True) | models.Q(behaviour__isnull=True),
                name="standard_of_a_measure_or_a_behaviour",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, Any]:
        """What it is about: standards of one role about the same subject are the same bar, high or low."""
        if self.measure_id:
            return ("measure", self.measure_id)
        if self.behaviour_id:
            return ("behaviour", self.behaviour_id)
        return ("name", self.name.casefold())


class VersionQuerySet(models.QuerySet):
    """How versions are looked up."""

    def agreed(self):
        return self.filter(agreed_at__isnull=False)

    def drafts(self):
        return self.filter(agreed_at__isnull=True)

    def in_force(self, on: date):
        return self.agreed().filter(covering(on))

    def with_all(self):
        """With what a page or a sentence about a version needs."""
        return self.select_related(
            "standard__job_role",
            "standard__team",
            "standard__measure__mechanism",
            "standard__behaviour__principle",
            "standard__outcome_measure__mechanism",
        )


CONTENT = ("standard_id", "number", "statement", "level", "unit", "good", "serves", "starts", "why_changed")


class StandardVersion(models.Model):
    """What a standard says from a day on. Once agreed its content never changes: what differs is a new version.

    `starts` is the first day it binds and `ends` the first day it no longer does. A draft has no `agreed_at`.
    """

    class Good(models.TextChoices):
        HIGH = "high", gettext_lazy("Higher is better")
        LOW = "low", gettext_lazy("Lower is better")

    class Basis(models.TextChoices):
        AGREED = "agreed", gettext_lazy("Agreed here")
        BROUGHT_IN = "brought_in", gettext_lazy("Brought in from before Andon")

    standard = models.ForeignKey(Standard, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    statement = models.TextField()
    level = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    good = models.CharField(max_length=4, choices=Good.choices, default=Good.HIGH)
    serves = models.TextField(help_text="Why it matters, and to which customer outcome.")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    why_changed = models.TextField(blank=True)
    drafted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    basis = models.CharField(max_length=10, choices=Basis.choices, default=Basis.AGREED)
    agreed_before = models.DateField(
        null=True, blank=True, help_text="The day it was agreed before Andon, when it was brought in."
    )
    source = models.CharField(max_length=240, blank=True, help_text="Where that stands.")

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["standard", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["standard"],
                condition=models.Q(agreed_at__isnull=True),
                name="one_draft_of_a_standard",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at__isnull=True) | models.Q(starts__isnull=False),
                name="what_is_agreed_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(basis="agreed") | ~models.Q(source=""),
                name="what_was_brought_in_has_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.number}"

    @classmethod
    def from_db(cls, db, field_names, values, *, fetch_mode=None):
        version = super().from_db(db, field_names, values, fetch_mode=fetch_mode)
        if set(CONTENT) | {"agreed_at"} <= set(field_names):
            version._agreed = version._content() if version.agreed_at else None
        return version

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refuses a change of what was agreed, whoever asks for it."""
        agreed = getattr(self, "_agreed", None)
        if agreed is not None and agreed != self._content():
            raise ValidationError(_("What was agreed does not change. Write a new version."))
        super().save(*args, **kwargs)
        self._agreed = self._content() if self.agreed_at else None

    def _content(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in CONTENT)

    @property
    def is_draft(self) -> bool:
        return self.agreed_at is None


class AcknowledgementQuerySet(models.QuerySet):
    """How acknowledgements are looked up."""

    def of(self, person: Person):
        return self.filter(person=person)


class Acknowledgement(models.Model):
    """Somebody says that they have read a version, in their own words, with a question or an objection.

    It is receipt and understanding, never consent. Rows are only added.
    """

    class Kind(models.TextChoices):
        UNDERSTOOD = "understood", gettext_lazy("I have read and understood it")
        QUESTION = "question", gettext_lazy("I have read it and have a question")
        OBJECTION = "objection", gettext_lazy("I have read and understood it, and object")

    version = models.ForeignKey(StandardVersion, models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, models.CASCADE, related_name="acknowledgements")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNDERSTOOD)
    words = models.TextField(blank=True)

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["person", "version"])]


class Answer(models.Model):
    """What the line or an HR partner answers to a question or an objection."""

    acknowledgement = models.ForeignKey(Acknowledgement, models.CASCADE, related_name="answers")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["at", "pk"]


class Reminder(models.Model):
    """Somebody was asked, politely, to read a version. It is kept, so that nobody is asked every day."""

    version = models.ForeignKey(StandardVersion, models.CASCADE, related_name="reminders")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Difference(models.Model):
    """Why one role has different bars in different teams, in writing, with the bars as they were then."""

    job_role = models.ForeignKey(JobRole, models.CASCADE, related_name="differences")
    subject = models.CharField(max_length=160, help_text="What the bars are about, as `Standard.subject`.")
    bars = models.JSONField(help_text="Team to level, as they were.")
    reason = models.TextField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
