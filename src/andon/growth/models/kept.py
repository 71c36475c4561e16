"""What is written about a person stays as it was written: a correction adds."""

from typing import Any

from django.db import models
from django.utils import timezone

from andon.evidence.models import Entry
from andon.people.models import Person


class WrittenOnceError(Exception):
    """Somebody tried to change or delete what was written about a person."""


class Written(models.Model):
    """Something said or done about a person: by whom, when, and its entry in the ledger. Never changed."""

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnceError(f"{self._meta.verbose_name} is never changed: write a correction.")
        super().save(*args, **kwargs)
