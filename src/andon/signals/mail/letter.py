"""What is known of one mail after reading it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["human", "auto", "bounce", "list"]
Basis = Literal["attached", "parsed", "confirmed", "unknown", ""]
Verdict = Literal["pass", "fail", "none"]


@dataclass(frozen=True)
class Address:
    """A name and an address as a header gave them. The address is in lower case, or "" where none was readable."""

    name: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.address)

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name and self.address else self.address or self.name


NOBODY = Address()


@dataclass(frozen=True)
class Attachment:
    """A part that is kept as it came. `read()` decodes it when asked, and not before; nothing is unpacked."""

    name: str
    media_type: str
    size: int  # bytes, decoded
    content_id: str = ""  # what an HTML text calls it by, without the angle brackets
    inline: bool = False
    read: Callable[[], bytes] = field(default=bytes, repr=False, compare=False)


@dataclass(frozen=True)
class Original:
    """The message that was forwarded: whose it is, and what it said."""

    sender: Address
    subject: str = ""
    sent_at: datetime | None = None
    text: str = ""
    date: str = ""  # as it was written, where no clock could read it


@dataclass(frozen=True)
class Letter:
    """One mail, read. Every text is readable `str` without lone surrogates; what was mended is in `notes`."""

    message_id: str = ""  # without angle brackets; "" where there is none
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sent_at: datetime | None = None  # aware, UTC
    subject: str = ""
    sender: Address = NOBODY
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()  # envelope recipients as hops noted them, topmost first
    text: str = ""  # the whole readable text; from the HTML where there is no plain text
    new_text: str = ""  # what the sender wrote now: no quoted or forwarded text, no signature
    note: str = ""  # `new_text` without names below it: "?" for a bare question mark, whoever signed it
    html: str = ""  # as it came: never show it but sandboxed
    attachments: tuple[Attachment, ...] = ()
    kind: Kind = "human"
    why_kind: str = ""  # a sentence; "" for a human's
    answerable: bool = True  # whether an automatic answer may go back without making a loop
    came_back: tuple[str, ...] = ()  # of a bounce: the Message-IDs of what could not be delivered for good
    why_came_back: str = ""  # in the words of the server that gave up
    is_forward: bool = False
    original: Original | None = None
    basis: Basis = ""  # how `original` is known; "" for what is no forward
    sender_is_ours: bool = False  # the sender is one of `ours`
    authentication: Verdict = "none"
    why_authentication: str = ""
    notes: tuple[str, ...] = ()  # what was mended, in words
    broken: str = ""  # why it could not be read, where it could not

    @property
    def customer(self) -> Address:
        """Whose words these are, as far as is known: the original's sender of a forward, else who sent it.

        Of a forward by somebody who is not `sender_is_ours`, the caller may know better: a customer who passes
        on another's mail is still the one who asks.
        """
        return self.original.sender if self.original else self.sender

    @property
    def is_question(self) -> bool:
        """Whether somebody passed this on with a bare question mark, or with no word at all."""
        return self.is_forward and self.note in ("?", "")
