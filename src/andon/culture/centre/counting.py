"""From the lake to the cells of every number of a contact centre, one pass over the rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from andon import lake
from andon.culture.centre.definitions import CONTACT, INDICATORS, SECONDS, Indicator
from andon.culture.metrics import columns as names
from andon.culture.metrics.columns import NUMERIC, Known, column_of, known
from andon.lake import Cells, CellSpec, Factor, Source
from andon.lake.derived import Derived, derived, highest
from andon.mechanisms.models import Measure

TOP_TWO = ((1, 1.0), (5, 4.0), (7, 6.0), (10, 9.0))  # scale up to, and from where its two best answers begin
PROMOTERS, DETRACTORS = 9.0, 6.0
TIMES = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells by indicator, then by mechanism ("" for all contacts). limits: seconds to answer within, by mechanism.

    columns: of each indicator, where it was read from. best: from which answer somebody counts as satisfied.
    """

    mechanisms: list[str]
    cells: dict[str, dict[str, Cells]]
    columns: dict[str, tuple[str, ...]]
    limits: dict[str, float]
    best: float


def counts(source: Source, measures: Iterable[Measure], few: Collection[str] = ()) -> Counts:
    """What can be counted; an indicator whose columns are missing is not in `cells`. `few`: mechanisms left out."""
    columns = [name for name, kind in source.columns.items() if kind in NUMERIC]
    measures = list(measures)
    limits, best = limits_of(measures), _best(source, columns)
    used = {one.key: used_by(one, columns) for one in INDICATORS}
    wanted = [made for one in INDICATORS for made in _wanted(one, used[one.key], columns, limits, best)]
    marks = [Derived(f"mark {name}", "itself", (name,)) for name in _found(CONTACT, columns)]
    rows = lake.reduce(source, CellSpec("at", "week", ("mechanism",)))
    made = derived(source, rows, [*wanted, *marks])
    contacts = [slug for slug in _contacts(rows, [made[one.name] for one in marks]) if slug not in few]
    cells = {one.key: _of(one, made, contacts) for one in INDICATORS if used[one.key]}
    return Counts(contacts, cells, {key: used[key] for key in cells}, limits, best)


def used_by(one: Indicator, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns an indicator is read from; none where one of them is missing."""
    for needs in (one.needs, one.instead):
        found = _found(needs, columns)
        if needs and len(found) == len(needs):
            return found
    return ()


def _found(wanted: Iterable[Known], columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for one in wanted if (name := column_of(one, columns)))


def _wanted(
    one: Indicator, used: tuple[str, ...], columns: list[str], limits: Mapping[str, float], best: float
) -> list[Derived]:
    if not used:
        return []
    match one.key:
        case "nps":
            return [Derived("nps", "net", used, PROMOTERS, DETRACTORS)]
        case "csat" if np.isfinite(best):
            return [Derived("csat", "share", used, best)]
        case "service":
            gone = column_of(names.ABANDONED, columns)
            return [Derived("service", "within", used, SECONDS, limits=limits, gone=gone)]
        case "occupancy":
            return [Derived("occupancy", "part", used), Derived("all hours", "sum", used)]
    return [Derived(one.key, "sum" if len(used) > 1 else "itself", used)]


def _best(source: Source, columns: list[str]) -> float:
    """Where the two best answers of the scale begin; NaN for a scale of hundreds, of which the mean is told."""
    column = column_of(names.CSAT, columns)
    top = highest(source, column) if column else float("nan")
    return next((best for scale, best in TOP_TWO if top <= scale), float("nan"))


def limits_of(measures: Iterable[Measure]) -> dict[str, float]:
    """Mechanism to the seconds within which the register wants a contact answered: the limit, else the target."""
    found = {}
    for one in measures:
        size = one.spec_upper if one.spec_upper is not None else one.target
        if known(one.outcome) is names.WAIT and size is not None:
            found[one.mechanism.slug] = size * TIMES.get(one.unit, 1.0)
    return found


def _contacts(rows: Cells, marks: list[Cells]) -> list[str]:
    """Mechanisms that hold what only contacts hold; all, where none does."""
    factor = rows.by["mechanism"]
    held = np.zeros(len(factor.levels))
    for one in marks:
        held += np.bincount(factor.codes, one.n, len(factor.levels))
    found = [name for name, n in zip(factor.levels, held.tolist(), strict=True) if n > 0]
    return sorted(found or factor.levels)


def _of(one: Indicator, made: Mapping[str, Cells], contacts: list[str]) -> dict[str, Cells]:
    """By mechanism, with all contacts together; those with nothing to count are left out."""
    found = {"": together(made[one.key], contacts)}
    found |= {slug: together(made[one.key], [slug]) for slug in contacts}
    if one.key == "occupancy":
        hours = {slug: together(made["all hours"], [slug] if slug else contacts) for slug in found}
        found = {slug: _ratio(cells, hours[slug]) for slug, cells in found.items()}
    return {slug: cells for slug, cells in found.items() if cells.n.sum() > 0}


def together(cells: Cells, slugs: list[str]) -> Cells:
    """Cells of some mechanisms as one series, without periods in which there was nothing to count."""
    factor = cells.by["mechanism"]
    codes = [factor.levels.index(slug) for slug in slugs if slug in factor.levels]
    mine = np.isin(factor.codes, codes) & (cells.n > 0)
    at, place = np.unique(cells.at[mine], return_inverse=True)

    def add(name: str) -> np.ndarray:
        return np.bincount(place, getattr(cells, name)[mine], len(at))

    sums = {name: add(name) for name in ("n", "total", "squares", "rows")}
    lows, highs = np.full(len(at), np.inf), np.full(len(at), -np.inf)
    np.minimum.at(lows, place, cells.lows[mine])
    np.maximum.at(highs, place, cells.highs[mine])
    by = {"mechanism": Factor(np.zeros(len(at), np.int32), [", ".join(slugs)])}
    return replace(cells, by=by, at=at, customers=np.full(len(at), np.nan), lows=lows, highs=highs, **sums)


def _ratio(part: Cells, whole: Cells) -> Cells:
    """One number a period: a sum of hours as a share of another."""
    share = part.total / np.where(whole.total > 0, whole.total, np.nan)
    known_ = np.isfinite(share)
    one = {name: getattr(part, name)[known_] for name in ("at", "customers", "rows")}
    by = {"mechanism": Factor(np.zeros(int(known_.sum()), np.int32), part.by["mechanism"].levels)}
    y = share[known_]
    return replace(part, by=by, n=np.ones(len(y)), total=y, squares=y * y, lows=y, highs=y, **one)
