"""Find clusters: what is counted, what is looked at, what is found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.clusters.choosing import Candidate, Chosen, Judge, candidates, choose
from andon.analysis.clusters.common import common
from andon.analysis.clusters.describe import Told, distinct_customers, told
from andon.analysis.clusters.everything import curve_of, everything
from andon.analysis.clusters.ground import Ground, laid_out
from andon.analysis.clusters.method import method
from andon.analysis.clusters.naming import within
from andon.analysis.clusters.repeat import repeated
from andon.analysis.clusters.searching import Search, searches
from andon.analysis.clusters.siblings import joined
from andon.analysis.clusters.slices import Counter, Family, double, single
from andon.analysis.clusters.spec import Cluster, Clusters, ClusterSpec, Floats, Ints, Records
from andon.analysis.clusters.steady import steady
from andon.analysis.clusters.units import units_of
from andon.analysis.clusters.words import Terms, family, terms_of
from andon.stats.scan import Spread, scan

Tell = Callable[[str], None]
LOOSE = 8.0  # how much weaker (logarithm) what helps to describe a cluster may be
FEWEST = 3  # customers behind a cluster
SAME = 0.5  # share of its records that another cluster holds when it is no other


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """One search, looked through. `total` (T,) is what was counted."""

    clusters: list[Cluster]
    slices: dict[str, int]
    total: Floats


def find_clusters(records: Records, spec: ClusterSpec, tell: Tell = lambda text: None) -> Clusters:
    """Clusters among the records, strongest first. Records in memory or read from files make no difference."""
    tell("Reading words and phrases" if records.texts is not None else "Counting")
    ground = laid_out(records, spec)
    terms = None if ground.stream is None else terms_of(ground.stream.among(ground.counting >= 0), FEWEST + 2)
    wanted = searches(ground)
    found = [_searched(ground, one, terms, len(wanted), tell) for one in wanted]
    clusters = sorted(_apart([one.clusters for one in found]), key=lambda one: -one.strength)
    curve = curve_of(ground, found[0].total)
    return Clusters(
        clusters=tuple(clusters),
        repeated=repeated(ground),
        grid=ground.grid,
        used=int((ground.window >= 0).sum()),
        left_out=int((ground.window < 0).sum()),
        collapsed=ground.alike.collapsed,
        looked_at=_sum(one.slices for one in found),
        method=method(ground, wanted),
        warnings=ground.notes,
        everything=curve,
        judged=len(ground.tested) if len(ground.grid) > ground.scanning.need else 0,
        asof=spec.asof,
    )


def _sum(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for part in parts:
        for name, many in part.items():
            total[name] = total.get(name, 0) + many
    return total


def _counter(ground: Ground, search: Search) -> Counter:
    T, customers = len(ground.grid), ground.customers
    units = units_of(np.where(search.event, ground.counting, -1), customers, T)
    of = (
        units_of(np.where(search.known, ground.counting, -1), customers, T) if search.kind == "rate" else None
    )
    return Counter(units, ground.recent, of)


def _searched(ground: Ground, search: Search, terms: Terms | None, many: int, tell: Tell) -> _Looked:
    """One search: slices counted, scanned and told."""
    attributes, counter = ground.records.attributes, _counter(ground, search)
    tell("Counting values and pairs of values")
    families = [single(attributes, counter), double(attributes, counter)]
    families += [family(terms, counter)] if terms is not None else []
    total = counter.units.total(np.arange(len(ground.records)))
    exposure = _exposure(ground, counter, total)
    looked = {"everything": 1} | {one.name: one.looked for one in families}
    if len(ground.grid) <= ground.scanning.need:
        return _Looked([], looked, total)
    tell("Scanning for clusters")
    judge = Judge(counter, exposure, ground.scanning)
    kinds = many * sum(n > 0 for n in looked.values())
    chosen = _chosen(ground, families, judge, kinds)
    tell("Describing what was found")
    noun = _noun(ground, search)
    clusters = told(Told(ground, counter, search.kind, noun, search.label), chosen)
    clusters += everything(Told(ground, counter, search.kind, noun, search.label), chosen, kinds)
    return _Looked(clusters, looked, total)


def _noun(ground: Ground, search: Search) -> str:
    return "customers" if ground.records.customers is not None else f"{ground.spec.noun}s"


def _exposure(ground: Ground, counter: Counter, total: Floats) -> Floats:
    """What moves all slices together: the count, or the share, that they have in common."""
    if counter.of is not None:
        of = counter.of.total(np.arange(len(ground.records)))
        return np.divide(total, of, out=np.zeros_like(total), where=of > 0)
    attributes = ground.records.attributes.values()
    record = np.arange(len(ground.records))
    parts = [counter.units.count(f.codes.astype(np.int64), record, len(f.levels)) for f in attributes]
    return common(total, parts)


def _chosen(ground: Ground, families: Sequence[Family], judge: Judge, kinds: int) -> list[Chosen]:
    tested, runs = ground.tested, len(judge.spec.runs(len(ground.grid)))
    limit = float(np.log(ground.spec.fdr)) + LOOSE
    made: list[Candidate] = []
    spreads: dict[int, Spread] = {}
    for one in families:
        if len(one):
            found = scan(one.counts, judge.exposed(one.counts, one.of), judge.spec)
            cost = float(np.log(max(one.looked, 1) * len(tested) * runs * kinds))
            made += candidates(one, found, cost, tested, limit)
            spreads[id(one)] = found.spread

    def spread(one: Candidate) -> Spread:
        here = spreads[id(one.family)]
        return Spread(here.over[one.number], here.wide[one.number])

    def good(one: Candidate, rows: Ints) -> bool:
        inside = within(ground, one, rows)
        inside = inside[judge.counter.units.window[inside] >= 0]
        people = distinct_customers(ground, inside)
        return (len(inside) if people is None else people) >= FEWEST and steady(ground, judge, one, inside)

    return joined(choose(made, judge, spread, ground.spec.fdr, good), made)


def _apart(parts: Sequence[list[Cluster]]) -> list[Cluster]:
    """A greater share is told only where the greater count is not told already."""
    kept: list[Cluster] = []
    for clusters in parts:
        before = list(kept)
        for one in clusters:
            twin = next((i for i, other in enumerate(before) if _same(one, other)), None)
            if twin is None:
                kept.append(one)
            else:
                kept[twin] = replace(kept[twin], also=kept[twin].also | {"rate": True})
    return kept


def _same(one: Cluster, other: Cluster) -> bool:
    if not len(one.rows) or one.begin >= other.end or other.begin >= one.end:
        return False
    return float(np.isin(one.rows, other.rows).mean()) >= SAME
