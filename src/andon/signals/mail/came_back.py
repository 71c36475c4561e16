"""Of a mail that came back: which mails of ours did, for good, and why (RFC 3464; and what older servers quote)."""

import re

from andon.signals.mail.fields import ids
from andon.signals.mail.parts import Part

LARGEST = 500_000  # bytes that are searched
MOST = 20  # mails that one report is about
_OURS = re.compile(rb"(?im)^[>\s]{0,4}(?:x-)?(?:original-)?message-id:\s{0,80}(<[^<>\s]{1,900}>)")
_ACTION = re.compile(rb"(?im)^action:[ \t]*([a-z]+)")
_WHY = re.compile(rb"(?im)^(?:diagnostic-code|status):[ \t]*(.{1,300})")
_ONLY_LATE = re.compile(r"(?i)delayed|warning|verzögert|will keep trying|wird weiter versucht")


def came_back(root: Part, subject: str) -> tuple[tuple[str, ...], str]:
    """(Message-IDs without angle brackets, why in the server's words); nothing where it is only late."""
    body = root.raw[root.start : root.start + LARGEST]
    if not _for_good(body, subject):
        return (), ""
    quoted = (found.decode("ascii", "replace").strip("<>") for found in _OURS.findall(body))
    answered = (*ids(root.headers.raw("in-reply-to")), *ids(root.headers.raw("references")))
    return tuple(dict.fromkeys((*quoted, *answered)))[:MOST], _why(body)


def _for_good(body: bytes, subject: str) -> bool:
    """A report says so itself; without one the subject may say that the server goes on trying."""
    actions = {action.lower() for action in _ACTION.findall(body)}
    return b"failed" in actions if actions else not _ONLY_LATE.search(subject)


def _why(body: bytes) -> str:
    """The diagnosis, which stands below the status where there is one."""
    said = _WHY.findall(body)
    return " ".join(said[-1].decode("utf-8", "replace").split()) if said else ""
