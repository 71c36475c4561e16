"""How unusual each series is as a whole, and which of many can be called so with few false alarms."""

import itertools

import numpy as np
from scipy.special import bdtr, bdtrc, ndtri, pdtr, pdtrc, xlogy

from andon.analysis.limits import Charted
from andon.analysis.series import Series
from andon.analysis.shifts import freedom, hidden, likeness, stretched, tail
from andon.analysis.spec import Bools, Floats, Ints

LONGEST = 400  # stretches are looked for among that many latest points


def strongest_stretch(score: Floats, base: int, wider: float) -> float:
    """The most unusual stretch of two or more points, in sigma of its mean.

    The centre itself is uncertain by the `base` points it was estimated from, and neighbours may be alike.
    """
    z = score[-LONGEST:]
    m = len(z)
    if m < 2:
        return 0.0
    sums = np.concatenate([[0.0], np.cumsum(z)])
    best = 0.0
    for length in _lengths(m):
        mean = np.abs(sums[length:] - sums[:-length]) / length
        best = max(best, float(mean.max()) / np.sqrt(wider**2 / length + 1 / max(base, 1)))
    return best


def _lengths(m: int) -> list[int]:
    """2, 3, 4, 5, 6, 8, 10, 12, 15 ...: a quarter more each time."""
    lengths, length = [], 2.0
    while length <= m:
        lengths.append(int(length))
        length = max(length + 1, length * 1.25)
    return lengths


def strength(score: Floats, base: int, exact: bool) -> tuple[float, float]:
    """(sigma of the most unusual point or stretch, probability that chance shows as much).

    score: of the judged points, in order; base: points behind the centre; exact: sigma comes from theory.
        Where it
    does not, it is estimated afresh from all changes between neighbours (a shift is one change among many),
    with
    Student's tails. Chance is bounded by counting the places looked at.
    """
    if np.isinf(score).any():  # off a line that never moved: as likely as one more unlike point among so many
        off = int(np.isinf(score).sum())
        return 3.0 + off, max((base + 1.0) ** -min(off, 6), 1e-9)
    z = score[np.isfinite(score)]
    if not len(z):
        return 0.0, 1.0
    df = 1e6 if exact else float(freedom(len(z)))
    r = likeness(z)
    z = z if exact else z / (_rescaled(z) * hidden(r))
    point = float(np.abs(z).max()) / np.sqrt(1 + 1 / max(base, 1))
    stretch = strongest_stretch(z, base, stretched(r))
    by_point = len(z) * float(tail(point, df))
    by_stretch = 1.5 * min(len(z), LONGEST) * float(tail(stretch, df))
    return max(point, stretch), min(1.0, 1.5 * min(by_point, by_stretch))


def _rescaled(z: Floats) -> float:
    """Sigma of all points, in the sigma of the baseline: from moving ranges, those too wide left out."""
    moves = np.abs(np.diff(z))
    if len(moves) < 3:
        return 1.0
    usual = float(np.median(moves)) / 0.954 or float(moves.mean()) / 1.128
    kept = moves[moves <= 3.267 * 1.128 * usual]
    return max(float(kept.mean()) / 1.128, 1e-9) if len(kept) else 1.0


def scores(charted: Charted, series: Series, value: Floats) -> Floats:
    """Distance from the centre in sigma, (N,); for small counts the sigma that a normal law would need for
    as rare a value.

    A baseline without a single event (or without a single miss) is taken to have had half of one.
    """
    score = _waiting(charted, value, _both_scales(charted, value))
    kinds = np.repeat(np.array(charted.kinds, object), charted.segments.lengths)
    for kinds_here, law in ((("p", "p'"), "binomial"), (("c", "u", "u'"), "poisson")):
        at = np.flatnonzero(np.isin(kinds, kinds_here) & np.isfinite(value))
        if len(at):
            n = np.where(kinds[at] == "c", 1.0, series.n[at])
            centre = _never_nothing(charted, series, value, at, n)
            score[at] = _rarity(score[at], value[at] * n, n, centre, law, charted.wide[at])
    return score


def _both_scales(charted: Charted, value: Floats) -> Floats:
    """Scores of single values, no greater than on a log scale: in skewed times and amounts a far value is
    nothing odd.
    """
    score = charted.score.copy()
    offsets = charted.segments.offsets.tolist()
    for number, kind in enumerate(charted.kinds):
        here = slice(offsets[number], offsets[number + 1])
        base = charted.baseline[here] & np.isfinite(value[here])
        if kind == "xmr" and base.sum() >= 6 and np.nanmin(value[here]) > 0:
            score[here] = _smaller(score[here], _log_score(value[here], base))
    return score


def _log_score(value: Floats, base: Bools) -> Floats:
    log = np.log(value)
    noise = float(np.abs(np.diff(log[base])).mean()) / 1.128
    return (log - log[base].mean()) / noise if noise > 0 else np.full(len(log), np.inf)


def _smaller(one: Floats, other: Floats) -> Floats:
    """The score nearer to 0 where both lie on one side, else 0."""
    near = np.sign(one) * np.minimum(np.abs(one), np.abs(other))
    return np.where(np.isnan(one), np.nan, np.where(np.sign(one) == np.sign(other), near, 0.0))


def _waiting(charted: Charted, value: Floats, score: Floats) -> Floats:
    """Scores of times and cases between events, no greater than the law of waiting (exponential, geometric)
    says.
    """
    offsets = charted.segments.offsets.tolist()
    for number, kind in enumerate(charted.kinds):
        if kind not in ("t", "g"):
            continue
        here = slice(offsets[number], offsets[number + 1])
        base = value[here][charted.baseline[here] & np.isfinite(value[here])]
        mean = float(base.mean()) if len(base) else 0.0
        if mean > 0:
            stay = np.exp(-1 / mean) if kind == "t" else mean / (mean + 1)
            longer = stay ** np.maximum(value[here] - (0.0 if kind == "t" else -0.5), 0)
            law = -ndtri(np.clip(longer, 1e-300, 1 - 1e-16))
            score[here] = (
                _smaller(score[here], law) if kind == "t" else np.where(np.isfinite(value[here]), law, np.nan)
            )
    return score


def _never_nothing(charted: Charted, series: Series, value: Floats, at: Ints, n: Floats) -> Floats:
    """Centres away from 0 (and shares from 1) by half an event in the whole baseline."""
    segment = charted.segments.index
    size = charted.segments.size
    here = charted.baseline[at]
    cases = np.bincount(segment[at][here], n[here], size)
    events = np.bincount(segment[at][here], (value[at] * n)[here], size)
    floor = (0.5 / np.maximum(cases, 1))[segment[at]]
    most = np.where(np.isin(np.array(charted.kinds, object), ("p", "p'"))[segment[at]], 1 - floor, np.inf)
    with np.errstate(all="ignore"):
        level = (events / cases)[segment[at]]
    return np.clip(np.nan_to_num(level), floor, most)


def tails(x: Floats, size: Floats, p: Floats, law: str) -> tuple[Floats, Floats]:
    """Chance of more than x, and of fewer than x, of `size` cases each with chance (or rate) p."""
    fewer = np.maximum(x - 1, 0)
    if law == "binomial":
        cases = np.nan_to_num(size).astype(np.int64)  # SciPy no longer takes them as floats
        return bdtrc(x, cases, p), np.where(x > 0, bdtr(fewer, cases, p), 0.0)
    return pdtrc(x, size * p), np.where(x > 0, pdtr(fewer, size * p), 0.0)


def _rarity(score: Floats, count: Floats, n: Floats, centre: Floats, law: str, wide: Floats) -> Floats:
    """Scores of small counts by their own law (mid-p); others, and those near the centre, as they are."""
    spread = n * centre * (1 - centre if law == "binomial" else 1.0)
    plain = (count - n * centre) / np.sqrt(np.maximum(spread, 1e-12))
    small = np.flatnonzero(((spread < 25) & (np.abs(plain) > 2)) | ~np.isfinite(score))
    if not len(small):
        return score
    x, size, p, z = np.round(count[small]), np.round(n[small]), centre[small], plain[small]
    size = size if law == "binomial" else n[small]
    above, below = tails(x, size, p, law)
    least, _ = tails(np.maximum(x - 1, 0), size, p, law)
    _, most = tails(x + 1, size, p, law)
    least = np.where(x > 0, least, 1.0)
    exact = np.where(z > 0, -ndtri((above + least) / 2), ndtri((below + most) / 2))
    exact = np.where(np.isfinite(exact), exact, _signed_root(x, size, p, law))
    out = score.copy()
    out[small] = exact / np.maximum(wide[small], 1.0)
    return out


def _signed_root(x: Floats, size: Floats, p: Floats, law: str) -> Floats:
    """Signed root of the deviance: how many sigma a count is off that is too rare for its tail to be a number."""
    expected, rest = size * p, np.maximum(size - x, 0.0)
    deviance = xlogy(x, x / expected)
    deviance += xlogy(rest, rest / (size - expected)) if law == "binomial" else expected - x
    found: Floats = np.sign(x - expected) * np.sqrt(2 * np.maximum(deviance, 0.0))
    return found


def of_series(charted: Charted, score: Floats, judged: Bools, series: int) -> tuple[Floats, Floats]:
    """Strength and p of each series: those of its most unusual phase, p for all its phases together."""
    strong, p = np.zeros(series), np.ones(series)
    phases = np.bincount(charted.owner, minlength=series)
    offsets = charted.segments.offsets.tolist()
    for number, (low, high) in enumerate(itertools.pairwise(offsets)):
        found = strength(
            score[low:high][judged[low:high]], int(charted.points[number]), bool(charted.exact[number])
        )
        owner = charted.owner[number]
        strong[owner] = max(strong[owner], found[0])
        p[owner] = min(p[owner], found[1] * phases[owner])
    return strong, np.minimum(p, 1.0)


def discoveries(p: Floats, q: float) -> Bools:
    """Series kept when at most a share `q` of them may be false alarms (Benjamini and Hochberg 1995)."""
    order: Ints = np.argsort(p, kind="stable")
    passing = np.flatnonzero(p[order] <= q * np.arange(1, len(p) + 1) / max(len(p), 1))
    kept = np.zeros(len(p), np.bool_)
    kept[order[: passing[-1] + 1 if len(passing) else 0]] = True
    return kept
