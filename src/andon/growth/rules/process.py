"""How the mechanism stands that somebody works with: to be read before anything is written about the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure by name: whether it has data, whether it is out now, and the sentence of its chart."""

    name: str
    charted: bool
    out: bool = False
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """`in_control`: None where nothing is known. `sentences` say why."""

    in_control: bool | None
    headline: str
    sentences: list[str]


def standing(measures: Sequence[MeasureFacts], open_questions: int) -> Standing:
    """In control only when something is measured, nothing is out and nobody waits for an answer about it."""
    charted = [measure for measure in measures if measure.charted]
    out = [measure for measure in charted if measure.out]
    said = [_("{name}: {sentence}").format(name=one.name, sentence=one.sentence) for one in out]
    if open_questions:
        said.append(_asked(open_questions))
    if out or open_questions:
        return Standing(False, _headline(bool(out)), said)
    if not charted:
        missing = _("Nothing has been measured here yet, so nobody can tell the process from the person.")
        return Standing(None, _("Nobody knows how this mechanism runs."), [missing])
    names = ", ".join(one.name for one in charted)
    steady = _("In control now, and without an open question: {names}.").format(names=names)
    return Standing(True, _("This mechanism runs as it usually does."), [steady])


def _asked(n: int) -> str:
    said = ngettext(
        "{n} question about it is open with its owner.", "{n} questions about it are open with its owner.", n
    )
    return said.format(n=n)


def _headline(out: bool) -> str:
    if out:
        return _("Look at the process first: this mechanism is out of spec.")
    return _("Look at the process first: somebody has asked about this mechanism and has no answer yet.")
