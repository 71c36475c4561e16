"""Mail that comes in: its bytes are kept first, and only then does anything look into them.

    bytes ─▶ keep (a file, then a row) ─▶ understand ─▶ accepted · here already · in quarantine · not understood

A process may end anywhere in between: what is kept and not understood is taken up again by `left_over`.
What follows from a message is said by `then`, which a stage above gives; it runs in the same transaction.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from andon.people.words import tidy
from andon.signals import bulk, letters
from andon.signals.breaking import step
from andon.signals.mail import Letter
from andon.signals.mail import read as read_letter
from andon.signals.models import Arrival, Mailbox

Status = Arrival.Status
Accepted = Sequence[tuple[Arrival, Letter]]
Then = Callable[[Accepted, datetime], None]
OPEN = (Status.WAITING, Status.FAILED)
ONCE = (Status.ACCEPTED, Status.QUARANTINED)
FOUND = (
    "status", "identity", "message_id", "kind", "sender", "by", "original_sender", "basis", "authentication",
    "subject", "text_chars", "signal", "thread", "problem", "notes", "attempts", "settled_at", "received_at",
)  # fmt: skip
GOES_WRONG = "Something went wrong here, not in the message. It is kept; try again, or tell who runs Andon."
SOONER = timedelta(days=1)  # clocks of writers may be a little fast
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message on the doorstep; where it lies on a server, if it does."""

    raw: bytes
    received_at: datetime | None = None
    uid_validity: int | None = None
    uid: int | None = None


def keep(raw: bytes, *, mailbox: Mailbox, now: datetime, transport: str) -> Arrival:
    """Keeps one message for good: the file is on the disk before the row, and the row before this returns."""
    return keep_all([Incoming(raw)], mailbox=mailbox, now=now, transport=transport)[0]


def keep_all(
    incoming: Sequence[Incoming], *, mailbox: Mailbox, now: datetime, transport: str
) -> list[Arrival]:
    """As `keep`, many at once. What was fetched from a server before comes back as the row it has already.

    Raises OSError or DatabaseError when they cannot be kept; the sender has to come again then.
    """
    step("before the file")
    names = letters.keep([one.raw for one in incoming], settings.LETTERS)
    step("before the row")
    made = [
        Arrival(
            mailbox=mailbox, transport=transport, sha256=name, size=len(one.raw), kept_at=now,
            received_at=one.received_at or now, uid_validity=one.uid_validity, uid=one.uid,
        )
        for one, name in zip(incoming, names, strict=True)
    ]  # fmt: skip
    Arrival.objects.bulk_create(made, ignore_conflicts=True)
    keys = [one.key for one in made]
    kept = {one.key: one for one in Arrival.objects.filter(key__in=keys).select_related("mailbox")}
    step("after the row")
    return [kept.get(one.key) or _fetched_before(one) for one in made]


def _fetched_before(arrival: Arrival) -> Arrival:
    """Another process was first to keep what lies at this place on the server.

    Unless it is something else: a server that numbers anew should say so, and not all do.
    """
    place = {"uid_validity": arrival.uid_validity, "uid": arrival.uid}
    first = Arrival.objects.select_related("mailbox").get(mailbox=arrival.mailbox, **place)
    if first.sha256 != arrival.sha256:
        arrival.uid_validity = arrival.uid = None
        arrival.save(force_insert=True)
        return arrival
    return first


def left_over(mailbox: Mailbox | None = None, before: datetime | None = None) -> list[Arrival]:
    """Kept, and not understood: the process that kept them has ended, or has them in hand."""
    waiting = Arrival.objects.waiting().select_related("mailbox").order_by("pk")
    if before is not None:
        waiting = waiting.filter(kept_at__lt=before)
    return list(waiting.filter(mailbox=mailbox) if mailbox else waiting)


def understand(arrival: Arrival, now: datetime, then: Then) -> Arrival:
    """Parses one message and decides, in one transaction."""
    return understand_all([arrival], now, then)[0]


def understand_all(arrivals: Sequence[Arrival], now: datetime, then: Then) -> list[Arrival]:
    """As `understand`, many in one transaction: reading is done before it, and one bad message harms no other.

    One that another process has in hand, or has settled, is left to it. Raises DatabaseError, with all of them
    waiting still.
    """
    ours = Mailbox.objects.insiders()
    read = [Read(one, *_read(one, ours)) for one in arrivals if one.status in OPEN]
    step("before the transaction")
    with transaction.atomic():
        taken = _take(one.arrival for one in read)
        _settle([one for one in read if one.arrival.pk in taken], now, then)
        step("before the commit")
    step("after the commit")
    for one in read:
        if one.arrival.pk not in taken:
            one.arrival.refresh_from_db()
    return list(arrivals)


class Read(NamedTuple):
    """A message, read but not settled."""

    arrival: Arrival
    letter: Letter
    identity: str


def _read(arrival: Arrival, ours: frozenset[str]) -> tuple[Letter, str]:
    try:
        raw = arrival.raw
    except OSError as error:
        return Letter(broken=_("Its file cannot be read: %(why)s.") % {"why": error.strerror}), ""
    if not raw or raw.isspace():
        return Letter(broken=_("This message is empty.")), letters.identity(raw)
    return read_letter(raw, trusted=frozenset(arrival.mailbox.trusted), ours=ours), letters.identity(raw)


def _take(arrivals: Iterable[Arrival]) -> set[int]:
    """Which of them nobody else has in hand; nobody else gets those until this transaction ends."""
    skips = connection.features.has_select_for_update_skip_locked
    open_ones = Arrival.objects.select_for_update(skip_locked=skips).filter(status__in=OPEN)
    return set(open_ones.filter(pk__in=[one.pk for one in arrivals]).values_list("pk", flat=True))


def _settle(read: Sequence[Read], now: datetime, then: Then) -> None:
    """All together, which is quick; where that goes wrong, one by one, so that each stands for itself."""
    for one in read:
        _describe(one.arrival, one.letter, one.identity, now)
    try:
        with transaction.atomic():
            _decide(read, now, then)
    except (OperationalError, InterfaceError):
        raise  # nothing is known to be wrong with the messages: they wait
    except Exception as error:
        if len(read) == 1:
            _fail_alone(read[0], error, now)
            return
        for one in read:
            one.arrival.attempts -= 1
            _settle([one], now, then)


def _fail_alone(read: Read, error: Exception, now: datetime) -> None:
    read.arrival.attempts -= 1
    _describe(read.arrival, read.letter, read.identity, now)
    if isinstance(error, IntegrityError) and (first := _firsts([read]).get(read.identity)):
        _repeat(read.arrival, first)  # the very same message was settled elsewhere in this moment
    elif isinstance(error, (ValidationError, PermissionDenied)):
        _fail(read.arrival, " ".join(getattr(error, "messages", None) or [str(error)]))
    else:
        log.error("message %s could not be understood", read.arrival.key, exc_info=error)
        _fail(read.arrival, GOES_WRONG)
    _write_down([read.arrival])


def _decide(read: Sequence[Read], now: datetime, then: Then) -> None:
    firsts = _firsts(read)
    accepted: list[tuple[Arrival, Letter]] = []
    later: list[Arrival] = []
    for one in read:
        if one.letter.broken:
            _fail(one.arrival, one.letter.broken)
        elif one.identity in firsts and not _asks_more(one, firsts[one.identity]):
            later.append(one.arrival)
        elif _is_doubtful(one):
            one.arrival.status, one.arrival.problem = Status.QUARANTINED, one.letter.why_authentication
            firsts[one.identity] = one.arrival
        else:
            one.arrival.status, one.arrival.problem = Status.ACCEPTED, ""
            one.arrival.identity = "" if one.identity in firsts else one.identity
            firsts.setdefault(one.identity, one.arrival)
            accepted.append((one.arrival, one.letter))
    step("before what follows")
    then(accepted, now)
    for arrival in later:
        _repeat(arrival, firsts[arrival.identity])
    _write_down([one.arrival for one in read])


def _asks_more(read: Read, first: Arrival) -> bool:
    """A colleague's mail to several addresses of ours, the cord among them: whichever comes first, it asks once."""
    if first.by_id is None or first.mailbox.is_cord or not read.arrival.mailbox.is_cord:
        return False
    asked = Arrival.objects.filter(
        message_id=read.arrival.message_id, by=first.by_id, mailbox__purpose="cord"
    )
    return not asked.filter(status=Status.ACCEPTED).exclude(pk=read.arrival.pk).exists()


def _is_doubtful(read: Read) -> bool:
    return read.letter.authentication == "fail" and bool(read.arrival.mailbox.trusted)


def accept(arrival: Arrival, letter: Letter, now: datetime, then: Then) -> None:
    """Inside a transaction: lets one message go on, whatever held it."""
    arrival.status, arrival.problem = Status.ACCEPTED, ""
    then([(arrival, letter)], now)
    arrival.save()


def _firsts(read: Sequence[Read]) -> dict[str, Arrival]:
    """What came before and is the same message, by its identity."""
    identities = [one.identity for one in read if one.identity]
    same = Arrival.objects.filter(identity__in=identities, status__in=ONCE).select_related(
        "signal", "mailbox"
    )
    return {one.identity: one for one in same}


def _repeat(arrival: Arrival, first: Arrival) -> None:
    arrival.status, arrival.signal, arrival.thread = Status.DUPLICATE, first.signal, first.thread
    arrival.problem = ""


def _fail(arrival: Arrival, problem: str) -> None:
    arrival.status, arrival.problem, arrival.signal, arrival.thread = (
        Status.FAILED,
        tidy(problem)[:2000],
        None,
        "",
    )


def _write_down(arrivals: Sequence[Arrival]) -> None:
    bulk.update(Arrival, arrivals, FOUND)


def _describe(arrival: Arrival, letter: Letter, identity: str, now: datetime) -> None:
    """What the message says of itself, cut to what a row holds; the whole lies in its file."""
    arrival.attempts += 1
    arrival.by = None
    arrival.settled_at, arrival.identity, arrival.signal, arrival.thread = now, identity, None, ""
    arrival.message_id, arrival.subject = tidy(letter.message_id)[:400], tidy(letter.subject)[:400]
    arrival.sender, arrival.kind = tidy(letter.sender.address)[:320], letter.kind
    arrival.authentication, arrival.notes = letter.authentication, [tidy(note) for note in letter.notes]
    arrival.original_sender = tidy(_who(letter))[:320]
    arrival.basis, arrival.text_chars = letter.basis, len(letter.text)
    if arrival.transport == Arrival.Transport.FILE:
        arrival.received_at = plausible(letter.sent_at, arrival.kept_at)


def _who(letter: Letter) -> str:
    original = letter.original.sender if letter.original else None
    return (original.address or original.name) if original else ""


def plausible(sent_at: datetime | None, now: datetime) -> datetime:
    """When something was written, unless its writer's clock is plainly wrong; never later than now."""
    if sent_at is None or sent_at.year < 1990 or sent_at > now + SOONER:
        return now
    return min(sent_at.astimezone(UTC), now)
