"""How the mechanism stands that carries a shortfall: its charts, its limits, and the questions about it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import numpy as np
from django.utils import timezone

from andon.escalations.models import Escalation
from andon.evidence.models import Item
from andon.growth.queries.process import mechanism_of
from andon.mechanisms.models import Measure, Mechanism
from andon.plans.rules.conditions import MechanismFacts
from andon.plots.words import value
from andon.standards.models import Standard
from andon.watch.models import Chart, ChartException


def facts(standard: Standard, items: Iterable[Item], starts: date, now: datetime) -> MechanismFacts:
    """Of a behaviour that no mechanism carries the name is empty."""
    carries = mechanism_of(standard) or next((one.mechanism for one in items if one.mechanism_id), None)
    if carries is None:
        return MechanismFacts()
    asked = tuple(
        Escalation.objects.open().of_mechanism(carries).order_by("number").values_list("number", flat=True)
    )
    measure = standard.measure or standard.outcome_measure
    found = _charted(measure, starts) if measure else _overall(carries)
    return MechanismFacts(
        name=carries.name, today=timezone.localdate(now), open_questions=asked,
        out_elsewhere=tuple(_out_elsewhere(carries, measure)), **found,
    )  # fmt: skip


def _charted(measure: Measure, starts: date) -> dict:
    """In control: nothing is out now, and no exception on the worse side stands in the period."""
    chart = Chart.objects.filter(measure=measure).first()
    if chart is None or chart.latest is None:
        return {"measure": measure.name, "charted": False}
    since = datetime.combine(starts, time(), UTC)
    marked = ChartException.objects.filter(measure=measure, withdrawn_at=None, at__gte=since).exclude(
        worse=False
    )
    reasons = list(marked.values_list("reason", flat=True)[:3])
    return {
        "measure": measure.name,
        "charted": True,
        "through": chart.through.date() if chart.through else None,
        "in_control": not chart.out and not reasons,
        "exceptions": tuple(reasons),
        "in_spec": _in_spec(measure, chart, since),
        "spec": _limits(measure),
    }


def _overall(mechanism: Mechanism) -> dict:
    """Of a behaviour on a mechanism: all its charts together."""
    charts = Chart.objects.filter(
        measure__in=Measure.objects.in_use().filter(mechanism=mechanism), latest__isnull=False
    )
    through = max((one.through for one in charts if one.through), default=None)
    return {
        "measure": "what is measured of it", "charted": bool(charts), "through": through.date() if through else None,
        "in_control": True, "in_spec": None,
    }  # fmt: skip


def _out_elsewhere(mechanism: Mechanism, measure: Measure | None) -> list[str]:
    out = Chart.objects.filter(out=True, measure__in=Measure.objects.in_use().filter(mechanism=mechanism))
    return list(out.exclude(measure=measure).values_list("measure__name", flat=True)[:3])


def _in_spec(measure: Measure, chart: Chart, since: datetime) -> bool | None:
    """What all of its cases in the period came to, within the limits; None where no limits were set."""
    lower, upper = measure.spec_lower, measure.spec_upper
    level = _level(chart, since)
    if (lower is None and upper is None) or level is None:
        return None
    return (lower is None or level >= lower) and (upper is None or level <= upper)


def _level(chart: Chart, since: datetime) -> float | None:
    """The mean of the points of the period, weighted by their cases; of all points where none is so young."""
    at = np.array(chart.points.get("at", []), "datetime64[s]")
    values = np.array(chart.points.get("value", []), float)
    cases = np.array([n or 0 for n in chart.points.get("n") or []], float)
    weights = cases if len(cases) == len(values) and cases.sum() else np.ones(len(values))
    young = at >= np.datetime64(since.replace(tzinfo=None), "s")
    use = np.isfinite(values) & (young if young.any() else True) & (weights > 0)
    return float(np.average(values[use], weights=weights[use])) if use.any() else None


def _limits(measure: Measure) -> str:
    lower, upper = measure.spec_lower, measure.spec_upper
    if lower is not None and upper is not None:
        return f"{value(lower, measure.unit)} to {value(upper, measure.unit)}"
    if lower is not None:
        return f"at least {value(lower, measure.unit)}"
    return f"at most {value(upper, measure.unit)}" if upper is not None else ""
