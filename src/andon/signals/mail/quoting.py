"""What somebody wrote now: without what they quote, without their signature; and the note on top of a forward."""

import re

from andon.signals.mail.forwards.boundaries import Boundary, Opening, first_boundary
from andon.signals.mail.forwards.lines import Line

_DELIMITER = re.compile(r"^(?:-- ?|—|__ ?|--_)$")
_DEVICE = re.compile(
    r"^(?:sent (?:from|via|with|using) |get outlook for|von meinem .{2,30} gesendet"
    r"|gesendet (?:von|mit|über) |diese nachricht wurde von"
    r"|envoyé (?:de|depuis|avec) |enviado (?:desde|do|de|a partir) |obtenir outlook"
    r"|inviato d|verzonden (?:vanaf|met|via) |skickat från"
    r"|sendt fra |lähetetty |wysłan[eo] z |odesláno z|odoslané z|отправлено с|отправлено из"
    r"|iphone'?umdan|elküldve |trimis (?:de pe|din)"
    r"|poslano (?:s|iz)|надіслано з|holen sie sich outlook|iphoneから送信|发自我的|從我的"
    r"|나의 .{2,20}에서 보냄|my .{2,20} sent this)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:best|kind|warm|many)?\s?regards|best|cheers|thanks|thank you|thx|sincerely"
    r"|yours|(?:mit )?(?:freundlichen?|besten?|viele[nr]?"
    r"|liebe|herzliche) grü|gruß|grüße|mfg|lg\b|vg\b|cordialement|bien à vous|salutations"
    r"|merci|saludos|un saludo|atentamente|gracias"
    r"|cordiali saluti|distinti saluti|saluti|grazie|met vriendelijke groet|groet|mvh"
    r"|vänliga hälsningar|hälsningar|med venlig hilsen"
    r"|hilsen|ystävällisin|terveisin|pozdrawiam|z poważaniem|s pozdravem|üdvözlettel"
    r"|cu stimă|с уважением|з повагою|saygılar|atenciosamente"
    r"|abraço|obrigad|よろしく|敬具|此致|祝好|감사합니다)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^[\s?？؟¿⸮;!.]{0,20}[?？؟⸮][\s?？؟!.]{0,20}$")
LAST_LINES = 12  # a signature by a device's name stands among the last lines, and is short


def own_words(opening: Opening) -> str:
    """The new part of a text: above what is copied, or between the lines of what is quoted.

    Where all of a text is marked as quoted and nothing says by whom, it is the sender's own.
    """
    met, lines = opening.met, opening.lines
    if met and met.begins == 0 and met.how == "fields" and not met.sender.address:
        met = None  # a form that the sender filled in, as far as anybody can tell
    kept = lines[: met.begins] + _between(met, lines) if met else lines
    own = [line for line in kept if line.depth == 0]
    if not met and not any(line.said for line in own):
        own = kept
    text = _without_signature([line.text.rstrip() for line in own])
    return text if met or not opening.rest else f"{text}\n{opening.rest}"


def note_of(own: str) -> str:
    """A note on top of a forward: a bare "?" is one whoever signed below it; anything else is taken whole."""
    own = own.strip()
    first, _line_end, rest = own.partition("\n")
    return "?" if is_question(first) and _is_signature(rest) else own


def is_question(text: str) -> bool:
    """Whether this is a question mark, or several, and nothing else."""
    return bool(_ASKED.match(text.replace("\u200b", "").replace("\ufeff", "")))


def _between(met: Boundary, lines: list[Line]) -> list[Line]:
    """What an answer says between and below the lines it quotes with ">"."""
    below = lines[met.ends :]
    if met.how != "wrote" or not any(line.depth > met.depth for line in below):
        return []
    further = first_boundary(
        [line if line.depth == met.depth else Line(line.depth, "", "") for line in below]
    )
    return [line for line in below[: further.begins if further else len(below)] if line.depth <= met.depth]


def _without_signature(lines: list[str]) -> str:
    while lines and not lines[-1].strip():
        lines.pop()
    for at, line in enumerate(lines):
        short = line.strip(" *\xa0>")
        if at and _DELIMITER.match(line.lstrip(" \xa0")) and any(before.strip() for before in lines[:at]):
            lines = lines[:at]
            break
        near = len(lines) - at <= LAST_LINES and len(short) < 60 and not short.endswith((".", ","))
        if near and _DEVICE.match(short):
            lines = lines[:at]
            break
    return "\n".join(lines).strip("\n").rstrip()


def _is_signature(text: str) -> bool:
    """Whether what follows a bare question mark only says who asks."""
    lines = [line.strip(" *_\xa0") for line in text.split("\n") if line.strip(" *_\xa0-—")]
    if not lines:
        return True
    first = lines[0].lstrip("-–— ")
    if _CLOSING.match(first) or _DEVICE.match(first):
        return True
    named = (
        all(word[:1].isupper() or not word[:1].isalpha() for word in first.split()) or len(first.split()) == 1
    )
    return len(first) <= 40 and not first.endswith((".", "?", "!", ":", ",")) and named
