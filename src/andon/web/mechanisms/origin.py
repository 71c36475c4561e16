"""How a chart came about, so that each number can be traced to what went in."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure
from andon.people import saying
from andon.people.retelling import retold
from andon.signals.models import Dataset
from andon.watch.models import Chart
from andon.web.templatetags.andon import cadence, rules_name

FILES = 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Lines of (what, words), and the files read."""

    lines: list[tuple[str, str]]
    files: list[Dataset]


def told(measure: Measure, chart: Chart | None) -> Origin:
    """One query, for the files."""
    lines = [
        (_("Counts as"), measure.get_kind_display()),
        (_("Taken from"), _column(measure)),
        (_("One point for each"), cadence(measure.every)),
        (_("Chart"), retold(chart.why) if chart else ""),
        (_("Baseline"), _baseline(measure)),
        (_("Season"), measure.get_season_display() if measure.season else ""),
        (_("Rules"), rules_name(measure.rules)),
    ]
    return Origin([(name, text) for name, text in lines if text], list(Dataset.objects.in_lake()[:FILES]))


def _column(measure: Measure) -> str:
    column = (
        _("column “%(outcome)s”") % {"outcome": measure.outcome}
        if measure.outcome
        else _("the number of interactions")
    )
    return _("%(column)s, over “%(of)s”") % {"column": column, "of": measure.of} if measure.of else column


def _baseline(measure: Measure) -> str:
    start, end = measure.baseline_from, measure.baseline_to
    if start and end:
        return _("%(first)s to %(last)s") % {"first": saying.day(start), "last": saying.day(end)}
    if start or end:
        if start:
            return _("from %(first)s") % {"first": saying.day(start)}
        return _("up to %(last)s") % {"last": saying.day(end)}
    return _("all points of the phase")
