"""Whether a change helped: what the chart's points say of the time before and of the window after.

The test was written before the change, so nothing here looks for a pleasant window: the baseline is what the chart
showed then, the criterion is fixed, and it is judged once, when the window is over. Pure: points in, verdict out.

Points are shares, rates, counts or averages with the cases they rest on. The variance of one case is the binomial,
the Poisson, or that of the points; where points scatter more than chance, by as much more (overdispersion: Wedderburn
1974, Biometrika 61). The change is tested with the pooled score test of two samples; with an estimated variance,
against Student's t. Nothing seen is "not effective" only where the promised change is excluded with 95 % confidence;
otherwise there are too few cases to tell, and how many it takes to see such a change in 80 of 100 cases is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from math import inf, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.escalations.rules.life import EFFECTIVE, INEFFECTIVE, PARTIAL, TOO_FEW
from andon.people import saying

ALPHA = 0.025  # on one side
POWER_Z = 0.8416212335729143  # 80 in 100
Z = 1.959963984540054
SHORT_Z = 1.6448536269514722  # 95 in 100, on one side
FEWEST_CASES = 5.0  # outcomes to expect on either side of a test of shares, rates or counts
FEWEST_BEFORE = 3  # points
USUAL_BEFORE = 12  # points that a baseline takes where nothing says since when it has been so


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a chart: [at, until), the cases behind it, and whether it is whole."""

    at: datetime
    until: datetime
    n: float
    value: float
    phase: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """Several points together: `mean` over `n` cases in `points` periods; `scatter` is Σ n (y - mean)²."""

    points: int = 0
    n: float = 0.0
    mean: float = 0.0
    scatter: float = 0.0
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """`side` is at_most or at_least."""

    side: str
    level: float

    def met(self, value: float) -> bool:
        return value <= self.level if self.side == "at_most" else value >= self.level


@dataclass(frozen=True, slots=True)
class Figures:
    """What a verdict rests on.

    `better` is the z or t of the change, positive where it is for the better, and `p` its chance had nothing changed;
    `short` is by how many spreads the change falls short of what was promised.
    """

    before: dict
    after: dict
    better: float
    short: float
    dispersion: float
    p: float
    needed: float | None
    expected: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: str
    sentence: str
    figures: Figures


def level_of(points: Iterable[Point], kind: str) -> Level:
    """The points together. A count or a time between has no cases: every period weighs the same."""
    some = [(point, _weight(point, kind)) for point in points]
    some = [(point, weight) for point, weight in some if weight > 0]
    if not some:
        return Level()
    n = sum(weight for _point, weight in some)
    mean = sum(weight * point.value for point, weight in some) / n
    scatter = sum(weight * (point.value - mean) ** 2 for point, weight in some)
    first, last = some[0][0].at, max(point.until for point, _weight in some)
    return Level(len(some), n, mean, scatter, first.isoformat(), last.isoformat())


def _weight(point: Point, kind: str) -> float:
    return 1.0 if kind in ("count", "between") else point.n


def before(points: Sequence[Point], out_since: datetime | None, now: datetime) -> list[Point]:
    """The points of a baseline: since it has been so, if that is long enough to know; else the last twelve."""
    whole = [point for point in points if point.until <= now]
    if not whole:
        return []
    same = [point for point in whole if point.phase == whole[-1].phase]
    since = [point for point in same if out_since and point.at >= out_since]
    return since if len(since) >= FEWEST_BEFORE else same[-USUAL_BEFORE:]


def within(points: Iterable[Point], since: datetime, until: datetime) -> list[Point]:
    """The points that lie wholly in the window: a period in which the change came is neither before nor after."""
    return [point for point in points if point.at >= since and point.until <= until]


def judge(base: Level, window: Level, criterion: Criterion, kind: str, good: str, unit: str) -> Judged:
    """Effective, partial, ineffective or too few to tell, with a sentence and what it rests on."""
    if base.points < FEWEST_BEFORE or window.points == 0:
        return Judged(TOO_FEW, _nothing_to_compare(base, window), _figures(base, window, kind))
    figures = _tested(base, window, criterion, kind, good)
    verdict = _verdict(base, window, criterion, figures, kind)
    sentence = f"{_moved(base, window, unit)} {_said(verdict, criterion, window, figures, unit)}"
    return Judged(verdict, sentence, figures)


def _verdict(base: Level, window: Level, criterion: Criterion, figures: Figures, kind: str) -> str:
    enough = figures.expected is None or figures.expected >= FEWEST_CASES
    if enough and figures.p <= ALPHA:
        return EFFECTIVE if criterion.met(window.mean) else PARTIAL
    if enough and 1 - figures.p <= ALPHA:
        return INEFFECTIVE
    return INEFFECTIVE if enough and figures.short >= SHORT_Z else TOO_FEW


def _tested(base: Level, window: Level, criterion: Criterion, kind: str, good: str) -> Figures:
    pooled = (base.n * base.mean + window.n * window.mean) / (base.n + window.n)
    one, dispersion = _variance(base, window, pooled, kind)
    spread = sqrt(one * (1 / base.n + 1 / window.n))
    change = (base.mean - window.mean) * (1 if good == "low" else -1)
    better, short = _over(change, spread), _over(abs(base.mean - criterion.level) - change, spread)
    p = _beyond(better, base.points + window.points - 2, estimated=dispersion != 1.0)
    needed = _needed(base, criterion, one, dispersion, kind)
    return Figures(
        asdict(base), asdict(window), _finite(better), _finite(short), dispersion, p, needed,
        _expected(base, window, kind),
    )  # fmt: skip


def _over(change: float, spread: float) -> float:
    if spread > 0:
        return change / spread
    return inf if change > 0 else -inf if change < 0 else 0.0


def _variance(base: Level, window: Level, pooled: float, kind: str) -> tuple[float, float]:
    """Variance of one case, and how many times more than chance alone (1 where nothing says more)."""
    free = base.points + window.points - 2
    scatter = (base.scatter + window.scatter) / free if free > 0 else 0.0
    chance = _chance(pooled, kind)
    if chance is None:
        return scatter, 0.0
    dispersion = max(1.0, scatter / chance) if chance > 0 and free >= FEWEST_BEFORE else 1.0
    return dispersion * chance, dispersion


def _chance(mean: float, kind: str) -> float | None:
    """Binomial and Poisson variance of one case; None where only the points tell."""
    if kind == "proportion":
        return max(mean * (1 - mean), 0.0)
    return max(mean, 0.0) if kind in ("count", "rate") else None


def _beyond(better: float, free: int, estimated: bool) -> float:
    """The chance of a change for the better as big as this if nothing had changed."""
    from scipy.special import ndtr, stdtr  # takes a moment to load, and is needed where something is judged

    if better in (inf, -inf):
        return 0.0 if better > 0 else 1.0
    return float(stdtr(max(free, 1), -better) if estimated else ndtr(-better))


def _needed(base: Level, criterion: Criterion, one: float, dispersion: float, kind: str) -> float | None:
    """Cases in the window with which a change as big as was promised is seen in 80 of 100; None: never with this base.

    At the variance halfway between the baseline and the criterion.
    """
    promised = abs(base.mean - criterion.level)
    chance = _chance((base.mean + criterion.level) / 2, kind)
    variance = one if chance is None else chance * dispersion
    if promised == 0 or variance == 0:
        return 0.0 if promised else None
    room = promised**2 / ((Z + POWER_Z) ** 2 * variance) - 1 / base.n
    return 1 / room if room > 0 else None


def _expected(base: Level, window: Level, kind: str) -> float | None:
    """Outcomes to expect in the window had nothing changed, on the rarer side; None for averages."""
    if kind == "proportion":
        return window.n * min(base.mean, 1 - base.mean)
    return window.n * base.mean if kind in ("count", "rate") else None


def _figures(base: Level, window: Level, kind: str) -> Figures:
    return Figures(asdict(base), asdict(window), 0.0, 0.0, 1.0, 1.0, None, _expected(base, window, kind))


def _finite(x: float) -> float:
    return max(-1e9, min(1e9, x))


def worse_beyond_chance(base: Level, window: Level, kind: str, good: str) -> bool:
    """A side effect: it became worse, by more than chance explains."""
    if base.points < FEWEST_BEFORE or window.points == 0:
        return False
    tested = _tested(base, window, Criterion("at_most", base.mean), kind, good)
    enough = tested.expected is None or tested.expected >= FEWEST_CASES
    return enough and 1 - tested.p <= ALPHA


def _nothing_to_compare(base: Level, window: Level) -> str:
    if window.points == 0:
        return _("No whole period of the window has data, so nobody can tell.")
    return ngettext(
        "The chart had only %(n)d point before the change, so nobody can tell.",
        "The chart had only %(n)d points before the change, so nobody can tell.",
        base.points,
    ) % {"n": base.points}


def _moved(base: Level, window: Level, unit: str) -> str:
    return _("From %(before)s (%(base)s) to %(after)s (%(window)s).") % {
        "before": saying.value(base.mean, unit, 1),
        "after": saying.value(window.mean, unit, 1),
        "base": cases_in(base),
        "window": cases_in(window),
    }


def cases_in(level: Level) -> str:
    """“4,812 cases in 12 periods”."""
    periods = ngettext("%(n)s period", "%(n)s periods", level.points) % {"n": saying.thousands(level.points)}
    if level.n == level.points:
        return periods
    return _("%(cases)s cases in %(periods)s") % {
        "cases": saying.thousands(round(level.n)),
        "periods": periods,
    }


def in_words(criterion: Criterion, unit: str) -> str:
    """“at most 1.5 %”."""
    level = saying.value(criterion.level, unit, 1)
    told = _("at most %(level)s") if criterion.side == "at_most" else _("at least %(level)s")
    return told % {"level": level}


def _said(verdict: str, criterion: Criterion, window: Level, figures: Figures, unit: str) -> str:
    wanted = {"criterion": in_words(criterion, unit)}
    if verdict == EFFECTIVE:
        return _("That is %(criterion)s, as was promised, and more than chance explains.") % wanted
    if verdict == PARTIAL:
        return _("That is better than chance explains, but not %(criterion)s.") % wanted
    if verdict == INEFFECTIVE and 1 - figures.p <= ALPHA:
        return _("It became worse, by more than chance explains.")
    if verdict == INEFFECTIVE:
        return (
            _("Had it helped as promised (%(criterion)s), that would very likely show by now. It does not.")
            % wanted
        )
    return _too_few(figures, window)


def _too_few(figures: Figures, window: Level) -> str:
    told = [_("That may be chance: there are too few cases to tell.")]
    if figures.expected is not None:
        told.append(
            _("In the window %(expected)s such outcomes were to be expected without any change.")
            % {"expected": saying.number(figures.expected)}
        )
    if figures.needed is None:
        told.append(_("The time before has too few cases for a change of this size ever to show."))
    elif figures.needed > window.n:
        told.append(
            _("About %(needed)s cases are needed; there were %(n)s.")
            % {"needed": saying.thousands(round(figures.needed)), "n": saying.thousands(round(window.n))}
        )
    return " ".join(told)
