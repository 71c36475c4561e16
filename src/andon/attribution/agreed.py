"""Levels that were agreed, put on the scale that people are compared on."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from andon.analysis.attribution.moving import on_the_mix
from andon.attribution.models import Separation
from andon.mechanisms.models import Measure
from andon.standards.models import StandardVersion


class Agreed(NamedTuple):
    """A level on the scale of the data, and the mechanism (its short name) whose measure it was agreed for."""

    level: float
    mechanism: str


def agreed_level(measures: Iterable[Measure], on: date) -> Agreed | None:
    """The level in force for these measures on a day.

    None without one, and where roles or teams have different levels: one line cannot be all of them.
    """
    versions = StandardVersion.objects.in_force(on).filter(
        standard__measure__in=list(measures), level__isnull=False
    )
    found = {agreed(one) for one in versions.select_related("standard__measure__mechanism")}
    return found.pop() if len(found) == 1 else None


def agreed(version: StandardVersion) -> Agreed:
    """A level as the data count it; one written in per cent of a measure that is a share is put on that scale."""
    measure = version.standard.measure
    if measure is None or version.level is None:
        raise ValueError("This version of a standard has no level of a measure.")
    percent = version.unit in {"%", "percent"} and measure.unit == "share"
    return Agreed(version.level / 100 if percent else version.level, measure.mechanism.slug)


def line_of(version: StandardVersion, separation: Separation) -> float | None:
    """What somebody who just reaches the level would reach on the mix of work that people are compared on.

    A level is agreed for a mechanism, where cases may be easier or harder than elsewhere. None where the mechanism is
    not among those separated.
    """
    level, mechanism = agreed(version)
    row = next((one for one in separation.mechanisms if one.get("slug") == mechanism), None)
    if row is None or row["adjusted"] is None or separation.usual is None:
        return None
    return on_the_mix(level, row["adjusted"], separation.usual, separation.kind)
