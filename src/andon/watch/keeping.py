"""Writing charts and exceptions, in as few statements as possible. Exceptions are withdrawn, never deleted:
questions point at them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from andon.mechanisms.models import Measure
from andon.watch.models import Chart, ChartException

CHART = [f.name for f in Chart._meta.concrete_fields if f.name not in ("id", "measure")]
EXCEPTION = ["value", "n", "centre", "rules", "reason", "worse", "strength", "customers", "withdrawn_at"]


def empty(measure: Measure, problem: str, now: datetime) -> Chart:
    """The chart of a measure that there is nothing to draw for."""
    return Chart(measure=measure, computed_at=now, sentence=problem, points={}, warnings=[])


def keep_charts(charts: Iterable[Chart], known: dict[int, Chart]) -> None:
    """New ones are added, known ones replaced."""
    charts = list(charts)
    Chart.objects.bulk_create([c for c in charts if c.measure_id not in known])
    old = [c for c in charts if c.measure_id in known]
    for chart in old:
        chart.pk = known[chart.measure_id].pk
    Chart.objects.bulk_update(old, CHART, batch_size=50)


def keep_exceptions(measures: Iterable[Measure], found: Iterable[ChartException], now: datetime) -> None:
    """Adds what is new, brings known ones up to date, and withdraws those no longer marked."""
    known = {(e.measure_id, e.at): e for e in ChartException.objects.filter(measure__in=list(measures))}
    now_marked = {(e.measure_id, e.at): e for e in found}
    ChartException.objects.bulk_create(
        [e for key, e in now_marked.items() if key not in known], batch_size=500
    )
    changed = []
    for key, e in now_marked.items():
        if key in known:
            e.pk, e.first_seen = known[key].pk, known[key].first_seen
            if _differs(e, known[key]):
                changed.append(e)
    ChartException.objects.bulk_update(changed, EXCEPTION, batch_size=100)
    gone = [e.pk for key, e in known.items() if key not in now_marked and e.withdrawn_at is None]
    for start in range(0, len(gone), 900):
        ChartException.objects.filter(Q(pk__in=gone[start : start + 900])).update(withdrawn_at=now)


def _differs(one: ChartException, other: ChartException) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in EXCEPTION)
