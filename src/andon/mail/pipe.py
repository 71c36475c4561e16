"""Messages from files and pipes, a batch at a time."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from andon.flow import mail
from andon.mail.sources import PIPE, Source
from andon.signals.models import Arrival, Mailbox
from andon.signals.receiving import Incoming

MOST_BYTES = 32 * 1024 * 1024  # in memory at once


def receive(sources: Iterable[Source], mailbox: Mailbox, now: datetime) -> Iterator[tuple[str, Arrival]]:
    """Each message's name and what became of it. Raises OSError or DatabaseError when one cannot be kept."""
    for some in _batches(sources):
        transport = Arrival.Transport.PIPE if some[0].name == PIPE else Arrival.Transport.FILE
        incoming = [Incoming(source.raw) for source in some]
        taken = mail.take(incoming, mailbox=mailbox, now=now, transport=transport)
        yield from zip((source.name for source in some), taken, strict=True)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Few enough for one transaction, and small enough for the memory."""
    held: list[Source] = []
    for source in sources:
        if held and (_is_full(held) or PIPE in (held[0].name, source.name)):
            yield held
            held = []
        held.append(source)
    if held:
        yield held


def _is_full(held: list[Source]) -> bool:
    return len(held) >= mail.AT_ONCE or sum(len(one.raw) for one in held) >= MOST_BYTES


def said(name: str, arrival: Arrival) -> dict[str, str | int | None]:
    """What became of a message, as `--json` prints it."""
    return {
        "file": name,
        "sha256": arrival.sha256,
        "signal": arrival.signal.key if arrival.signal else None,
        "status": str(arrival.status),
        "class": str(arrival.kind),
        "original_sender": arrival.original_sender or None,
        "sender_basis": arrival.basis or "unknown",
        "subject": arrival.subject,
        "text_chars": arrival.text_chars,
    }
