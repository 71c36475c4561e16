"""One cause, one cluster: the strongest slice first, then what is left without its records, and so on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from andon.analysis.clusters.common import without_own
from andon.analysis.clusters.slices import Counter, Family, Slice
from andon.analysis.clusters.spec import Bools, Floats, Ints
from andon.stats.scan import Scan, ScanSpec, Spread, scan

MOST = 800  # candidates compared with each other
MOST_CLUSTERS = 100
EACH = 4  # stretches of time of one slice
NEARLY = 0.95  # share of the greatest strength from which the simpler slice is preferred
RAISED = 1.0  # standard deviations above expected at which a window still belongs to a cluster
LEAST = 3  # customers in a cluster


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A slice in a stretch of windows [first, last]. `log_p` is of its strongest run, `cost` the logarithm of how many
    it was chosen from."""

    family: Family
    number: int
    first: int
    last: int
    log_p: float
    cost: float
    counts: Floats  # (T,)
    expected: Floats  # (T,) from the history before it
    sd: Floats
    after: bool

    @property
    def slice(self) -> Slice:
        return self.family.slice(self.number)

    @property
    def score(self) -> float:
        """Logarithm of the chance, corrected for how many were looked at."""
        return self.log_p + self.cost

    @property
    def strength(self) -> float:
        """Logarithm of the likelihood ratio: how much better the counts fit a rise than none."""
        stretch = slice(self.first, self.last + 1)
        return ratio(float(self.counts[stretch].sum()), float(self.expected[stretch].sum()))

    def overlaps(self, other: "Candidate") -> bool:
        return self.first <= other.last and other.first <= self.last


def ratio(observed: float, expected: float) -> float:
    """Logarithm of the likelihood ratio of a rise (Kulldorff); 0 where there is none."""
    if observed <= expected:
        return 0.0
    return observed * float(np.log(observed / max(expected, 1e-9))) - (observed - expected)


@dataclass(slots=True, eq=False)
class Chosen:
    """A cluster with its records in the whole grid, and the candidates that it explains."""

    candidate: Candidate
    rows: Ints
    log_p: float
    explains: list[tuple[Candidate, Ints]] = field(default_factory=list)
    parts: tuple[Candidate, ...] = ()


def candidates(family: Family, found: Scan, cost: float, tested: Ints, limit: float) -> list[Candidate]:
    """Every slice and stretch whose corrected chance is below `limit` (a logarithm)."""
    hits = np.flatnonzero((found.log_p[:, tested] + cost <= limit).any(axis=1))
    made: list[Candidate] = []
    for i in hits.tolist():
        made += _stretches(family, found, cost, tested, limit, i)
    return made


def _stretches(
    family: Family, found: Scan, cost: float, tested: Ints, limit: float, i: int
) -> list[Candidate]:
    free = np.zeros(found.log_p.shape[1], np.bool_)
    free[tested] = True
    made: list[Candidate] = []
    while len(made) < EACH:
        strength = np.where(free, found.log_p[i], 0.0)
        peak = int(strength.argmin())
        if strength[peak] + cost > limit:
            break
        one = _stretch(family, found, cost, i, peak, bool(len(tested) > 1))
        if one is None:
            break
        free[max(one.first - 1, 0) : one.last + int(found.length[i, peak]) + 1] = False
        made.append(one)
    return made


def _stretch(family: Family, found: Scan, cost: float, i: int, peak: int, past: bool) -> Candidate | None:
    counts = family.counts[i]
    run = int(found.length[i, peak])
    after = bool(found.after[i, peak])
    first, last = (peak, peak + run - 1) if after else (peak - run + 1, peak)
    last = min(last, len(counts) - 1)
    raised = counts > found.expected[i] + RAISED * found.sd[i]
    raised &= found.judged[i]
    if past:
        while last + 1 < len(counts) and raised[last + 1]:
            last += 1
        while first > 0 and raised[first - 1]:
            first -= 1
        while last > first and not raised[last]:
            last -= 1
    elif not raised[last]:
        return None  # it is over
    while first < last and not raised[first]:
        first += 1
    log_p, expected = float(found.log_p[i, peak]), _before(found, i, first, last, after)
    return Candidate(family, i, first, last, log_p, cost, counts, *expected, after)


def _before(found: Scan, i: int, first: int, last: int, after: bool) -> tuple[Floats, Floats]:
    """What was expected in every window; within the stretch from the level before it began."""
    expected, sd = found.expected[i].copy(), found.sd[i].copy()
    inside = slice(first, last + 1)
    begin = last if after else first
    level = found.level[i, inside]
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = np.where(level > 0, found.level[i, begin] / level, 1.0)
    expected[inside] *= factor
    sd[inside] *= factor
    return expected, sd


@dataclass(slots=True, eq=False)
class _Pool:
    """Candidates with the records they still have."""

    candidates: list[Candidate]
    rows: list[Ints]
    spread: Spread
    alive: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """How candidates are counted and judged again. `exposure` (T,): see `andon.stats.scan.scan`."""

    counter: Counter
    exposure: Floats
    spec: ScanSpec

    def again(self, rows: Sequence[Ints], spread: Spread) -> tuple[Floats, Scan]:
        """Counts (B, T) of these records, and their scan."""
        feature = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
        record = np.concatenate([np.empty(0, np.int64), *rows]).astype(np.int64)
        counts, of = self.counter.both(feature, record, len(rows))
        return counts, scan(counts, self.exposed(counts, of), self.spec, spread)

    def exposed(self, counts: Floats, of: Floats | None) -> Floats:
        """What is proportional to the expected counts (S, T)."""
        return without_own(counts, self.exposure) if of is None else of * self.exposure


def choose(
    found: Sequence[Candidate],
    judge: Judge,
    spread: Callable[[Candidate], Spread],
    q: float,
    good: Callable[[Candidate, Ints], bool],
) -> list[Chosen]:
    """Clusters, strongest first; false ones are held at `q` among them: while k were chosen, the next may be the
    strongest of those whose corrected chance is below (k + 1) q (Benjamini and Hochberg, step by step).
    """
    pool = _pool(sorted(found, key=lambda one: one.score)[:MOST], spread)
    chosen: list[Chosen] = []
    while len(chosen) < MOST_CLUSTERS:
        limit = float(np.log(q * (len(chosen) + 1)))
        able = [i for i in np.flatnonzero(pool.alive).tolist() if pool.candidates[i].score <= limit]
        if not able:
            break
        best = _simplest(able, pool.candidates)
        pool.alive[best] = False
        one, rows = pool.candidates[best], pool.rows[best]
        if good(one, rows):
            chosen.append(Chosen(one, rows, one.score))
            _without(pool, chosen[-1], judge)
    return _adjusted(chosen)


def _simplest(able: list[int], among: list[Candidate]) -> int:
    """The strongest; of those hardly weaker, one value before two, and values before words."""
    most = max(among[i].strength for i in able)
    near = [i for i in able if among[i].strength >= NEARLY * most]
    return min(
        near, key=lambda i: (bool(among[i].slice.term), len(among[i].slice.values), -among[i].strength)
    )


def _pool(ranked: list[Candidate], spread: Callable[[Candidate], Spread]) -> _Pool:
    rows = [one.family.rows(one.number) for one in ranked]
    spreads = [spread(one) for one in ranked]
    over = np.array([one.over for one in spreads])
    wide = np.array([one.wide for one in spreads])
    return _Pool(ranked, rows, Spread(over, wide), np.ones(len(ranked), np.bool_))


def _adjusted(chosen: list[Chosen]) -> list[Chosen]:
    """Corrected chances become adjusted ones: divided by their rank, and never falling with it."""
    lowest = 0.0
    for rank, one in reversed(list(enumerate(sorted(chosen, key=lambda one: one.log_p), 1))):
        lowest = min(lowest, one.log_p - float(np.log(rank)))
        one.log_p = lowest
    return chosen


def _without(pool: _Pool, taken: Chosen, judge: Judge) -> None:
    """Judges again, without the records of the cluster, the candidates that share some with it."""
    inside = np.zeros(len(judge.counter.units.window), np.bool_)
    inside[taken.rows] = True
    changed: list[int] = []
    for i in np.flatnonzero(pool.alive).tolist():
        shared = (
            inside[pool.rows[i]] if pool.candidates[i].overlaps(taken.candidate) else np.zeros(0, np.bool_)
        )
        if shared.any():
            taken.explains.append((pool.candidates[i], pool.rows[i]))
            pool.rows[i] = pool.rows[i][~shared]
            changed.append(i)
    if changed:
        counts, again = judge.again([pool.rows[i] for i in changed], pool.spread.of(changed))
    for k, i in enumerate(changed):
        pool.candidates[i] = _judged_again(pool.candidates[i], again, k, counts[k])
        pool.alive[i] = pool.candidates[i].log_p < 0


def _judged_again(one: Candidate, again: Scan, k: int, counts: Floats) -> Candidate:
    stretch = slice(one.first, one.last + 1)
    expected, sd = _before(again, k, one.first, one.last, one.after)
    return replace(one, log_p=float(again.log_p[k, stretch].min()), counts=counts, expected=expected, sd=sd)
