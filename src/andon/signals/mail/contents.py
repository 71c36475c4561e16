"""What a message holds: its readable text, its HTML as it came, its attachments, and messages attached to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from andon.signals.mail.letter import Attachment
from andon.signals.mail.page import page_text
from andon.signals.mail.parts import Part
from andon.signals.mail.tnef import Bundle, read_bundle

READABLE = {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
FILES = {
    "text/calendar",
    "text/csv",
    "text/vcard",
    "text/x-vcard",
    "text/rtf",
    "text/css",
    "text/javascript",
    "text/xml",
}
MESSAGES = {"message/rfc822", "message/global", "message/news"}
_STUB = re.compile(r"(?i)\bhtml\b")
STUB, MORE = 400, 80  # characters of a plain part that may be one, and by how many the page must say more
BIGGEST_BUNDLE = 60_000_000  # bytes of a winmail.dat that are looked into


@dataclass
class Contents:
    """Filled part by part, in the order of the mail."""

    texts: list[str] = field(default_factory=list)
    html: str = ""
    attachments: list[Attachment] = field(default_factory=list)
    messages: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(text.strip("\n") for text in self.texts if text.strip())


def contents_of(root: Part) -> Contents:
    """Of a whole message. A message whose parts hold no text, but whose body does, is not left without it."""
    found = Contents()
    _take(root, found)
    if root.children and not found.text and not found.attachments:
        whole, notes = Part(root.raw, root.headers, root.start, root.end).text()
        found.texts.append(whole.strip())
        found.notes += (*notes, "text was found outside of the parts")
    return found


def _take(part: Part, found: Contents) -> None:
    if part.children:
        _take_parts(part, found)
    elif part.media_type in MESSAGES or part.filename.lower().endswith(".eml"):
        found.messages.append(part)
        found.attachments.append(_attachment(part))
    elif is_text(part):
        _take_text(part, found)
    else:
        _take_file(part, found)


def _take_parts(part: Part, found: Contents) -> None:
    if part.media_type == "multipart/alternative":
        _take_alternative(part, found)
        return
    for child in part.children:
        _take(child, found)


def is_text(part: Part) -> bool:
    """Whether a part is for reading in place rather than a file."""
    if part.media_type.startswith("multipart/"):
        return True  # one whose boundary was never met
    if part.disposition.value == "attachment" and part.media_type != "message/delivery-status":
        return False
    readable = part.media_type in READABLE or (
        part.media_type.startswith("text/") and part.media_type not in FILES
    )
    return readable and not (part.filename and part.disposition.value != "inline")


def _take_text(part: Part, found: Contents) -> None:
    text, notes = part.text()
    found.notes += notes
    if part.media_type in ("text/html", "text/x-amp-html"):
        found.html = found.html or text
        text = page_text(text)
    elif part.media_type in ("text/enriched", "text/richtext"):
        text = re.sub(r"<[^<>]{0,100}>", "", text.replace("<<", "<"))
    found.texts.append(text)


def _take_alternative(part: Part, found: Contents) -> None:
    """The same said several ways: the plain one is taken, unless it only says that there is another."""
    ways = [_only(child) for child in part.children]
    for way in ways:
        found.html = found.html or way.html
        found.attachments += way.attachments
        found.messages += way.messages
        found.notes += [note for note in way.notes if note not in found.notes]
    plain = "\n\n".join(
        way.text for way, child in zip(ways, part.children, strict=True) if _is_plain(child) and way.text
    )
    said = [text for text in (plain, *(way.text for way in ways)) if text]
    if said:
        found.texts.append(_best(said))


def _is_plain(part: Part) -> bool:
    return part.media_type == "text/plain"


def _only(part: Part) -> Contents:
    found = Contents()
    _take(part, found)
    return found


def _best(said: list[str]) -> str:
    """The first, unless that is a stub: it says that there is a page, or is only the beginning of that page."""
    longest = max(said, key=len)
    short = len(said[0]) < STUB and len(longest) > 2 * len(said[0])
    begins = short and len(longest) > len(said[0]) + MORE and _letters(longest).startswith(_letters(said[0]))
    return longest if begins or (short and _STUB.search(said[0])) else said[0]


def _letters(text: str) -> str:
    return "".join(text.split())


def _take_file(part: Part, found: Contents) -> None:
    named = part.filename.lower()
    if part.media_type in ("application/ms-tnef", "application/vnd.ms-tnef") or named == "winmail.dat":
        bundle = read_bundle(part.content()) if part.size <= BIGGEST_BUNDLE else None
        if bundle:
            _take_bundle(bundle, found)
            return
        found.notes.append("winmail.dat could not be opened")
    found.attachments.append(_attachment(part))


def _take_bundle(bundle: Bundle, found: Contents) -> None:
    found.notes.append("opened from winmail.dat")
    found.html = found.html or bundle.html
    if not found.text:
        found.texts.append(bundle.text or page_text(bundle.html))
    found.attachments += bundle.attachments


def _attachment(part: Part) -> Attachment:
    reader: Callable[[], bytes] = part.content
    inline = part.disposition.value == "inline" or bool(
        part.content_id and part.disposition.value != "attachment"
    )
    return Attachment(part.filename, part.media_type, part.size, part.content_id, inline, reader)
