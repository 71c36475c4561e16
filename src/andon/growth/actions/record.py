"""Something of one's own becomes an item on one's record."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence.actions import add_item
from andon.evidence.models import Item
from andon.people.locking import held
from andon.people.models import Person


def put(
    what: models.Model, person: Person, kind: str, *, happened_on: date, now: datetime, **content
) -> Item:
    """Adds the item and keeps it on `what`, which has a field `item`. Inside the caller's transaction."""
    locked = held(type(what).objects.all(), what.pk)
    if locked.item_id:
        raise ValidationError(_("This is on your record already."))
    happened_on = min(happened_on, timezone.localdate(now))
    given = {name: value for name, value in content.items() if value is not None}
    item = add_item(person, kind, happened_on=happened_on, by=person, now=now, **given)
    what.item = item
    what.save(update_fields=["item"])
    return item
