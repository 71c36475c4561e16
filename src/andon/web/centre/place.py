"""Where a number of the contact centre stands in the metric audit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from andon.analysis.metrics.spec import MATTERS
from andon.culture.centre.definitions import Indicator
from andon.culture.centre.models import CentreFigure
from andon.culture.metrics.feeling import FELT, OPEN, OTHER_WAY, OWN, Feeling, Feelings
from andon.culture.metrics.resting import joined, sentence

LOOKS = {FELT: "good", OWN: "calm", OPEN: "open"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands in the metric audit."""

    look: str
    said: str
    sentence: str
    outcome: str
    mechanism: str


def place(indicator: Indicator, figure: CentreFigure, mechanism: str, feelings: Feelings) -> Place | None:
    """In the mechanism shown; where that was not audited by itself, everywhere."""
    columns = figure.basis.get("columns", [])
    if indicator.audited is None or not columns:
        return None
    good = "low" if indicator.key == "service" else figure.good  # what is audited is the waiting time itself
    found = feelings.of_column(columns[0], good, mechanism)
    outcome = (
        columns[0]
        if found.state == OWN
        else (found.of(MATTERS) or [one.outcome for one in found.said] or [""])[0]
    )
    look = LOOKS.get(found.state, "cord")
    told = _sentence(found)
    if indicator.key == "service":
        told = f"{_('Of the waiting time itself:')} {told}"
    return Place(look, _said(found), told, outcome, found.mechanism or mechanism)


def _said(found: Feeling) -> str:
    if found.state == OWN:
        return _("What customers feel")
    if found.state == FELT:
        return _("Customers feel it")
    if found.state == OPEN:
        return _("Cannot tell")
    return (
        _("Customers fare worse as it improves")
        if found.state == OTHER_WAY
        else _("Customers do not feel it")
    )


def _sentence(found: Feeling) -> str:
    if found.state == OWN:
        return _("All other numbers are held against it.")
    if found.state == FELT:
        return _("It moves %(outcomes)s.") % {"outcomes": joined(found.of(MATTERS))}
    if found.state == OPEN:
        return _("The numbers do not tell whether customers feel it.")
    return sentence(found)
