"""Where key results and objectives stand: last check-ins, progress in words, and the small picture."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.people import saying
from andon.standards.models import CheckIn, KeyResult, Objective
from andon.standards.rules.progress import Part, Progress, of_part, of_parts

LAST = CheckIn.objects.filter(key_result=OuterRef("pk")).order_by("-at", "-pk")
SURE = {"low": "open", "middle": "calm", "high": "good"}  # never the colour of the cord: nobody is an alarm
WIDE, HIGH, EDGE = 120.0, 28.0, 3.0


def with_last(results: QuerySet[KeyResult]) -> QuerySet[KeyResult]:
    """With the value and the confidence of the last check-in."""
    return results.annotate(
        last=Subquery(LAST.values("value")[:1]), sure=Subquery(LAST.values("confidence")[:1])
    )


def with_results(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    return objectives.prefetch_related(
        Prefetch("key_results", with_last(KeyResult.objects.all()), to_attr="standing")
    )


def progress_of(objective: Objective) -> Progress:
    return of_parts([part_of(result) for result in objective.standing])


def part_of(result: KeyResult) -> Part:
    return Part(result.baseline, result.target, result.good, result.last, result.weight)


@dataclass(frozen=True, slots=True)
class Picture:
    """A line of check-ins between baseline and target; coordinates in a box of 120 by 28, and what it shows."""

    points: str
    target: str
    last: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A key result as a page shows it."""

    result: KeyResult
    progress: Progress
    baseline: str
    target: str
    last: str
    sure: str
    chip: str
    picture: Picture | None = None
    check_ins: list[CheckIn] = field(default_factory=list)


def standing_of(result: KeyResult, check_ins: Iterable[CheckIn] = ()) -> Standing:
    """`result` from `with_last`; `check_ins` in the order of time, where the history is shown."""
    told = list(check_ins)
    return Standing(
        result=result,
        progress=of_part(part_of(result)),
        baseline=amount(result.baseline, result.unit),
        target=amount(result.target, result.unit),
        last=amount(result.last, result.unit),
        sure=_sure(result.sure),
        chip=SURE.get(result.sure or "", ""),
        picture=picture(result, [one.value for one in told]) if told else None,
        check_ins=told[::-1],
    )


def _sure(confidence: str | None) -> str:
    sure = {"low": _("low confidence"), "middle": _("middling confidence"), "high": _("high confidence")}
    return sure.get(confidence or "", "")


def amount(x: float | None, unit: str) -> str:
    if x is None:
        return ""
    if unit == "share" and 0.001 <= abs(x) <= 0.99:  # three figures, so that a small step shows
        return saying.figures(f"{100 * x:.3g}\N{NO-BREAK SPACE}%")
    return saying.value(x, "" if unit == "score" else unit).replace(" %", "\N{NO-BREAK SPACE}%")


def picture(result: KeyResult, values: list[float]) -> Picture:
    """Baseline first, then each check-in, evenly apart; the target as a line across."""
    line = [result.baseline, *values]
    low, high = min(*line, result.target), max(*line, result.target)
    step = (WIDE - 2 * EDGE) / (len(line) - 1)
    at = [(EDGE + place * step, _height(value, low, high)) for place, value in enumerate(line)]
    target = _height(result.target, low, high)
    return Picture(
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in at),
        target=f"M0,{target:.1f}H{WIDE:.0f}",
        last=f"M{at[-1][0]:.1f},{at[-1][1]:.1f}h.001",
        words=_told(result, values),
    )


def _height(value: float, low: float, high: float) -> float:
    """Halved first, so that the largest of numbers do not overflow."""
    if high == low:
        return HIGH / 2
    return HIGH - EDGE - (value / 2 - low / 2) / (high / 2 - low / 2) * (HIGH - 2 * EDGE)


def _told(result: KeyResult, values: list[float]) -> str:
    told = ngettext(
        "From %(first)s to %(last)s in one check-in; the target is %(target)s.",
        "From %(first)s to %(last)s in %(n)s check-ins; the target is %(target)s.",
        len(values),
    )
    ends = {"first": amount(result.baseline, result.unit), "last": amount(values[-1], result.unit)}
    return told % {**ends, "n": len(values), "target": amount(result.target, result.unit)}
