"""A change on the chart of its measure: the baseline, the window, and what the points say."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from andon.escalations.models import Countermeasure, window_end
from andon.escalations.rules import judging
from andon.escalations.rules.judging import Criterion, Level, Point
from andon.mechanisms.models import Measure
from andon.people import saying
from andon.watch.models import Chart, ChartException

LENGTH = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
MONTHS = {"month": 1, "quarter": 3}
WAITS = timedelta(days=14)  # for the last days of a window to arrive


@dataclass(frozen=True, slots=True)
class Found:
    """A verdict in words, the side effect in words, and the figures both rest on."""

    verdict: str
    sentence: str
    side_sentence: str
    side_worse: bool
    figures: dict


def points_of(measure: Measure | None) -> list[Point]:
    """The whole periods of a measure's chart that have a value; none without a chart."""
    chart = Chart.objects.filter(measure=measure).first() if measure else None
    columns = chart.points if chart else {}
    names = ("at", "n", "value", "phase", "judged")
    size = len(columns.get("at", []))
    rows = zip(*(columns.get(name) or [None] * size for name in names), strict=True)
    return [
        _point(measure, at, n, value, phase)
        for at, n, value, phase, whole in rows
        if value is not None and whole is not False
    ]


def _point(measure: Measure, at: str, n: float | None, value: float, phase: int | None) -> Point:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Point(start, _end(start, measure.every), n or 0.0, value, phase or 0)


def _end(start: datetime, every: str) -> datetime:
    if every in MONTHS:
        months = start.month - 1 + MONTHS[every]
        return start.replace(year=start.year + months // 12, month=months % 12 + 1)
    return start + LENGTH.get(every, timedelta(days=1))


def baseline(measure: Measure | None, now: datetime) -> Level:
    """What the chart shows now: since it has stood out, if that is long enough to know, else the last periods."""
    if measure is None:
        return Level()
    points = [point for point in points_of(measure) if point.until <= now]
    return judging.level_of(judging.before(points, _out_since(measure, points), now), measure.kind)


def _out_since(measure: Measure, points: list[Point]) -> datetime | None:
    """Where the points began to stand out for the worse that still did at the end, with one between that did not."""
    marked = ChartException.objects.filter(measure=measure, withdrawn_at=None).exclude(worse=False)
    out = set(marked.values_list("at", flat=True))
    since, calm = None, 0
    for point in reversed(points):
        calm = 0 if point.at in out else calm + 1
        if calm > 1:
            break
        since = point.at if point.at in out else since
    return since


def window(measure: Measure, since: datetime, until: datetime) -> Level:
    return judging.level_of(judging.within(points_of(measure), since, until), measure.kind)


def judged(fix: Countermeasure, now: datetime) -> Found:
    """By the points of the window. In the language that is active."""
    measure, until = fix.measure, min(window_end(fix), now)
    base, after = Level(**fix.baseline), window(measure, fix.in_place.since, until)
    found = judging.judge(base, after, criterion(fix), measure.kind, measure.good, measure.unit)
    side_sentence, side_worse, beside = side_effect(fix, until)
    figures = asdict(found.figures) | {"side": beside, "until": until.isoformat()}
    return Found(found.verdict, found.sentence, side_sentence, side_worse, figures)


def criterion(fix: Countermeasure) -> Criterion:
    return Criterion(fix.side, fix.level)


def side_effect(fix: Countermeasure, until: datetime) -> tuple[str, bool, dict]:
    """What happened to the measure that was watched beside it: in words, whether it became worse, and its figures."""
    if fix.watched is None:
        return "", False, {}
    watched = fix.watched
    base, after = Level(**fix.watched_baseline), window(watched, fix.in_place.since, until)
    if base.points == 0 or after.points == 0:
        return (
            _("Whether %(measure)s suffered cannot be told: it has no data.") % {"measure": watched.name},
            False,
            {},
        )
    worse = judging.worse_beyond_chance(base, after, watched.kind, watched.good)
    told = _("Beside it, %(measure)s went from %(before)s to %(after)s.") % {
        "measure": watched.name,
        "before": saying.value(base.mean, watched.unit, 1),
        "after": saying.value(after.mean, watched.unit, 1),
    }
    means = _("That is worse than chance explains: a side effect.") if worse else _("No side effect shows.")
    return f"{told} {means}", worse, asdict(after)


def problem_judging(fix: Countermeasure, now: datetime) -> str:
    """The window is over, but its data may still be on their way."""
    if is_due(fix, now):
        return ""
    return _("The window is over, but its last data are not here yet. It is judged by itself when they are.")


def is_due(fix: Countermeasure, now: datetime) -> bool:
    """The window is over and its data are here, or have not come for two weeks."""
    end = window_end(fix)
    if end is None or end > now:
        return False
    through = Chart.objects.filter(measure=fix.measure).values_list("through", flat=True).first()
    return now >= end + WAITS or (through is not None and through >= end)


def due(now: datetime) -> Iterable[Countermeasure]:
    """Changes to judge today: in place, not judged since they are watched, with their window over."""
    from andon.escalations.cases import newest_verdict

    found = (
        Countermeasure.objects.filter(in_place__since__lte=now, dropping=None)
        .exclude(judgements__verdict__in=["effective", "partial", "ineffective"])
        .select_related("in_place", "escalation", "measure")
        .prefetch_related("extensions", "judgements")
    )
    return [one for one in found if not newest_verdict(one) and is_due(one, now)]


def in_words(fix: Countermeasure) -> str:
    """The change and its test, as it was written before."""
    test = _("%(measure)s %(criterion)s for %(days)d days") % {
        "measure": fix.measure.name,
        "criterion": judging.in_words(criterion(fix), fix.measure.unit),
        "days": fix.window_days,
    }
    planned = _("Planned for %(day)s: %(what)s") % {"day": saying.day(fix.due_on), "what": fix.what}
    return f"{planned}\n\n" + _("It helped if: %(test)s.") % {"test": test}


def so_far(fix: Countermeasure, now: datetime) -> str:
    """How it stands while it is watched: figures, and no verdict before its time."""
    if getattr(fix, "in_place", None) is None:
        return ""
    after = window(fix.measure, fix.in_place.since, now)
    if after.points == 0:
        return _("No whole period since then yet.")
    return _("So far %(value)s (%(cases)s).") % {
        "value": saying.value(after.mean, fix.measure.unit, 1),
        "cases": judging.cases_in(after),
    }
