"""Answers that come by mail: to which thread they belong, and whether who wrote may write there."""

import re
from datetime import datetime

from andon.escalations import actions, hearing
from andon.escalations.access import kinds_open_to
from andon.escalations.models import Entry, Escalation
from andon.people.models import Person
from andon.people.notices import thread_of
from andon.people.notices.models import Notice
from andon.signals import spoken
from andon.signals.mail import Letter
from andon.signals.models import Arrival, Signal

ANSWERING = re.compile(r"^\s*(\[[^\]]{1,40}\]\s*|[^\s:：]{1,12}(\s?\[\d+\])?\s*[:：]\s*)+", re.IGNORECASE)


def join(arrival: Arrival, letter: Letter, now: datetime) -> bool:
    """Adds a message to the thread it answers; False where it answers none, or its writer has no part in it.

    Knowing a thread's address or number is not enough: others are passed it on. Nothing is lost then, as the
    message goes on as a new one. So does one with another subject: people answer any old mail to begin anew.
    """
    thread = thread_of(_addresses(letter), (*letter.in_reply_to, *letter.references))
    if not thread or _begins_anew(thread, letter):
        return False
    kind, _, key = thread.partition(":")
    joined = kind in JOIN and JOIN[kind](key, arrival, letter, now)
    if joined:
        arrival.thread = thread
    return bool(joined)


def _join_escalation(number: str, arrival: Arrival, letter: Letter, now: datetime) -> bool:
    escalation = Escalation.objects.filter(number=int(number)).first() if number.isdecimal() else None
    if escalation is None:
        return False
    if arrival.by:
        return _note(escalation, arrival.by, letter, now)
    return escalation.signal is not None and _hear(escalation.signal, arrival, letter, now)


def _note(escalation: Escalation, by: Person, letter: Letter, now: datetime) -> bool:
    """A colleague's answer is a note: whether something is answered or made right is said on the page."""
    text = letter.note or letter.text
    if not text.strip() or Entry.Kind.NOTE not in kinds_open_to(by, escalation):
        return False
    actions.write(escalation, Entry.Kind.NOTE, text[:LONGEST], by=by, now=now)
    return True


def _join_signal(key: str, arrival: Arrival, letter: Letter, now: datetime) -> bool:
    signal = Signal.objects.select_related("mechanism").filter(key=key).first()
    return signal is not None and arrival.by is None and _hear(signal, arrival, letter, now)


def _hear(signal: Signal, arrival: Arrival, letter: Letter, now: datetime) -> bool:
    """The customer writes again: another signal of theirs, and a line in every question about the first."""
    if not signal.customer or signal.customer != spoken.customer(letter.sender.address):
        return False
    arrival.signal = spoken.write_down(arrival, letter, now, parent=signal)
    for escalation in Escalation.objects.going_on_about(signal.key):
        hearing.customer_wrote(escalation, letter.note or letter.text, now)
    return True


def _begins_anew(thread: str, letter: Letter) -> bool:
    """Whether its subject is none that this thread ever had. No subject at all begins nothing."""
    subject = bare(letter.subject)
    if not subject:
        return False
    known = {
        bare(one) for one in Notice.objects.filter(thread=thread).values_list("subject", flat=True)[:500]
    }
    return bool(known) and not any(subject in one or one in subject for one in known if one)


def bare(subject: str) -> str:
    """Without what programs put before it: Re:, AW:, SV:, [list], Re[2]: and the like."""
    return " ".join(ANSWERING.sub("", subject).casefold().rstrip("…").split())


def _addresses(letter: Letter) -> list[str]:
    return [*(one.address for one in (*letter.to, *letter.cc)), *letter.delivered_to]


LONGEST = 20_000
JOIN = {"escalation": _join_escalation, "signal": _join_signal}
