"""Mails of the cast, as their programs write them."""

from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from tests.cast import NOW

CORD = "cord@example.com"
CUSTOMER = "Carla Customer <carla@shop.example>"


def mail(
    text: str = "My parcel is late.",
    *,
    sender: str = CUSTOMER,
    to: str = CORD,
    subject: str = "Where is it?",
    id: str = "<1@shop.example>",
    at: datetime = NOW,
    answers: Sequence[str] = (),
    **headers: str,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = format_datetime(at), id
    if answers:
        message["In-Reply-To"] = message["References"] = " ".join(answers)
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def forward(
    note: str = "?",
    *,
    sender: str = "Lena Leader <lena@example.com>",
    original: bytes | None = None,
    id: str = "<forward@example.com>",
    **more,
) -> bytes:
    """As some programs forward: the customer's mail as an attachment, whole."""
    from email import message_from_bytes, policy

    message = EmailMessage()
    message["From"], message["To"] = sender, more.pop("to", CORD)
    message["Subject"], message["Message-ID"] = more.pop("subject", "Fwd: Where is it?"), id
    message["Date"] = format_datetime(more.pop("at", NOW))
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(note)
    message.add_attachment(message_from_bytes(original or mail(), policy=policy.default))
    return message.as_bytes()


def inline(note: str = "?", *, sender: str = "Lena Leader <lena@example.com>", **more) -> bytes:
    """As most programs forward: the customer's mail as text below a line."""
    text = (
        f"{note}\n\n---------- Forwarded message ---------\nFrom: {CUSTOMER}\n"
        "Date: Mon, 2 Mar 2026 at 08:30\nSubject: Where is it?\nTo: <service@example.com>\n\n\nMy parcel is late.\n"
    )
    return mail(text, sender=sender, subject="Fwd: Where is it?", id="<inline@example.com>", **more)
