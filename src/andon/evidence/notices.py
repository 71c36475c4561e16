"""What somebody was told, as something that is kept about them: for how long, taken away, erased."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Left, Replace
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from andon.evidence.law.erasing import ALSO
from andon.evidence.law.kinds import INTEREST, KINDS, Kind
from andon.evidence.portable import register
from andon.people.models import Person
from andon.people.notices.models import Delivery, Notice, Preference
from andon.people.notices.telling import LONGEST_SUBJECT


def told(person: Person) -> Iterator[dict[str, Any]]:
    for one in Notice.objects.filter(to=person).order_by("at", "pk"):
        yield {
            "at": one.at.isoformat(), "kind": one.get_kind_display(), "subject": one.subject, "text": one.text,
            "by mail": one.get_state_display(), "sent at": one.sent_at.isoformat() if one.sent_at else "",
        }  # fmt: skip


def chosen(person: Person) -> Iterator[dict[str, Any]]:
    for one in Preference.objects.filter(person=person).order_by("kind"):
        yield {"kind": one.get_kind_display(), "way": one.get_way_display()}
    for one in Delivery.objects.filter(person=person):
        yield {"hour of the digest": one.hour, "time zone": one.zone, "language": one.language}


def _old(before: datetime) -> QuerySet:
    return Notice.objects.filter(at__lt=before)


def _erase(person: Person) -> None:
    """What they were told goes; what others were told keeps no name, unless somebody else has the same."""
    Notice.objects.filter(to=person).delete()
    Preference.objects.filter(person=person).delete()
    Delivery.objects.filter(person=person).delete()
    alone = not Person.objects.exclude(pk=person.pk).filter(name=person.name).exists()
    if alone and " " in person.name:  # one word alone may be part of another
        _unname(person.name)


def _unname(name: str) -> None:
    named = Q(subject__contains=name) | Q(text__contains=name)
    nobody = Value(gettext("somebody who left"))
    subject, text = (Replace(field, Value(name), nobody) for field in ("subject", "text"))
    Notice.objects.filter(named).update(subject=Left(subject, LONGEST_SUBJECT), text=text)


KINDS["notices"] = Kind(
    name=_("What people were told"),
    what=_("Subject, text and time of every notice, what became of its mail, and how somebody wants to be told."),
    why=_("So that the same is never told twice, and everybody can see what they were told."),
    ground=INTEREST, seen_by=_("The person alone."), days=730, since=_("the day it was told"),
    due=_old, dispose=lambda found, now: found.delete(), of="to",
)  # fmt: skip
ALSO["notices"] = _erase
register("What I was told", told)
register("How I want to be told", chosen)
