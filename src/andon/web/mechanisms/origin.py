"""How a chart came about, so that each number can be traced to what went in."""

from dataclasses import dataclass

from andon.mechanisms.models import Measure
from andon.plots import words
from andon.signals.models import Dataset
from andon.watch.models import Chart

FILES = 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Lines of (what, words), and the files read."""

    lines: list[tuple[str, str]]
    files: list[Dataset]


def told(measure: Measure, chart: Chart | None) -> Origin:
    """One query, for the files."""
    lines = [
        ("Counts as", measure.get_kind_display()),
        ("Taken from", _column(measure)),
        ("One point for each", measure.every),
        ("Chart", chart.why if chart else ""),
        ("Baseline", _baseline(measure)),
        ("Season", measure.get_season_display() if measure.season else ""),
        ("Rules", measure.rules.replace("-", " ").capitalize()),
    ]
    return Origin([(name, text) for name, text in lines if text], list(Dataset.objects.in_lake()[:FILES]))


def _column(measure: Measure) -> str:
    column = f"column “{measure.outcome}”" if measure.outcome else "the number of interactions"
    return f"{column}, over “{measure.of}”" if measure.of else column


def _baseline(measure: Measure) -> str:
    start, end = measure.baseline_from, measure.baseline_to
    if start and end:
        return f"{words.date(start)} to {words.date(end)}"
    if start or end:
        return f"from {words.date(start)}" if start else f"up to {words.date(end)}"
    return "all points of the phase"
