"""Counting the numbers of the contact centre anew, from the lake."""

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from andon import lake
from andon.analysis import Review, ReviewSpec, review_many
from andon.attribution.cells import brought
from andon.culture.centre.counting import Counts, counts
from andon.culture.centre.definitions import BY_KEY, Indicator
from andon.culture.centre.models import CentreFigure
from andon.culture.metrics.asking import FEWEST
from andon.culture.metrics.columns import directions
from andon.lake import BadInput, Cells
from andon.lake.metrics import people_by_mechanism
from andon.mechanisms.models import Measure, Mechanism, Phase
from andon.people import saying
from andon.watch import charting

OF_FILES = "points.parquet"  # in a warning for whoever works with files
Made = tuple[str, str, Cells, ReviewSpec]


def count(now: datetime) -> int:
    """Counts every number of all contacts and of each mechanism that serves them; how many charts there are.

    Mechanisms in which very few people serve are left out, of the total as well, as they could be told by subtracting.
    """
    data = brought()
    made = figures([str(path) for path in data.paths], now) if data.paths else []
    with transaction.atomic():
        CentreFigure.objects.all().delete()
        CentreFigure.objects.bulk_create(made)
    return len(made)


def figures(paths: list[str], now: datetime) -> list[CentreFigure]:
    """Unsaved, from files as the lake keeps them."""
    source = lake.open_source(paths)
    if not {"at", "mechanism"} <= source.columns.keys():
        return []
    measures = list(Measure.objects.in_use().select_related("mechanism").order_by("pk"))
    few = {slug for slug, people in people_by_mechanism(source).items() if 0 < people < FEWEST}
    found = counts(source, measures, few)
    with saying.for_keeps():
        made = list(_specs(found, measures))
        return [_figure(found, one, review, now) for one, review in _reviewed(made)]


def _specs(found: Counts, measures: list[Measure]) -> Iterator[Made]:
    sides, units = directions(measures), {one.outcome: one.unit for one in measures if one.outcome}
    for key, by_mechanism in found.cells.items():
        one, columns = BY_KEY[key], found.columns[key]
        spec = ReviewSpec(
            kind=kind_of(one, found.best), measure=str(one.name), unit=unit_of(one, columns, units, found.best),
            good=side_of(one, columns, sides),
        )  # fmt: skip
        for slug, cells in by_mechanism.items():
            yield key, slug, cells, spec


def kind_of(one: Indicator, best: float) -> Any:
    return "value" if one.key == "csat" and not math.isfinite(best) else one.kind


def unit_of(one: Indicator, columns: tuple[str, ...], units: dict[str, str], best: float) -> str:
    """As the register counts the column; shares are shares, and answers of customers bare numbers."""
    if one.key == "csat" and not math.isfinite(best):
        return ""
    if one.unit in ("", "share") or len(columns) != 1:
        return one.unit
    return units.get(columns[0]) or one.unit


def side_of(one: Indicator, columns: tuple[str, ...], sides: dict[str, str]) -> Any:
    """Which side is better: as the register has it for the column itself, else as usual."""
    return sides.get(columns[0], one.good) if len(columns) == 1 and one.key != "service" else one.good


def _reviewed(made: list[Made]) -> Iterator[tuple[Made, Review]]:
    """False alarms are controlled over all of them together; what cannot be charted is left out."""
    try:
        yield from zip(made, review_many([(one[2], one[3]) for one in made]), strict=True)
    except BadInput:
        for one in made:
            try:
                yield one, review_many([(one[2], one[3])])[0]
            except BadInput:
                continue


def _figure(found: Counts, made: Made, review: Review, now: datetime) -> CentreFigure:
    key, slug, cells, spec = made
    drawn = charting.chart(measure_of(key, slug, spec.unit, str(spec.good)), cells, review, (), now).chart
    warnings = [told for told in drawn.warnings if OF_FILES not in told]
    basis: dict[str, Any] = {"columns": list(found.columns[key])}
    if key == "service":
        basis["limits"] = {name: one for name, one in found.limits.items() if slug in ("", name)}
    if key == "csat":
        basis["best"] = found.best if math.isfinite(found.best) else None
    return CentreFigure(
        key=key, mechanism=slug, computed_at=now, n=int(cells.rows.sum() if key == "occupancy" else cells.n.sum()),
        overall=float(cells.total.sum() / cells.n.sum()), unit=spec.unit, good=spec.good, sentence=drawn.sentence,
        why=drawn.why, warnings=warnings, latest=drawn.latest, out=drawn.out, tile=drawn.tile,
        points=drawn.points, basis=basis,
    )  # fmt: skip


def measure_of(key: str, slug: str, unit: str, good: str, name: str = "") -> Measure:
    """The number as a measure that is not in the register, so that it is drawn as all measures are."""
    measure = Measure(
        pk=0, mechanism=Mechanism(slug=slug or "contacts", name=name), slug=key, name=str(BY_KEY[key].name),
        kind=BY_KEY[key].kind, unit=unit, good=good, every="week",
    )  # fmt: skip
    measure._prefetched_objects_cache = {
        "phases": Phase.objects.none()
    }  # it is in no register: nothing to look up
    return measure
