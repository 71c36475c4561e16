"""Bytes to a `Letter`, whatever the bytes."""

import email
import email.policy
import email.utils
from email.message import EmailMessage
from typing import cast

from andon.signals.mail.letter import Address, Letter


def read(raw: bytes, *, trusted: frozenset[str] = frozenset(), ours: frozenset[str] = frozenset()) -> Letter:
    """Read one message. Never raises: what cannot be read is said in `broken` and kept as text.

    :param raw: the message as it came over the wire.
    :param trusted: the authserv-ids of our own mail servers; only what they say of a sender counts.
    :param ours: our own addresses (lower case) and domains ("@example.com"): a forwarded message of one of
        these is not the customer's.
    """
    try:
        return _letter(raw)
    except Exception as problem:
        return Letter(
            text=raw.decode("utf-8", "replace"), broken=f"This message could not be read: {problem}"
        )


def _letter(raw: bytes) -> Letter:
    message = cast(EmailMessage, email.message_from_bytes(raw, policy=email.policy.default))
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body else ""
    name, address = email.utils.parseaddr(str(message.get("From", "")))
    return Letter(
        message_id=str(message.get("Message-ID", "")).strip("<> "),
        subject=str(message.get("Subject", "")),
        sender=Address(name, address.lower()),
        to=tuple(Address(n, a.lower()) for n, a in email.utils.getaddresses([str(message.get("To", ""))])),
        text=text,
        new_text=text,
    )
