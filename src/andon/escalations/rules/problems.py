"""Why a question cannot be asked, written to or closed; empty when it can."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from andon.people import saying

ANSWERS = frozenset({"answer", "made_right", "explained"})
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
LONGEST_THANKS = 1_000


def problem_text(text: str, most: int = LONGEST_TEXT) -> str:
    """Why a text that is needed cannot be taken; empty when it can."""
    return problem_long(text, most) if text.strip() else _("Write at least a word.")


def problem_long(text: str, most: int = LONGEST_TEXT) -> str:
    """Why a text that may be empty cannot be taken; empty when it can."""
    if len(text) <= most:
        return ""
    return _("Longer than %(most)s characters. Link to the document instead.") % {
        "most": saying.thousands(most)
    }


def problem_closing(kinds: Iterable[str], reason: str) -> str:
    """Why a question cannot be closed yet; empty when it can."""
    if reason.strip() or ANSWERS & set(kinds):
        return ""
    return _("Write an answer first, or say why none is needed: a question is not closed without either.")


def problem_writing(kind: str, text: str, closed: bool) -> str:
    """Why something cannot be written; empty when it can."""
    if kind not in ANSWERS | {"note"}:
        return _(
            "%(kind)r is not something to write. Choose a note, an answer, made right, or explained."
        ) % {"kind": kind}
    if problem := problem_text(text):
        return problem
    if closed and kind != "note":
        return _("This question is closed. Write a note, or ask anew.")
    return ""


def problem_asking(note: str, title: str, things: int) -> str:
    """Why a question cannot be asked; empty when it can. A blank note is fine: the sign is the question."""
    if not things and not (note.strip() or title.strip()):
        return _("Say what the question is about: a signal, a measure, a mechanism, or a few words.")
    if len(note) > LONGEST_TEXT:
        return _("The note is longer than %(most)s characters. Link to the document instead.") % {
            "most": saying.thousands(LONGEST_TEXT)
        }
    if len(title) > LONGEST_TITLE:
        return _("The title is longer than %(most)s characters. Put the rest in the note.") % {
            "most": LONGEST_TITLE
        }
    return ""
