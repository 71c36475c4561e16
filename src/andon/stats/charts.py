"""Control limits of many series at once.

    limits(kind, values, offsets, n=None, baseline=None, **options) -> Limits

Flat float64 arrays in, one `Limits` out; see docs/reference/statistics.md for every definition and choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from andon.stats import kinds, memory
from andon.stats.block import Block, Drawn, lag1, moving_ranges
from andon.stats.limits import Limits
from andon.stats.segments import Bools, Floats, Segments, checked_offsets
from andon.stats.threads import with_threads

HUGE = 1e300
"""Values at or beyond this count as infinite, which is to say missing: their squares and sums overflow."""


@dataclass(frozen=True)
class Kind:
    """One kind of chart: how to draw a block, whether it needs n, what its values may be."""

    draw: Callable[..., Drawn]
    needs_n: bool = False
    low: float = -np.inf
    power: float = 1.0
    has_memory: bool = False


KINDS: dict[str, Kind] = {
    "run": Kind(kinds.run),
    "xmr": Kind(kinds.xmr),
    "mr": Kind(kinds.mr, low=0),
    "xbar-r": Kind(kinds.xbar_r, needs_n=True),
    "r": Kind(kinds.r, needs_n=True, low=0),
    "xbar-s": Kind(kinds.xbar_s, needs_n=True),
    "s": Kind(kinds.s, needs_n=True, low=0),
    "p": Kind(kinds.p, needs_n=True, low=0),
    "p'": Kind(partial(kinds.p, laney=True), needs_n=True, low=0),
    "np": Kind(kinds.np_, needs_n=True, low=0),
    "c": Kind(kinds.c, low=0),
    "u": Kind(kinds.u, needs_n=True, low=0),
    "u'": Kind(partial(kinds.u, laney=True), needs_n=True, low=0),
    "g": Kind(kinds.g, low=0),
    "t": Kind(kinds.t, low=0, power=kinds.T_POWER),
    "ewma": Kind(memory.ewma, has_memory=True),
    "cusum": Kind(memory.cusum, has_memory=True),
}
"""Every kind of chart by its name. "I-MR" and "i" mean xmr; p′ and pp mean p'; u′ and up mean u'."""

_ALIASES = {
    "i": "xmr",
    "i-mr": "xmr",
    "imr": "xmr",
    "pp": "p'",
    "up": "u'",
    "xbars": "xbar-s",
    "xbarr": "xbar-r",
}


def kind_named(name: str) -> str:
    """The kind's own name for any spelling of it, or ValueError naming those there are."""
    plain = name.strip().lower().replace("′", "'").replace("’", "'").replace("x̄", "xbar")
    plain = _ALIASES.get(plain, plain)
    if plain not in KINDS:
        raise ValueError(f"there is no chart kind {name!r}; choose one of {', '.join(KINDS)}")
    return plain


def limits(
    kind: str,
    values: ArrayLike,
    offsets: ArrayLike,
    n: ArrayLike | None = None,
    baseline: int | ArrayLike | None = None,
    *,
    within: ArrayLike | None = None,
    **options: object,
) -> Limits:
    """Limits of many segments at once; a segment is one phase of one series.

    kind: see `KINDS`.  values: float64 (N,), segments end to end; offsets: int (segments + 1,).
        p, p': the proportion (0..1), with n the denominator.   np: the count, with n.   c: the count.
        u, u': the rate, with n the exposure.   g, t: opportunities or time between events.
        xbar-r, xbar-s: the mean of n values; `within` their range or standard deviation (N,). Without
        `within`, sigma comes from moving ranges of the means.   r, s: the range or standard deviation itself.
    n: float64 (N,) or one number for all; a point with n <= 0 is missing.
    baseline: which points limits are estimated from: None for all, a number for the first so many that hold
        a value in each segment, or bool (N,): a frozen baseline, or excluded points.
    options: centre "mean" | "median" | a target; spread "mean" | "median" (of moving ranges);
        d2 "1.128" | "exact" | "2.66" (the factor between a moving range and sigma);
        screen True to leave out moving ranges above 3.267 times their mean; sigma a known value (xmr).
    Raises ValueError, in words, for an unknown kind or option, or arrays that do not match.
    """
    name = kind_named(kind)
    problem = _problem(KINDS[name], values, offsets, n, within)
    use = _baseline(problem, baseline)
    return _draw(name, partial(KINDS[name].draw, **_checked(name, options)), problem, use)


def _problem(
    kind: Kind, values: ArrayLike, offsets: ArrayLike, n: ArrayLike | None, within: ArrayLike | None
) -> Block:
    x = np.ascontiguousarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    if kind.needs_n and n is None:
        raise ValueError(
            "this kind of chart needs n: the denominator, exposure or subgroup size of each point"
        )
    sizes = None if n is None or not kind.needs_n else _matching(n, len(x), "n")
    inner = None if within is None else _matching(within, len(x), "within")
    return Block(x, None, segments, sizes, inner)


def _matching(array: ArrayLike, points: int, name: str) -> Floats:
    flat = np.asarray(array, np.float64)
    if flat.ndim and flat.size != points:
        raise ValueError(f"{name} has {flat.size} numbers for {points} points")
    return np.ascontiguousarray(np.broadcast_to(flat.ravel() if flat.ndim else flat, points))


def _baseline(problem: Block, baseline: int | ArrayLike | None) -> Bools | int | None:
    if baseline is None or (isinstance(baseline, int | np.integer) and not isinstance(baseline, bool)):
        return None if baseline is None else int(baseline)
    mask = np.asarray(baseline)
    if mask.dtype != np.bool_ or mask.shape != problem.values.shape:
        raise ValueError("baseline is a number of points, or one true or false for each point")
    return mask


def _checked(name: str, options: dict[str, object]) -> dict[str, object]:
    draw = KINDS[name].draw
    code = (draw.func if isinstance(draw, partial) else draw).__code__
    known = set(code.co_varnames[1 : code.co_argcount]) - {"laney"}
    for option, value in options.items():
        if option not in known:
            raise ValueError(
                f"a {name} chart has no option {option!r}; it has {', '.join(sorted(known)) or 'none'}"
            )
        _check_choice(option, value)
    return options


_CHOICES = {"spread": ("mean", "median"), "d2": ("1.128", "exact", "2.66"), "centre": ("mean", "median")}


def _check_choice(option: str, value: object) -> None:
    choices = _CHOICES.get(option)
    number = option == "centre" and isinstance(value, int | float | np.number) and np.isfinite(value)
    if choices and value not in choices and not number:
        raise ValueError(f"{option} is one of {', '.join(choices)}, not {value!r}")


def _draw(name: str, draw: Callable[..., Drawn], problem: Block, use: Bools | int | None) -> Limits:
    """Draw block by block; the first tells which results have one number a segment, which one a point."""
    segments = problem.segments
    cuts = list(segments.blocks()) or [(slice(0, 0), slice(0, 0), segments)]
    parts: Callable[..., tuple[Block, Drawn]] = partial(_part, KINDS[name], draw, problem, use)
    out = _empty(name, segments, parts(cuts[0])[1])

    def write(cut: tuple[slice, slice, Segments]) -> None:
        _write(out, cut, *parts(cut))

    with_threads(write, cuts)
    return out


def _part(
    kind: Kind,
    draw: Callable[..., Drawn],
    problem: Block,
    use: Bools | int | None,
    cut: tuple[slice, slice, Segments],
) -> tuple[Block, Drawn]:
    block = _block(problem, use, cut[1], cut[2], kind.low)
    with np.errstate(all="ignore"):
        return block, draw(block)


def _empty(name: str, segments: Segments, like: Drawn) -> Limits:
    return Limits(
        like.blank(segments),
        segments,
        lag1=np.full(segments.size, np.nan),
        points=np.zeros(segments.size, np.int64),
        kind=name,
        power=KINDS[name].power,
    )


def _write(out: Limits, cut: tuple[slice, slice, Segments], block: Block, drawn: Drawn) -> None:
    which, where, segments = cut
    out.drawn.part(which, where).copy_from(drawn)
    with np.errstate(all="ignore"):
        out.lag1[which] = lag1(segments, _standardised(block, drawn), block.use)[:, 0]
    out.points[which] = block.segments.count(block.use)[:, 0]


def _block(problem: Block, use: Bools | int | None, where: slice, segments: Segments, low: float) -> Block:
    x = problem.values[where]
    n = None if problem.n is None else problem.n[where]
    within = None if problem.within is None else problem.within[where]
    clean = (x > -HUGE) & (x < HUGE) if low == -np.inf else (x >= low) & (x < HUGE)
    if n is not None:
        clean &= (n > 0) & (n < HUGE)
        n = np.where((n > 0) & (n < HUGE), n, np.nan)
    if not clean.all():
        x = np.where(clean, x, np.nan)
    chosen = _chosen(clean, use if not isinstance(use, np.ndarray) else use[where], segments)
    return Block(x, None if chosen.all() else chosen, segments, n, within)


def _chosen(clean: Bools, use: Bools | int | None, segments: Segments) -> Bools:
    if use is None:
        return clean
    if isinstance(use, np.ndarray):
        return clean & use
    seen = np.cumsum(clean)
    before = np.concatenate([[0], seen])[segments.offsets[:-1]]
    early: Bools = seen - np.repeat(before, segments.lengths) <= use
    return clean & early


def _standardised(block: Block, drawn: Drawn) -> Floats:
    """Values whose neighbours can be compared: in sigma from the centre where sigma moves with n."""
    if block.n is None:
        return block.values
    return block.segments.minus(block.values, drawn.centre) / block.segments.expand(drawn.sigma)


def ranges(values: ArrayLike, offsets: ArrayLike) -> Floats:
    """Moving ranges of many segments for an "mr" chart, float64 (N,); NaN where there is none."""
    x = np.asarray(values, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    found, pairs, _ = moving_ranges(x, np.isfinite(x), segments)
    return np.where(np.zeros(len(x), bool) if pairs is None else pairs, found, np.nan)
