"""Whether a text is a forward, whose message it holds, and where the forwarder's own words end."""

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from andon.signals.mail.fields import moment
from andon.signals.mail.forwards.blocks import read_block
from andon.signals.mail.forwards.boundaries import Boundary, Opening
from andon.signals.mail.forwards.lines import Line, joined
from andon.signals.mail.forwards.phrases import FORWARDED, dashed
from andon.signals.mail.forwards.subjects import Prefix, prefix_of
from andon.signals.mail.letter import Original

DEEPEST = 20  # forwards of forwards
TECHNICAL = re.compile(
    r"(?i)(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature|authentication-results"
    r"|content-type|content-transfer-encoding|x-[a-z0-9-]+|arc-[a-z-]+)\s?:"
)
NOTE = 12  # words: what stands above is a note rather than an answer


@dataclass(frozen=True)
class Found:
    """`originals` are the messages forwarded, outermost first: the first that is not one of ours ends them.

    Going on past it would credit whomever that customer quotes. Where all are ours, the innermost asked first.
    """

    is_forward: bool
    originals: tuple[Original, ...] = ()


def find(
    opening: Opening,
    subject: str,
    recipients: frozenset[str],
    colleague: Callable[[Original], bool],
    *,
    depth: int = 0,
) -> Found:
    """Look for the message that was forwarded; within one that one of us sent, for the one that it forwards in turn.

    :param opening: the text, looked through.
    :param subject: of the message whose text this is.
    :param recipients: addresses it went to: an answer goes to the one it quotes, a forward to somebody else.
    :param colleague: whether a message is one of ours, so that what it passes on in turn is looked for.
    """
    met, lines, prefix = opening.met, opening.lines, prefix_of(subject)
    if met is None:
        return Found(prefix == "forward")
    if not _forwards(met, lines, prefix, subject, recipients):
        return Found(False)
    original = _original(met, opening)
    if original is None:
        return Found(True)
    if depth >= DEEPEST or not colleague(original):
        return Found(True, (original,))
    within = find(Opening.of(original.text), original.subject, frozenset(), colleague, depth=depth + 1)
    return Found(True, (original, *within.originals))


def _forwards(
    met: Boundary, lines: list[Line], prefix: Prefix, subject: str, recipients: frozenset[str]
) -> bool:
    """The decision, by what introduces the other message and what the subject says."""
    own = " ".join(line.said for line in lines[: met.begins]).split()
    if met.how == "announced":
        return not (prefix == "reply" and met.depth > 0)
    if met.sender.address and met.sender.address in recipients:
        return prefix == "forward" and met.how != "wrote"
    if prefix:
        return prefix == "forward"
    if met.how == "wrote":
        return not any(any(sign.isalnum() for sign in word) for word in own) and not _answered_below(
            met, lines
        )
    if met.how == "fields" and not _is_copy(met, lines):
        return False
    return bool(subject.strip()) or len(own) <= (NOTE if met.how == "original" else 0)


def _is_copy(met: Boundary, lines: list[Line]) -> bool:
    """Whether bare fields are what a mail program copies, and not "From: London, to: Paris" or a head that was pasted.

    Programs copy at least sender, date and whom it went to or its subject; of a head that somebody pasted the
    technical fields stand beside those.
    """
    known = {role for role, value in met.fields if value}
    beside = lines[max(met.begins - 1, 0) : met.begins] + lines[met.begins : met.ends + 1]
    technical = any(TECHNICAL.match(line.said) for line in beside)
    return bool(met.sender.address) and "date" in known and bool(known & {"to", "subject"}) and not technical


def _answered_below(met: Boundary, lines: list[Line]) -> bool:
    """Whether something unquoted stands among or below what is quoted, as in an answer written between the lines."""
    below = [line for line in lines[met.ends :] if line.said]
    return any(line.depth > met.depth for line in below) and any(line.depth <= met.depth for line in below)


def _original(met: Boundary, opening: Opening) -> Original | None:
    if not met.sender:
        return None
    below = _past_repeat(opening.lines[met.ends :])
    said = next((line for line in below if line.said), None)
    depth = said.depth if said and met.how in ("wrote", "announced") and said.depth > met.depth else met.depth
    date = met.field("date")
    return Original(
        sender=met.sender,
        subject=met.field("subject"),
        sent_at=moment(date),
        text=_trimmed(f"{joined(below, depth)}\n{opening.rest}"),
        date=date,
    )


def _past_repeat(lines: list[Line]) -> list[Line]:
    """Without the line that some programs write below the fields as well as above them (Zoho)."""
    at = next((at for at, line in enumerate(lines) if line.said), 0)
    again = dashed(lines[at].said) if lines else None
    return (
        lines[at + 1 :]
        if again and FORWARDED.search(again[0]) and read_block(lines, at + 1) is None
        else lines
    )


def _trimmed(text: str) -> str:
    """Without the indent some programs give to what they copy, and without empty lines around it."""
    return textwrap.dedent(text.replace("\xa0", " ")).lstrip("\ufeff \t\n").rstrip()
