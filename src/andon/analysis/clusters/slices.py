"""What is looked at: every value of every attribute, every pair of values, every word and phrase."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from andon.analysis.clusters.spec import Bools, Floats, Ints
from andon.analysis.clusters.units import Units
from andon.lake import Factor

FEWEST = 5  # customers in all windows together below which a slice is not looked at
RECENT = 3  # customers in the newest windows below which it cannot be a cluster now
MOST_PAIRED = 12  # attributes of which pairs are made
MOST_CELLS = 4_000_000  # slices × windows held at once
SAME = 0.98  # share of a value's records that a pair holds when it says no more than the value


@dataclass(frozen=True, slots=True)
class Slice:
    """One thing looked at: values of attributes, or a word or phrase."""

    values: tuple[tuple[str, str], ...] = ()
    term: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """Slices of a kind. `counts` (S, T). `looked` is how many there were, those too rare to show anything left out
    of `counts` included. `rows(i)` are the records of slice i. `of` (S, T): what `counts` are out of, for rates.
    """

    name: str
    counts: Floats
    looked: int
    slice: Callable[[int], Slice]
    rows: Callable[[int], Ints]
    of: Floats | None = None

    def __len__(self) -> int:
        return len(self.counts)


def enough(counts: Floats, recent: int) -> Ints:
    """Which slices are worth scanning: not too rare, and with some in the last `recent` windows if that is not 0."""
    good = counts.sum(axis=1) >= FEWEST
    if recent:
        good &= counts[:, -recent:].sum(axis=1) >= RECENT
    return _boldest(counts, np.flatnonzero(good))


def _boldest(counts: Floats, kept: Ints) -> Ints:
    """As many as there is room for: those whose highest window stands out most."""
    most = max(MOST_CELLS // max(counts.shape[1], 1), 1)
    if len(kept) <= most:
        return kept
    peak = counts[kept].max(axis=1) / np.sqrt(counts[kept].mean(axis=1) + 0.5)
    return np.sort(kept[np.argsort(-peak, kind="stable")[:most]])


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """How slices are counted. `of`: all that could be counted, for rates. `recent`: how many of the newest windows
    matter, 0 for all.
    """

    units: Units
    recent: int = 0
    of: Units | None = None

    @property
    def records(self) -> Ints:
        """The records that are in a window."""
        return np.flatnonzero((self.of or self.units).window >= 0)

    def both(self, feature: Ints, record: Ints, features: int) -> tuple[Floats, Floats | None]:
        """Counts (F, T), and what they are out of."""
        of = None if self.of is None else self.of.count(feature, record, features)
        return self.units.count(feature, record, features), of


def single(attributes: Mapping[str, Factor], counter: Counter) -> Family:
    """Values of one attribute."""
    counts, ofs, names = [np.zeros((0, counter.units.windows))], [], []
    for name, factor in attributes.items():
        record = np.arange(len(factor.codes))
        many, of = counter.both(factor.codes.astype(np.int64), record, len(factor.levels))
        counts.append(many)
        ofs.append(of)
        names += [(name, level) for level in range(len(factor.levels))]
    every = np.concatenate(counts)
    kept = enough(every, counter.recent)
    inside = (counter.of or counter.units).window >= 0

    def slice_of(i: int) -> Slice:
        name, level = names[kept[i]]
        return Slice(((name, attributes[name].levels[level]),))

    def rows_of(i: int) -> Ints:
        name, level = names[kept[i]]
        return np.flatnonzero((attributes[name].codes == level) & inside)

    of = np.concatenate([o for o in ofs if o is not None])[kept] if counter.of and ofs else None
    return Family("values", every[kept], int((every.sum(axis=1) >= FEWEST).sum()), slice_of, rows_of, of)


Pair = tuple[str, int, str, int]


def double(attributes: Mapping[str, Factor], counter: Counter) -> Family:
    """Pairs of values of two attributes that say more than one of them."""
    found = list(_pairs(attributes, counter))
    empty = np.zeros((0, counter.units.windows))
    counts = np.concatenate([empty, *(one.counts for one in found)])
    of = np.concatenate([empty, *(one.of for one in found if one.of is not None)]) if counter.of else None
    names = [name for one in found for name in one.names]
    inside = (counter.of or counter.units).window >= 0

    def slice_of(i: int) -> Slice:
        first, a, second, b = names[i]
        return Slice(((first, attributes[first].levels[a]), (second, attributes[second].levels[b])))

    def rows_of(i: int) -> Ints:
        first, a, second, b = names[i]
        both = (attributes[first].codes == a) & (attributes[second].codes == b)
        return np.flatnonzero(both & inside)

    return Family("pairs of values", counts, sum(one.looked for one in found), slice_of, rows_of, of)


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    names: list[Pair]
    counts: Floats
    of: Floats | None
    looked: int


def _pairs(attributes: Mapping[str, Factor], counter: Counter) -> Iterator[_Pairs]:
    record = counter.records
    names = list(attributes)[:MOST_PAIRED]
    share = max(MOST_CELLS // max(len(names) * (len(names) - 1) // 2, 1) // max(counter.units.windows, 1), 50)
    for first, second in combinations(names, 2):
        a, b = (attributes[name].codes[record].astype(np.int64) for name in (first, second))
        wide = len(attributes[second].levels)
        key, place = np.unique(a * wide + b, return_inverse=True)
        often = np.bincount(place, minlength=len(key))
        worth = (often >= FEWEST) & _tells_more(key, often, wide)
        if worth.sum() > share:
            worth &= often >= np.partition(often[worth], -share)[-share]
        feature = np.where(worth, np.cumsum(worth) - 1, -1)[place]
        counts, of = counter.both(feature, record, int(worth.sum()))
        kept = enough(counts, counter.recent)
        pairs = key[worth][kept]
        named = [(first, int(k // wide), second, int(k % wide)) for k in pairs.tolist()]
        looked = int((counts.sum(axis=1) >= FEWEST).sum())
        yield _Pairs(named, counts[kept], None if of is None else of[kept], looked)


def _tells_more(key: Ints, often: Ints, wide: int) -> Bools:
    a, b = key // wide, key % wide
    of_a, of_b = np.bincount(a, often), np.bincount(b, often)
    return np.asarray(often < SAME * np.minimum(of_a[a], of_b[b]), np.bool_)
