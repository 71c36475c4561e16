"""What was done for somebody before anybody thinks of a plan."""

from datetime import date, datetime

from django.utils import timezone

from andon.growth.models import Coaching, Promise
from andon.growth.queries.process import mechanism_of
from andon.growth.rules.promises import BLOCKS, state
from andon.growth.rules.support import Coached, Noted, Promised, coached
from andon.people.models import Person
from andon.standards.models import Standard


def support_before(person: Person, *, standard: Standard, since: date | datetime, now: datetime) -> Coached:
    """What was noted, followed up, promised and delivered from a day up to a moment, as it was known then.

    Notes count that are about the standard or about the mechanism of its measure. Promises count that were made
    or due since then, whatever they were about, and every older one that was due and is not kept.
    """
    first, today = _day(since), timezone.localdate(now)
    notes = (
        Coaching.objects.about(person).filter(at__lte=now).about_standard(standard, mechanism_of(standard))
    )
    known = [_noted(note, now) for note in notes.prefetch_related("follow_ups")]
    return coached(
        [note for note in known if note.on >= first],
        [
            promised
            for one in _promises(person, now)
            if _counts(promised := _promised(one, now), one, first, today)
        ],
        today,
    )


def _promises(person: Person, now: datetime):
    related = Promise.objects.to(person).filter(at__lte=now).select_related("release")
    return related.prefetch_related("deliveries", "doubts__answer")


def _counts(promised: Promised, promise: Promise, first: date, today: date) -> bool:
    recent = promise.due >= first or timezone.localdate(promise.at) >= first
    return recent or state(promised.facts, today) in BLOCKS


def _promised(promise: Promise, now: datetime) -> Promised:
    return Promised(promise.what, promise.facts(now))


def _noted(note: Coaching, now: datetime) -> Noted:
    days = (timezone.localdate(one.at) for one in note.follow_ups.all() if one.at <= now)
    return Noted(timezone.localdate(note.at), tuple(days))


def _day(since: date | datetime) -> date:
    return timezone.localdate(since) if isinstance(since, datetime) else since
