"""From an association to a verdict: distinguishable from zero and big enough, clearly too small, or cannot tell."""

import numpy as np
from scipy.stats import t as student

from andon.analysis.metrics.spec import (
    CANNOT_TELL,
    LEVEL,
    MATTERS,
    NOT,
    UNKNOWN,
    Form,
    Interval,
    Side,
    Step,
    Stretch,
    Verdict,
)  # fmt: skip
from andon.analysis.metrics.within import Within
from andon.lake.metrics import MetricCells
from andon.plots import words
from andon.stats.within import Shape

FEWEST = 30  # cases of a stretch of which an interval is given
LEFT = 20  # cases beyond the levels taken out, below which nothing is said
HEAVY = 0.2  # share of the information in one cluster from which the rest must bear the finding out


def chance(found: Within) -> float:
    """Chance of such an association by luck alone: the smaller of slope's and bend's, doubled as two were looked at."""
    if found.slope is None:
        return 1.0
    if found.bend is None:
        return found.slope.p
    return min(1.0, 2 * min(found.slope.p, found.bend.p))


def form_of(cells: MetricCells, found: Within, step: Step, good: Side, sure: bool) -> Form:
    """The shape, in units of the outcome; flat or unknown unless `sure` that there is any."""
    bins = _bins(cells, found)
    if found.slope is None or found.curve is None:
        return Form("cannot tell", np.nan, np.nan, np.nan, UNKNOWN, bins)
    if not sure:
        return Form("cannot tell", np.nan, np.nan, np.nan, step.change, bins)
    drawn = found.shape
    if drawn is None or drawn.form == "slope":
        return Form("monotone", np.nan, np.nan, np.nan, step.change, bins)
    reach = float(student.ppf((1 + LEVEL) / 2, found.curve.df)) * drawn.error
    size = Interval(drawn.change, drawn.change - reach, drawn.change + reach).times(cells.outcome.spread)
    return Form(_kind(drawn, good), drawn.at, drawn.low, drawn.high, size, bins)


def _kind(drawn: Shape, good: Side) -> str:
    if drawn.form in ("peak", "valley"):
        return "inverted U" if drawn.form == "peak" else "U"
    better = (drawn.change > 0) == (good == "high")  # going up along the metric
    if drawn.form == "until":
        return "too little" if better else "only below a threshold"
    return "only beyond a threshold" if better or drawn.form == "jump" else "too much"


def _bins(cells: MetricCells, found: Within) -> tuple[Stretch, ...]:
    if found.curve is None:
        return ()
    usual = cells.outcome.mean + cells.outcome.spread * float(cells.y.sum() / cells.cases)
    spread = cells.outcome.spread
    drawn = found.curve
    low, high = (np.where(drawn.n >= FEWEST, end, np.nan) for end in (drawn.low, drawn.high))
    return tuple(
        Stretch(
            _name(cells, int(number)), float(found.means[k]), float(drawn.n[k]), usual + spread * float(drawn.value[k]),
            usual + spread * float(low[k]), usual + spread * float(high[k]),
        )
        for k, number in enumerate(found.present)
    )  # fmt: skip


def _name(cells: MetricCells, number: int) -> str:
    """A stretch in words: “no”, “3”, “up to 214”, “214 to 388”, “above 388”."""
    edges = cells.metric.edges
    if cells.metric.binary:
        return ("no", "yes")[number] if len(edges) else ("yes" if cells.metric.high else "no")
    if cells.metric.whole and len(edges) and np.allclose(np.diff(edges), 1) and len(edges) < 10:
        return (
            words.number(float(edges[number]))
            if number < len(edges)
            else f"above {words.number(float(edges[-1]))}"
        )
    if number == 0:
        return f"up to {words.number(float(edges[0]))}" if len(edges) else "all"
    if number == len(edges):
        return f"above {words.number(float(edges[-1]))}"
    return f"{words.number(float(edges[number - 1]))} to {words.number(float(edges[number]))}"


def judged(
    cells: MetricCells, found: Within, step: Step, form: Form, sure: bool, matters: float
) -> tuple[Verdict, str]:
    """The verdict and, of those that cannot be told, why."""
    if found.slope is None:
        return CANNOT_TELL, "it does not vary within the same people and mechanisms"
    if found.still:
        return CANNOT_TELL, "the outcome does not vary within the same people and mechanisms"
    if found.free < LEFT:
        return CANNOT_TELL, "too few cases are left once people, mechanisms and periods are held alike"
    if not np.isfinite(step.change.low):
        return CANNOT_TELL, "there is one unit only, and nothing to compare it with"
    small = _within(step.change, matters) and _flat(found, cells.outcome.spread, matters)
    if small:
        return NOT, ""
    if not sure:
        return CANNOT_TELL, "the numbers allow for nothing as well as for something that matters"
    if abs(form.size.effect) < matters:
        return CANNOT_TELL, "there is something, but whether it is big enough to matter is open"
    if form.kind == "monotone" and _leans(found, step, matters):
        return CANNOT_TELL, f"it rests on one {found.placed.unit}: without it, little is left"
    return MATTERS, ""


def _within(change: Interval, matters: float) -> bool:
    return bool(-matters < change.low and change.high < matters)


def _flat(found: Within, spread: float, matters: float) -> bool:
    """Whether the outer fifths together differ from the middle by too little as well."""
    value, error = found.outer
    if found.curve is None or not np.isfinite(value):
        return True
    reach = float(student.ppf((1 + LEVEL) / 2, found.curve.df)) * error
    return _within(Interval(value, value - reach, value + reach).times(spread), matters)


def _leans(found: Within, step: Step, matters: float) -> bool:
    """Whether one worker alone makes it big."""
    line = found.slope
    if line is None or line.largest < HEAVY or not line.value:
        return False
    rest = step.change.effect * line.without / line.value if np.isfinite(line.without) else 0.0
    return bool(rest * step.change.effect <= 0 or abs(rest) < matters)
