"""What customers said, and the datasets of what happened to them."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.signals.folding import fold
from andon.signals.keys import new_key
from andon.signals.mailboxes import Arrival, Mailbox, new_secret
from andon.signals.queries import SignalQuerySet

__all__ = [
    "Arrival", "Assignment", "Dataset", "Mailbox", "Refusal", "SavedView", "Signal", "Wording", "new_key",
    "new_secret",
]  # fmt: skip


class DatasetQuerySet(models.QuerySet):
    """How files that were brought are looked up."""

    def in_lake(self):
        """Interactions that charts may read; a file still being read is not among them."""
        return self.filter(holds=Dataset.Holds.INTERACTIONS, state=Dataset.State.DONE)

    def same_bytes(self, sha256: str, holds: str):
        return self.filter(sha256=sha256, holds=holds).exclude(state__in=["failed", "removed"])


class Dataset(models.Model):
    """A file that was brought in: what it was, how its columns were read, what was refused and why."""

    class Holds(models.TextChoices):
        INTERACTIONS = "interactions", gettext_lazy("What happened to customers")
        SIGNALS = "signals", gettext_lazy("What customers said")
        PEOPLE = "people", gettext_lazy("People and teams")
        MECHANISMS = "mechanisms", gettext_lazy("The register of mechanisms")

    class State(models.TextChoices):
        MAPPING = "mapping", gettext_lazy("Waiting for its columns to be named")
        QUEUED = "queued", gettext_lazy("Waiting its turn")
        READING = "reading", gettext_lazy("Being read")
        DONE = "done", gettext_lazy("Brought in")
        FAILED = "failed", gettext_lazy("Could not be read")
        REMOVED = "removed", gettext_lazy("Taken out again")

    key = models.CharField(max_length=20, unique=True, default=new_key)
    name = models.CharField(max_length=240)
    holds = models.CharField(max_length=16, choices=Holds.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAPPING)
    file = models.CharField(max_length=400, help_text="Where the bytes lie, as brought.")
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    preview = models.JSONField(
        default=dict, blank=True, help_text="First rows as text, columns and guesses, for naming columns."
    )
    mapping = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True, help_text="Columns that reached the lake.")
    starts = models.DateTimeField(null=True, blank=True, help_text="The first moment in it.")
    ends = models.DateTimeField(null=True, blank=True, help_text="The last moment in it.")
    rows = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    already_known = models.BigIntegerField(default=0)
    progress = models.FloatField(default=0)
    problem = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="datasets")
    at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "holds"],
                condition=~models.Q(state__in=["failed", "removed"]) & ~models.Q(sha256=""),
                name="file_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where the bytes, the refused rows and the lock of the job lie."""
        return settings.UPLOADS / self.key

    @property
    def path(self) -> Path:
        return settings.UPLOADS / self.file

    @property
    def lake_path(self) -> Path:
        return settings.LAKE / "interactions" / f"{self.key}.parquet"

    @property
    def refused_path(self) -> Path:
        return self.folder / "refused.csv"


class Refusal(models.Model):
    """One row that was not taken, and why. The first thousand of a dataset; the file of all of them lies
    beside it.
    """

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="refusals")
    row = models.BigIntegerField()
    column = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=240, blank=True)
    reason = models.CharField(max_length=240)

    class Meta:
        ordering = ["row", "pk"]


class Signal(models.Model):
    """One thing a customer said, kept as it was said."""

    class RatingKind(models.TextChoices):
        NONE = "", gettext_lazy("No rating")
        CSAT = "csat", gettext_lazy("Satisfaction (1-5)")
        NPS = "nps", gettext_lazy("Would recommend (0-10)")
        CES = "ces", gettext_lazy("Effort (1-7)")
        STARS = "stars", gettext_lazy("Stars (1-5)")

    class Band(models.TextChoices):
        NONE = "", gettext_lazy("No rating")
        LOW = "low", gettext_lazy("Low rating")
        MIDDLE = "mid", gettext_lazy("Middling rating")
        HIGH = "high", gettext_lazy("High rating")

    key = models.CharField(max_length=20, unique=True, default=new_key)
    received_at = models.DateTimeField()
    text = models.TextField(blank=True)
    raw = models.JSONField(default=dict, help_text="The row or message as it came, every column of it.")
    digest = models.CharField(max_length=64, help_text="Of the raw content: the same signal is kept once.")
    dataset = models.ForeignKey(Dataset, models.PROTECT, null=True, blank=True, related_name="signals")
    row = models.BigIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12, blank=True)
    product = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True)
    rating = models.FloatField(null=True, blank=True)
    rating_kind = models.CharField(
        max_length=5, choices=RatingKind.choices, default=RatingKind.NONE, blank=True
    )
    customer = models.CharField(
        max_length=32, blank=True, help_text="Pseudonym: a keyed digest of who wrote."
    )
    contact_name = models.CharField(max_length=160, blank=True)
    contact = models.CharField(max_length=240, blank=True)
    month = models.CharField(max_length=7, blank=True, help_text="Of receipt, as 2025-01, for counting.")
    band = models.CharField(max_length=4, choices=Band.choices, default=Band.NONE, blank=True)
    mechanism = models.ForeignKey(Mechanism, models.SET_NULL, null=True, blank=True, related_name="signals")
    suggested = models.ForeignKey(Mechanism, models.SET_NULL, null=True, blank=True, related_name="+")
    suggested_p = models.FloatField(null=True, blank=True)
    kept_at = models.DateTimeField(default=timezone.now)

    objects = SignalQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["digest"], name="signal_once")]
        indexes = [
            # Holds every column that is counted by, so that counting never touches the texts.
            models.Index(
                fields=[
                    "-received_at",
                    "-id",
                    "mechanism",
                    "channel",
                    "language",
                    "product",
                    "region",
                    "band",
                    "month",
                ],
                name="signal_facets",
            ),
            models.Index(fields=["mechanism", "-received_at", "-id"]),
            models.Index(fields=["customer"]),
        ]

    def __str__(self) -> str:
        return self.reference or self.key

    def save(self, **how) -> None:
        """With the words to search by. Files come in by the thousand another way: see `imports`."""
        self.month = f"{self.received_at:%Y-%m}"
        super().save(**how)
        Wording.objects.update_or_create(signal=self, defaults={"folded": self.words()})

    def words(self) -> str:
        """To search by."""
        told = (self.text, self.reference, self.product, self.region, self.channel)
        return fold(" ".join(filter(None, told)))


class Wording(models.Model):
    """The words of a signal, folded for searching. Apart from it, so that a search reads nothing else."""

    signal = models.OneToOneField(Signal, models.CASCADE, primary_key=True, related_name="wording")
    folded = models.TextField(blank=True)


class Assignment(models.Model):
    """Somebody said which mechanism a signal is about. Only added to; the newest holds. The suggestions
    learn from these.
    """

    signal = models.ForeignKey(Signal, models.CASCADE, related_name="assignments")
    mechanism = models.ForeignKey(Mechanism, models.CASCADE, null=True, related_name="assignments")
    was = models.ForeignKey(Mechanism, models.SET_NULL, null=True, related_name="+")
    batch = models.CharField(
        max_length=20, blank=True, db_index=True, help_text="Those made in one go share it."
    )
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    basis = models.CharField(max_length=20, default="person", help_text="person, file or suggestion taken")

    class Meta:
        ordering = ["-at", "-pk"]


class SavedView(models.Model):
    """A search of the customer voice that somebody keeps."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_view_once")]
