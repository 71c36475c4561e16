"""Telling many people outside at once, as when a mailbox is read that filled over night; a few queries for all.

One is told as by `tell`: once, never a machine, and no address more often a day than a machine may answer it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils import translation

from andon.people.notices import limits, telling
from andon.people.notices.kinds import REPLIES, Kind
from andon.people.notices.models import Notice
from andon.people.words import tidy


@dataclass(frozen=True, slots=True)
class Told:
    """What `tell` takes, of somebody who does not work here."""

    address: str
    key: str
    kind: str
    subject: telling.Words
    text: telling.Words
    thread: str = ""
    answers: str = ""


def tell_outside(told: Sequence[Told], now: datetime) -> int:
    """How many are told; those told before are not. Inside the transaction of what they are told about."""
    new = _new(told)
    if not new:
        return 0
    lately = _replies([one.address for one in new], now)
    with translation.override(settings.HOUSE_LANGUAGE):
        notices = [_notice(one, lately, now) for one in new]
    Notice.objects.bulk_create(notices, batch_size=200, ignore_conflicts=True)
    return len(notices)


def _new(told: Sequence[Told]) -> list[Told]:
    once = {telling.short(one.key): one for one in told}
    known = set(Notice.objects.filter(key__in=list(once)).values_list("key", flat=True))
    return [one for key, one in once.items() if key not in known]


def _replies(addresses: Sequence[str], now: datetime) -> Counter[str]:
    """How often each was answered by a machine of ours within a day."""
    sent = Notice.objects.filter(kind__in=REPLIES, at__gt=now - limits.DAY, to=None)
    sent = sent.exclude(state=Notice.State.HELD).annotate(small=Lower("address"))
    known = sent.filter(small__in={one.lower() for one in addresses}).order_by().values("small")
    return Counter({row["small"]: row["n"] for row in known.annotate(n=Count("pk"))})


def _notice(told: Told, lately: Counter[str], now: datetime) -> Notice:
    key, address = telling.short(told.key), tidy(told.address)[:254]
    notice = Notice(
        key=key, kind=Kind(told.kind), address=address, thread=told.thread, at=now, due_at=now,
        answers=telling.on_one_line(told.answers, 400), message_id=telling.message_id(key),
        language=settings.HOUSE_LANGUAGE,
        subject=telling.on_one_line(telling.said(told.subject), telling.LONGEST_SUBJECT),
        text=tidy(telling.said(told.text))[: telling.LONGEST_TEXT],
    )  # fmt: skip
    notice.problem = limits.problem_of(notice, lately[address.lower()])
    if notice.problem or not settings.MAIL_GOES_OUT:
        notice.state = Notice.State.HELD
    else:
        lately[address.lower()] += 1
    return notice
