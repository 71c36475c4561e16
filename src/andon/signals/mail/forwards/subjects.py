"""What the front of a subject says: forwarded, answered, or nothing that can be known."""

import re
from typing import Literal

Prefix = Literal["forward", "reply", ""]

FORWARD = {
    "fw", "fwd", "forward", "forwarded", "wg", "wtr", "weitergeleitet", "tr", "rv", "enc", "res enc",
    "vl", "vb", "pd", "doorst", "fs", "i", "inoltro", "videresend", "videresendt", "vidarebefordrat",
    "reenviado", "reenv", "encaminhado", "encaminhada", "redir", "redir.", "transmis", "transféré",
    "továbbítás", "továbbítva", "tovább", "ilt", "i̇lt", "yönl", "prov", "prep", "přep", "pf",
    "προωθ", "πρθ", "пересл", "пер", "переслано", "прп", "転送", "转发", "轉寄", "轉發", "전달", "הועבר",
    "chuyển tiếp", "fwd fw", "begin forwarded message", "edelleenlähetetty", "välitetty",
    "proslijeđeno", "prosleđeno", "preposlané", "přeposlané", "przekazane", "edasi", "pārsūtīts",
    "persiųsta", "fvs",
}  # fmt: skip
REPLY = {
    "re", "aw", "antw", "antwort", "sv", "svar", "rif", "r", "res", "resp", "odp", "ynt", "atb",
    "vá", "vs.", "отв", "ответ", "回复", "答复", "回覆", "答覆", "返信", "회신", "답장", "השב", "απ", "σχετ",
    "trả lời",
}  # fmt: skip
EITHER = {"vs"}
"""Finnish "Vastaus" (an answer) and Norwegian "Videresend" (a forward): the text has to tell."""

_FRONT = re.compile(r"^\W*([^\W\d_][\w.^ ]{0,26}?|\S{1,4})\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,2})?\s*[:：]\s*")
_TAGGED = re.compile(r"^\s*(?:\[[^\]]{1,60}\]|\([^)]{1,30}\))\s*")
_WRAPPED = re.compile(r"^\s*\[\s*(?:fwd?|wg)\s*:", re.IGNORECASE)
_CLOSED = re.compile(r"\((?:fwd|forwarded|weitergeleitet)\)\s*$", re.IGNORECASE)


def prefix_of(subject: str) -> Prefix:
    """What the outermost prefix says; tags of lists and desks ("[Support]") before it are passed over.

    A prefix that some languages use either way says nothing.
    """
    if _WRAPPED.match(subject):
        return "forward"
    first = _first(subject)
    if first in FORWARD:
        return "forward"
    if first in REPLY:
        return "reply"
    return "forward" if _CLOSED.search(subject) else ""


def without_prefixes(subject: str) -> str:
    """The subject alone, as all in a thread share it."""
    for _prefix in range(20):
        front = _FRONT.match(subject)
        if not front or front[1].casefold() not in FORWARD | REPLY | EITHER:
            break
        subject = subject[front.end() :]
    return subject.strip()


def _first(subject: str) -> str:
    for _tag in range(5):
        front = _FRONT.match(subject)
        if front and front[1].casefold() in FORWARD | REPLY | EITHER:
            return front[1].casefold()
        tag = _TAGGED.match(subject)
        if not tag:
            return ""
        subject = subject[tag.end() :]
    return ""
