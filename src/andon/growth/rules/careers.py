"""What a job role wants of a skill and what somebody has, in plain words. No number, and nobody is measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

State = Literal["there", "next", "unsaid"]


@dataclass(frozen=True, slots=True)
class At:
    """A level of a skill: its step, its word, and the anchor that says what one sees somebody do there."""

    step: int
    word: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """`state`: there, next, or not said yet. `words` are to the person."""

    skill: str
    state: State
    words: str
    wanted: At
    said: At | None
    confirmed_by: tuple[str, ...] = ()
    slug: str = ""


def gap(skill: str, wanted: At, said: At | None, confirmed_by: Iterable[str] = (), slug: str = "") -> Gap:
    """One skill. `confirmed_by` are names of those who confirmed the level that was said."""
    names = tuple(confirmed_by)
    state, words = _compared(wanted, said, names)
    return Gap(skill, state, words, wanted, said, names, slug)


def _compared(wanted: At, said: At | None, names: tuple[str, ...]) -> tuple[State, str]:
    if said is None:
        words = _("They look for “%(word)s”. You have not said yet where you are.")
        return "unsaid", words % {"word": wanted.word}
    if said.step >= wanted.step:
        words = _("You say “%(said)s”, and that is what they look for.") % {"said": said.word}
        return "there", f"{words} {_confirmed(names)}"
    words = _("You say “%(said)s”. They look for “%(word)s”.")
    return "next", words % {"said": said.word, "word": wanted.word}


def summary(gaps: Iterable[Gap]) -> str:
    """What is there and what would be next, in a sentence; never a share and never a score."""
    found = list(gaps)
    if not found:
        return _("Nobody has written down yet which skills this role looks for.")
    missing = [one.skill for one in found if one.state == "next"]
    unsaid = [one.skill for one in found if one.state == "unsaid"]
    if not missing and not unsaid:
        return _("By your own word you have what this role looks for.")
    told = [_("What would be next: %(skills)s.") % {"skills": ", ".join(missing)}] if missing else []
    if unsaid:
        told.append(_("Not said yet: %(skills)s.") % {"skills": ", ".join(unsaid)})
    return " ".join(told)


def _confirmed(names: tuple[str, ...]) -> str:
    if not names:
        return _("Nobody has confirmed it yet; you may ask somebody who has seen you do it.")
    return _("Confirmed by %(names)s.") % {"names": ", ".join(names)}
