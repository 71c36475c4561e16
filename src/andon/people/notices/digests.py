"""One mail a day with what somebody wants to hear of only then."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.people import saying
from andon.people.access import at_work
from andon.people.models import Person
from andon.people.notices import preferences
from andon.people.notices.kinds import Kind, Way
from andon.people.notices.models import Notice
from andon.people.notices.telling import message_id, speaking_to

State = Notice.State


def waiting(now: datetime):
    """What is to go into a digest now."""
    return Notice.objects.filter(way=Way.DIGEST, state=State.WAITING, digest=None, due_at__lte=now)


def gather(now: datetime) -> int:
    """Makes the digests that are due; how many. Twice at once is harmless: one a person and day is made."""
    if not settings.MAIL_GOES_OUT:
        return 0
    people = waiting(now).order_by().values("to").distinct()
    return sum(_gather(person, now) for person in Person.objects.filter(pk__in=people))


@transaction.atomic
def _gather(person: Person, now: datetime) -> bool:
    mine = waiting(now).filter(to=person)
    if not at_work(person):
        mine.update(state=State.HELD)
        return False
    day = now.astimezone(preferences.zone_of(preferences.delivery_of(person))).date()
    key = f"digest:{person.pk}:{day.isoformat()}"
    digest, made = Notice.objects.get_or_create(key=key, defaults=_digest(person, key, now))
    if not made:  # today's has gone; the rest comes tomorrow
        mine.update(due_at=preferences.next_digest(person, now))
        return False
    n = mine.update(digest=digest)
    with speaking_to(person):
        digest.subject = ngettext("One thing, %(day)s", "%(n)s things, %(day)s", n) % {
            "n": n, "day": saying.day(day),
        }  # fmt: skip
    digest.save(update_fields=["subject"])
    return True


def _digest(person: Person, key: str, now: datetime) -> dict:
    return {
        "kind": Kind.DIGEST, "to": person, "about_own": True, "message_id": message_id(key), "at": now,
        "due_at": now, "language": preferences.language_of(person), "subject": _("Daily digest"),
    }  # fmt: skip
