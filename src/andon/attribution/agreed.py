"""The level that was agreed for an outcome, where there is one for everybody."""

from collections.abc import Iterable
from datetime import date

from andon.mechanisms.models import Measure
from andon.standards.models import StandardVersion


def agreed_level(measures: Iterable[Measure], on: date) -> float | None:
    """The level in force for these measures on a day, on the scale of the data.

    None without one, and where roles or teams have different levels: one line cannot be all of them.
    """
    versions = StandardVersion.objects.in_force(on).filter(
        standard__measure__in=list(measures), level__isnull=False
    )
    levels = {_on_the_scale(one) for one in versions.select_related("standard__measure")}
    return levels.pop() if len(levels) == 1 else None


def _on_the_scale(version: StandardVersion) -> float:
    """A level written in per cent of a measure that is a share."""
    measure = version.standard.measure
    percent = version.unit in {"%", "percent"} and measure is not None and measure.unit == "share"
    return float(version.level or 0.0) / 100 if percent else float(version.level or 0.0)
