"""Which outcomes of the register can be separated, and why others cannot."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure

KINDS = {
    Measure.Kind.PROPORTION: "proportion",
    Measure.Kind.VALUE: "value",
    Measure.Kind.RATE: "count",
    Measure.Kind.COUNT: "count",
}


class Outcome(NamedTuple):
    """A column of the lake as measures count it. Measures that agree in all three share what is computed."""

    outcome: str
    kind: str
    good: str


def asked_by(measure: Measure) -> Outcome | None:
    """What to separate for a measure; None where there is nothing that a person could have a part in."""
    if why_not(measure):
        return None
    return Outcome(measure.outcome, KINDS[measure.kind], measure.good)


def why_not(measure: Measure) -> str:
    """Why a measure cannot be separated, as a sentence, or ""."""
    if measure.kind == Measure.Kind.BETWEEN:
        return _(
            "This measure is the time between rare events: single cases hold too little to be separated."
        )
    if not measure.outcome:
        return _("This measure counts how many cases there are, and nobody who serves them decides that.")
    if measure.of:
        return _("This measure is a rate over the column “%(of)s”, which is not separated yet.") % {
            "of": measure.of
        }
    return ""


INITIALS = {"csat", "nps", "ces", "sla", "fcr", "aht"}


def plain(column: str) -> str:
    """The name of a column as words: “repeat contact”, “CSAT”."""
    words = column.replace("_", " ").split()
    return " ".join(word.upper() if word.casefold() in INITIALS else word for word in words)


def outcomes_of(measures: Iterable[Measure]) -> dict[Outcome, list[Measure]]:
    """The outcomes that measures ask for, each with its measures; in order of name."""
    found: dict[Outcome, list[Measure]] = {}
    for measure in measures:
        if asked := asked_by(measure):
            found.setdefault(asked, []).append(measure)
    return dict(sorted(found.items()))
