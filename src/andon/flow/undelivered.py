"""A mail to a customer that did not arrive, or came back: whoever has their question hears of it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from andon.escalations import hearing
from andon.escalations.models import Escalation
from andon.people.notices.kinds import TO_CUSTOMERS
from andon.people.notices.models import Notice


@transaction.atomic
def undelivered(notices: Iterable[Notice], now: datetime) -> None:
    """For each open question about what that customer said; a mail of ours that fails, fails once."""
    for notice in notices:
        for escalation in _questions(notice):
            hearing.customer_not_reached(escalation, now)


def _questions(notice: Notice) -> Iterable[Escalation]:
    kind, _, key = notice.thread.partition(":")
    if notice.to_id or notice.kind not in TO_CUSTOMERS or kind != "signal":
        return []
    return Escalation.objects.going_on_about(key)
