"""The audit trail: who did what to which thing, and when."""

from datetime import datetime

from django.db import models

from andon.people.models import Deed, Person


def name_of(thing: models.Model | str) -> str:
    """How a thing is named in the audit trail: its kind and the name people know it by."""
    if isinstance(thing, str):
        return thing[:120]
    known_by = next(
        (getattr(thing, name) for name in ("slug", "number", "key") if hasattr(thing, name)), thing.pk
    )
    return f"{thing._meta.model_name} {known_by}"[:120]


def record(by: Person | None, verb: str, thing: models.Model | str, now: datetime, **detail) -> Deed:
    """Adds to the trail; called inside the transaction of what was done.

    `by=None` is the installation itself.
    """
    return Deed.objects.create(by=by, verb=verb, thing=name_of(thing), at=now, detail=detail)
