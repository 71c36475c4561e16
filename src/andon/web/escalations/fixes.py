"""A change as pages show it: its test, how it stands, and the chart with the day it came and its window."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from andon.escalations import watching
from andon.escalations.cases import fix_of as life_of
from andon.escalations.models import Countermeasure, Escalation, Judgement, window_end
from andon.escalations.rules import judging, life
from andon.escalations.rules.judging import Level
from andon.mechanisms.models import Measure
from andon.people import saying
from andon.plots import Note
from andon.watch.models import Chart
from andon.web.escalations.chart import KEPT_FOR, WIDTH, drawn

LOOKS = {
    life.PLANNED: ("open", gettext_lazy("planned")),
    life.IN_PLACE: ("calm", gettext_lazy("watching")),
    life.EFFECTIVE: ("good", gettext_lazy("effective")),
    life.PARTIAL: ("calm", gettext_lazy("partly effective")),
    life.INEFFECTIVE: ("cord", gettext_lazy("not effective")),
    life.TOO_FEW: ("open", gettext_lazy("too few to tell")),
    life.DROPPED: ("", gettext_lazy("dropped")),
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the chart shows at this moment, which will be the baseline; `level` is empty without enough points."""

    measure: Measure
    level: str
    cases: str
    better: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One change with its test in words."""

    one: Countermeasure
    state: str
    chip: str
    words: str
    base: str
    criterion: str
    until: datetime | None
    judgement: Judgement | None


def baseline_of(measure: Measure | None, now: datetime) -> Baseline | None:
    if measure is None:
        return None
    level = watching.baseline(measure, now)
    better = _("lower is better") if measure.good == "low" else _("higher is better")
    return Baseline(measure, *_level(level, measure.unit), better)


def _level(level: Level, unit: str) -> tuple[str, str]:
    if not level.points:
        return "", ""
    return saying.value(level.mean, unit, 1), judging.cases_in(level)


def fix_of(one: Countermeasure, now: datetime) -> Fix:
    fix = life_of(one)
    chip, words = LOOKS[fix.state]
    value, cases = _level(Level(**one.baseline) if one.baseline else Level(), one.measure.unit)
    base = f"{value} ({cases})" if value else ""
    judgements = sorted(one.judgements.all(), key=lambda each: (each.at, each.pk))
    newest = judgements[-1] if judgements and fix.state not in (life.IN_PLACE, life.PLANNED) else None
    criterion = judging.in_words(watching.criterion(one), one.measure.unit)
    return Fix(one, fix.state, chip, str(words), base, criterion, window_end(one), newest)


def acts_of(one: Countermeasure, escalation: Escalation, now: datetime) -> set[str]:
    """What may be done with it as it stands."""
    fix = life_of(one)
    found = set()
    if fix.state in life.UNFINISHED and escalation.is_open:
        found.add("drop")
    if fix.state == life.PLANNED and escalation.is_open:
        found.add("in_place")
    if fix.state == life.TOO_FEW and escalation.is_open:
        found.add("watch_on")
    if fix.state == life.IN_PLACE and not watching.problem_judging(one, now) and fix.due <= now:
        found.add("judge")
    return found


def notes_of(fixes: list[Countermeasure], last: datetime | None) -> list[Note]:
    """On the chart: the day a change came, and the end of its window where the chart reaches it."""
    found = []
    for one in fixes:
        if hasattr(one, "in_place"):
            found.append(Note(_plain(one.in_place.since), _("the change came")))
            end = window_end(one)
            if end and last and end <= last:
                found.append(Note(_plain(end), _("window over")))
    return found


def _plain(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def picture_of(measure: Measure, fixes: list[Countermeasure]) -> str:
    """The chart of a measure with its changes; empty while it has no data. Drawn once for each computation."""
    chart = Chart.objects.filter(measure=measure).select_related("measure__mechanism").first()
    if chart is None or not chart.points.get("at"):
        return ""
    marks = ",".join(f"{one.pk}:{window_end(one)}" for one in fixes)
    drawn_so = f"{WIDTH}:{get_language()}:{sha256(marks.encode()).hexdigest()[:16]}"
    key = f"fix:{chart.pk}:{chart.computed_at.timestamp()}:{drawn_so}"
    return cache.get_or_set(key, lambda: drawn(chart, notes_of(fixes, chart.through)), KEPT_FOR)
