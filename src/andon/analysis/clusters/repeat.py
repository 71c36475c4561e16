"""One customer with many contacts: said apart, since it is not many customers."""

import numpy as np

from andon.analysis.clusters.alike import essence
from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.spec import Bools, Floats, Ints, Repeated
from andon.analysis.clusters.telling import repeated_sentence

FEWEST = 5  # contacts in a window
TIMES = 3.0  # the usual of the same customer
MOST = 20
EXAMPLES = 5


def repeated(ground: Ground) -> tuple[Repeated, ...]:
    """Customers with far more contacts in a window than customers have, most contacts first."""
    customers = ground.records.customers
    if customers is None or not len(ground.grid):
        return ()
    T, codes = len(ground.grid), customers.codes.astype(np.int64)
    known = np.flatnonzero((ground.window >= 0) & (codes >= 0))
    key, times = np.unique(codes[known] * T + ground.window[known], return_counts=True)
    who, when = key // T, key % T
    many = _many(times, len(key), ground.spec.fdr) & np.isin(when, ground.tested)
    found = [_one(ground, int(c), when[who == c], times[who == c]) for c in np.unique(who[many]).tolist()]
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: -one.contacts)[:MOST])


def _many(times: Ints, looked: int, q: float) -> Bools:
    """Contacts in a window beyond a geometric tail fitted to all but the largest."""
    usual = np.minimum(times, max(np.quantile(times, 0.99), 1)) if len(times) else times
    again = 1 - 1 / max(float(usual.mean()) if len(times) else 1.0, 1.02)
    log_p = (times - 1) * np.log(again)
    return np.asarray((times >= FEWEST) & (log_p + np.log(max(looked, 1)) < np.log(q)), np.bool_)


def _one(ground: Ground, code: int, when: Ints, times: Ints) -> Repeated | None:
    T = len(ground.grid)
    counts = np.bincount(when, times, T).astype(np.float64)
    first, last = _stretch(counts, ground)
    usual = _usual(counts, first, last)
    contacts = int(counts[first : last + 1].sum())
    if counts[first : last + 1].mean() < TIMES * usual:
        return None
    customers = ground.records.customers
    assert customers is not None
    rows = np.flatnonzero((customers.codes == code) & (ground.window >= first) & (ground.window <= last))
    begin, end = ground.grid.edges[first], ground.grid.edges[last + 1]
    alike = _alike(ground, rows)
    name = customers.levels[code]
    sentence = repeated_sentence(name, contacts, usual, begin, end, alike)
    return Repeated(name, contacts, begin, end, usual, alike, tuple(rows[:EXAMPLES].tolist()), sentence)


def _stretch(counts: Floats, ground: Ground) -> tuple[int, int]:
    """The busiest window and those beside it with at least a quarter as many contacts."""
    peak = int(ground.tested[np.argmax(counts[ground.tested])])
    first = last = peak
    enough = max(counts[peak] / 4, 2)
    while first > 0 and counts[first - 1] >= enough:
        first -= 1
    while last + 1 < len(counts) and counts[last + 1] >= enough:
        last += 1
    return first, last


def _usual(counts: Floats, first: int, last: int) -> float:
    rest = np.r_[counts[:first], counts[last + 1 :]]
    return float(rest.mean()) if len(rest) else 0.0


def _alike(ground: Ground, rows: Ints) -> int:
    """How many of the rows have the commonest text."""
    texts = ground.records.texts
    if texts is None:
        return 0
    bare = [essence(texts[i]) for i in rows.tolist()]
    return max((bare.count(one) for one in set(bare) - {""}), default=0)
