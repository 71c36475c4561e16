"""What follows from mail: an answer joins its thread, a colleague's forward asks "?", a customer's word is a signal.

Everything here runs in the transaction that accepts the message; see `signals.receiving`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from andon.escalations.actions import raise_escalation
from andon.escalations.models import Escalation
from andon.flow import mail_answers as answers
from andon.flow import mail_threads as threads
from andon.flow.undelivered import undelivered
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.people.notices import outbox
from andon.people.trail import record
from andon.signals import access, jobs, receiving, spoken
from andon.signals.mail import Letter
from andon.signals.models import Arrival, Mailbox, Signal

AT_ONCE = 100  # messages in one transaction: others may write in between
SILENT = frozenset({"auto", "bounce"})
LONGEST = 20_000
SIGNS = " \t\r\n?!.¿？！-"


def take(
    incoming: Sequence[receiving.Incoming], *, mailbox: Mailbox, now: datetime, transport: str
) -> list[Arrival]:
    """Keeps messages, then does what follows from each. Raises OSError or DatabaseError where that cannot be."""
    kept = receiving.keep_all(incoming, mailbox=mailbox, now=now, transport=transport)
    return understand(kept, now)


def understand(arrivals: Sequence[Arrival], now: datetime) -> list[Arrival]:
    done = receiving.understand_all(arrivals, now, arrived)
    if any(one.signal_id and one.status == Arrival.Status.ACCEPTED for one in done):
        jobs.queue("learn", 0)
    return done


def take_up(now: datetime, mailbox: Mailbox | None = None, before: datetime | None = None) -> int:
    """Understands what was kept by a process that ended before it could."""
    return _in_parts(receiving.left_over(mailbox, before), now)


def replay(now: datetime) -> list[Arrival]:
    """Tries what was not understood once more."""
    failed = list(Arrival.objects.failed().select_related("mailbox").order_by("pk"))
    take_up(now)
    _in_parts(failed, now)
    return failed


def _in_parts(arrivals: Sequence[Arrival], now: datetime) -> int:
    for start in range(0, len(arrivals), AT_ONCE):
        understand(arrivals[start : start + AT_ONCE], now)
    return len(arrivals)


@transaction.atomic
def release(arrival: Arrival, by: Person, now: datetime) -> Arrival:
    """Lets a message out of quarantine: it goes on as if its sender had been vouched for."""
    held = _held(arrival, by)
    held.ruling, held.ruled_by, held.ruled_at = Arrival.Ruling.RELEASED, by, now
    receiving.accept(held, held.letter(), now, arrived)
    record(by, "released a message", held, now)
    return held


@transaction.atomic
def dismiss(arrival: Arrival, by: Person, now: datetime) -> Arrival:
    """Leaves a message in quarantine for good. It is kept, and can be released later all the same."""
    held = _held(arrival, by)
    held.ruling, held.ruled_by, held.ruled_at = Arrival.Ruling.DISMISSED, by, now
    held.save()
    record(by, "dismissed a message", held, now)
    return held


@transaction.atomic
def try_again(arrival: Arrival, by: Person, now: datetime) -> Arrival:
    """Tries one message that was not understood once more."""
    _demand(by)
    record(by, "tried a message again", arrival, now)
    return understand([Arrival.objects.select_related("mailbox").get(pk=arrival.pk)], now)[0]


@transaction.atomic
def hear(arrival: Arrival, by: Person, now: datetime) -> Arrival:
    """Makes a signal of what was taken for an automatic message: a form on the web writes such mail too."""
    _demand(by)
    mail = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if mail.status != Arrival.Status.ACCEPTED or mail.signal_id:
        raise ValidationError(_("This message is a signal already, or not accepted yet."))
    mail.signal = spoken.write_down(mail, mail.letter(), now)
    mail.save()
    record(by, "made a signal of a message", mail, now)
    return mail


def _held(arrival: Arrival, by: Person) -> Arrival:
    _demand(by)
    held = Arrival.objects.select_for_update().get(pk=arrival.pk)
    if held.status != Arrival.Status.QUARANTINED:
        raise ValidationError(_("This message is not in quarantine any more."))
    return held


def _demand(by: Person) -> None:
    if not access.may_read_mail(by):
        raise PermissionDenied(_("Leaders and administrators look after mail."))


def arrived(accepted: receiving.Accepted, now: datetime) -> None:
    """What messages that were accepted lead to. Most are a customer's word: those are written down together."""
    ours, colleagues = _ours(), _colleagues(accepted)
    plain: list[tuple[Arrival, Letter]] = []
    for arrival, letter in accepted:
        if letter.came_back:
            undelivered(outbox.came_back(letter.came_back, letter.why_came_back), now)
        if letter.kind in SILENT or _plain(letter.sender.address) in ours:
            continue
        arrival.by = colleagues.get(letter.sender.address)
        if threads.join(arrival, letter, now):
            continue
        if arrival.by and arrival.mailbox.is_cord:
            _ask(arrival, letter, now)
        else:
            plain.append((arrival, letter))
    spoken.write_down_all(plain, now)
    answers.acknowledge_all(plain, now)


def _ours() -> frozenset[str]:
    """Addresses of Andon itself: what comes from there is our own mail, which somebody's rule sent back."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return frozenset(map(_plain, (sender, *Mailbox.objects.ours())))


def _plain(address: str) -> str:
    """Without what stands after a plus."""
    local, _, domain = address.lower().rpartition("@")
    return f"{local.split('+')[0]}@{domain}"


def _colleagues(accepted: receiving.Accepted) -> dict[str, Person]:
    """Who on the staff list wrote, by address."""
    addresses = {letter.sender.address for _arrival, letter in accepted} - {""}
    known = Person.objects.at_work().annotate(small=Lower("email")).filter(small__in=addresses)
    return {person.small: person for person in known}


def _ask(arrival: Arrival, letter: Letter, now: datetime) -> None:
    """A "?" by mail. What keeps it from being asked is said to whoever wrote, and the message is kept."""
    try:
        with transaction.atomic():
            escalation = _raise(arrival, letter, now)
    except (ValidationError, PermissionDenied) as error:
        problem = " ".join(getattr(error, "messages", None) or [str(error)])
        arrival.status, arrival.problem, arrival.signal = Arrival.Status.FAILED, problem, None
        answers.refuse(arrival, letter, problem, now)
        return
    arrival.thread = f"escalation:{escalation.number}"
    answers.confirm(arrival, letter, escalation, now)


def _raise(arrival: Arrival, letter: Letter, now: datetime) -> Escalation:
    if letter.is_forward:
        arrival.signal = spoken.write_down(arrival, letter, now)
        arrival.save()  # who passes something on may read it, and so ask about it
    note = letter.note[:LONGEST] if letter.note.strip(SIGNS) else ""
    return raise_escalation(
        by=arrival.by,
        now=now,
        signal=arrival.signal,
        mechanism=_named(arrival.signal, note, _tags(letter, arrival.mailbox)),
        note=note,
        title="" if arrival.signal else letter.subject.strip(SIGNS)[:200],
    )


def _named(signal: Signal | None, note: str, tags: Iterable[str]) -> Mechanism | None:
    """The mechanism that is plainly named: by the address, cord+labels@, or by the note, "? labels"."""
    from andon.signals.imports import Register

    if signal is not None and signal.mechanism_id:
        return signal.mechanism
    register = Register()
    names = filter(None, (*tags, note.strip(SIGNS)))
    known = next(filter(None, map(register.find, names)), None)
    return Mechanism.objects.get(pk=known) if known else None


def _tags(letter: Letter, mailbox: Mailbox) -> list[str]:
    local, _, domain = mailbox.address.lower().partition("@")
    addresses = [*(one.address for one in (*letter.to, *letter.cc)), *letter.delivered_to]
    start, end = f"{local}+", f"@{domain}"
    return [
        one.removeprefix(start).removesuffix(end)
        for one in addresses
        if local and one.startswith(start) and one.endswith(end)
    ]
