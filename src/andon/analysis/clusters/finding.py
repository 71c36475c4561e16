"""Find clusters: what is counted, what is looked at, what is found, and what it may be instead."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.clusters.alike import Alike, collapse
from andon.analysis.clusters.choosing import Candidate, Chosen, Judge, candidates, choose
from andon.analysis.clusters.common import common
from andon.analysis.clusters.describe import Told, told
from andon.analysis.clusters.fields import useful
from andon.analysis.clusters.repeat import repeated
from andon.analysis.clusters.slices import Counter, Family, double, single
from andon.analysis.clusters.spec import Clusters, ClusterSpec, Curve, Floats, Ints, Records
from andon.analysis.clusters.units import units_of
from andon.analysis.clusters.whole import Whole, whole
from andon.analysis.clusters.windows import Grid, chosen, fitted, grid_of
from andon.analysis.clusters.words import family, terms_of
from andon.stats.scan import ScanSpec, scan

Tell = Callable[[str], None]
LENGTHS = (1, 2, 4, 8)
AHEAD = 0.05  # share of records after now up to which they are mistakes
"""A larger share means that the clock of the records is not ours."""


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Records on their grid of windows."""

    records: Records
    spec: ClusterSpec
    grid: Grid
    window: Ints
    alike: Alike
    notes: tuple[str, ...]

    @property
    def scanning(self) -> ScanSpec:
        return ScanSpec(LENGTHS, self.grid.lags, 4, self.grid.baseline)

    @property
    def tested(self) -> Ints:
        """The windows that are judged: all, or the newest."""
        T = len(self.grid)
        return np.arange(T) if self.spec.asof is None else np.arange(T - 1, T)

    @property
    def recent(self) -> int:
        return 0 if self.spec.asof is None else max(LENGTHS)


def find_clusters(records: Records, spec: ClusterSpec, tell: Tell = lambda text: None) -> Clusters:
    """Clusters among the records, strongest first."""
    ground = laid_out(records, spec)
    attributes, ignored = useful(records.attributes, ground.window)
    ground = replace(ground, records=replace(records, attributes=attributes), notes=ground.notes + ignored)
    return _found(ground, tell)


def laid_out(records: Records, spec: ClusterSpec) -> Ground:
    """The windows, and which record counts in which."""
    notes: list[str] = []
    known = np.ones(len(records), np.bool_)
    if spec.asof is not None:
        known = records.at <= _asof(records, spec)
    elif spec.now is not None:
        ahead = records.at > spec.now + np.timedelta64(1, "D")
        if 0 < ahead.sum() <= AHEAD * len(records):
            known = ~ahead
            notes.append(f"{_rows(int(ahead.sum()))} later than today and left out.")
        elif ahead.any():
            notes.append(f"{_rows(int(ahead.sum()))} later than today. They were counted: see --asof.")
    at = records.at[known]
    if not len(at):
        at = records.at[:1]
    window, note = fitted(spec.window, records.grain) if spec.window else chosen(at, records.grain, spec.asof)
    grid = grid_of(at, window, records.grain, spec.asof)
    place = np.where(known, grid.index(records.at), -1)
    customers = None if records.customers is None else records.customers.codes.astype(np.int64)
    alike = collapse(records.texts, records.at, place, customers)
    return Ground(records, spec, grid, place, alike, (*([note] if note else []), *notes))


def _asof(records: Records, spec: ClusterSpec) -> np.datetime64:
    """The end of what was known: where times are months, the whole month is."""
    assert spec.asof is not None
    return spec.asof


def _rows(n: int) -> str:
    return "One row is" if n == 1 else f"{n:,} rows are"


def _found(ground: Ground, tell: Tell) -> Clusters:
    records, T = ground.records, len(ground.grid)
    customers = None if records.customers is None else records.customers.codes.astype(np.int64)
    counting = np.where(ground.alike.kept, ground.window, -1)
    counter = Counter(units_of(counting, customers, T), ground.recent)
    tell("Counting values and pairs of values")
    families = [single(records.attributes, counter), double(records.attributes, counter)]
    terms = None
    if records.texts is not None:
        tell("Reading words and phrases")
        terms = terms_of(records.texts, np.flatnonzero(counting >= 0), 5)
        families.append(family(terms, counter))
    tell("Scanning for clusters")
    total = counter.units.total(np.arange(len(records)))
    exposure = common(total, [_of(records, name, counter) for name in records.attributes])
    judge = Judge(counter, exposure, ground.scanning)
    everything = whole(total, ground.scanning)
    picked, looked = _picked(ground, families, judge, everything, total)
    tell("Describing what was found")
    clusters = told(Told(ground, counter, terms, everything, total, exposure), picked)
    return Clusters(
        clusters=clusters,
        repeated=repeated(ground),
        grid=ground.grid,
        used=int((ground.window >= 0).sum()),
        left_out=int((ground.window < 0).sum()),
        collapsed=ground.alike.collapsed,
        looked_at=looked,
        method=(),
        warnings=ground.notes,
        everything=_curve(ground, total, everything),
        judged=int(everything.judged[ground.tested].sum()),
        asof=ground.spec.asof,
    )


def _of(records: Records, name: str, counter: Counter) -> Floats:
    factor = records.attributes[name]
    return counter.units.count(factor.codes.astype(np.int64), np.arange(len(records)), len(factor.levels))


def _curve(ground: Ground, total: Floats, everything: Whole) -> Curve:
    upper = everything.expected + 2 * everything.sd
    inside = np.zeros(len(total), np.bool_)
    return Curve(ground.grid.edges[:-1], total, everything.expected, upper, inside)


def _picked(
    ground: Ground, families: list[Family], judge: Judge, everything: Whole, total: Floats
) -> tuple[list[Chosen], dict[str, int]]:
    """Clusters, and how many slices of each kind were looked at."""
    looked = {one.name: one.looked for one in families}
    kinds = sum(many > 0 for many in looked.values()) + 1
    tested, runs = ground.tested, sum(run <= max(len(ground.grid) // 4, 1) for run in LENGTHS)
    limit = float(np.log(ground.spec.fdr)) + 3
    made: list[Candidate] = []
    over: dict[tuple[int, int], float] = {}
    for one in families:
        if not len(one):
            continue
        exposure = judge.exposure if one.of is None else one.of * judge.exposure
        found = scan(one.counts, exposure, judge.spec)
        cost = float(np.log(max(one.looked, 1) * len(tested) * runs * kinds))
        new = candidates(one, found, cost, tested, limit)
        over |= {(id(one), c.number): float(found.over[c.number]) for c in new}
        made += new
    chosen_ = choose(
        made,
        judge,
        lambda c: over[id(c.family), c.number],
        ground.spec.fdr,
        lambda c, rows: _several(ground, c, rows),
    )
    return chosen_, {"the whole": 1} | looked


def _several(ground: Ground, one: Candidate, rows: Ints) -> bool:
    """Whether several customers are behind it."""
    window = ground.window[rows]
    inside = rows[(window >= one.first) & (window <= one.last)]
    if ground.records.customers is None:
        return len(inside) >= 3
    codes = ground.records.customers.codes[inside]
    return len(np.unique(codes[codes >= 0])) + int((codes < 0).sum()) >= 3
