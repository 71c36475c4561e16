"""The ledger: entries in a chain, what they say kept beside them, and seals over them.

Rows are added by `ledger.py` only. Triggers of migration 0002 refuse every change, of whoever asks the database.
"""

from django.db import models

from andon.people.models import Person


class Chain(models.Model):
    """One row, in whose queue entries are added one after the other."""


class Pseudonym(models.Model):
    """What a person is called in the chain: the hash of a salt and of who it is, so that no two can be swapped."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="pseudonym")
    salt = models.CharField(max_length=32)
    name = models.CharField(max_length=32, unique=True)

    def __str__(self) -> str:
        return self.name


class EntryQuerySet(models.QuerySet):
    """How entries are looked up."""

    def about(self, person: Person):
        return self.filter(about__in=Pseudonym.objects.filter(person=person).values("name"))


class Entry(models.Model):
    """One thing that happened. Who may see it is asked of what points to it; there is no page of entries."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=80)
    about = models.CharField(max_length=32, blank=True)
    by = models.CharField(max_length=32, blank=True)
    nth = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    previous_about = models.CharField(max_length=64)
    content_digest = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["about", "nth"], name="entry_nth_about")]

    def __str__(self) -> str:
        return f"Entry {self.seq}"


class Content(models.Model):
    """What an entry says, as canonical JSON. Body and salt go together, once, when an erasure says so."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="content")
    salt = models.CharField(max_length=32, null=True)
    body = models.TextField(null=True)
    erased_by = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="erased")


class Seal(models.Model):
    """A signed checkpoint: up to here the chain and the subjects were so."""

    number = models.PositiveBigIntegerField(primary_key=True)
    ledger = models.CharField(max_length=64, help_text="The hash of the first entry.")
    seq = models.PositiveBigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    subjects = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    key = models.CharField(max_length=64, help_text="The public key, as hexadecimal digits.")
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Seal {self.number}"
