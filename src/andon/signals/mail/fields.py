"""What the head of a message says of it: who, to whom, when, about what, in answer to what."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypedDict

from andon.signals.mail.addresses import addresses
from andon.signals.mail.headers import Headers
from andon.signals.mail.letter import Address

MOST_IDS = 500
_ID = re.compile(r"<([^<>\s]{1,900})>")
_BARE_ID = re.compile(r"[^\s<>,;]{1,400}@[^\s<>,;]{1,400}")


class Fields(TypedDict):
    """The part of a `Letter` that its head gives."""

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sent_at: datetime | None
    subject: str
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    delivered_to: tuple[str, ...]


def fields_of(headers: Headers) -> Fields:
    """Read from the topmost field of each name; of a sender, the first that can be read."""
    return Fields(
        message_id=next(iter(ids(headers.raw("message-id"))), headers.raw("message-id").strip("<> ")),
        in_reply_to=ids(headers.raw("in-reply-to")),
        references=ids(headers.raw("references")),
        sent_at=moment(headers.raw("date")),
        subject=" ".join(headers.text("subject").split()),
        sender=sender_of(headers),
        reply_to=_all(headers, "reply-to"),
        to=_all(headers, "to"),
        cc=_all(headers, "cc"),
        delivered_to=_delivered(headers),
    )


def sender_of(headers: Headers) -> Address:
    """From, or where it names nobody Sender, Reply-To or the return path."""
    nobody = Address()
    for name in ("from", "sender", "reply-to", "return-path"):
        found = _all(headers, name)
        best = next((address for address in found if "@" in address.address), next(iter(found), None))
        if best and best.address:
            return best
        nobody = nobody or best or Address()
    return nobody


def ids(text: str) -> tuple[str, ...]:
    """Message ids, without angle brackets; those that forgot the brackets too."""
    found = _ID.findall(text) or _BARE_ID.findall(text)
    return tuple(dict.fromkeys(found[-MOST_IDS:]))


def moment(text: str) -> datetime | None:
    """An aware moment in UTC of a date as RFC 5322 writes it; None for what is no date."""
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def _all(headers: Headers, name: str) -> tuple[Address, ...]:
    return tuple(address for value in headers.every(name) for address in addresses(value))


def _delivered(headers: Headers) -> tuple[str, ...]:
    names = ("x-original-to", "delivered-to", "envelope-to", "x-envelope-to", "x-rcpt-to")
    found = (address.address for name in names for address in _all(headers, name))
    return tuple(dict.fromkeys(address for address in found if address))
