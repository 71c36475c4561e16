"""Control limits of many series at once.

    limits(kind, values, offsets, n=None, baseline=None, **options) -> Limits

Flat float64 arrays in, one `Limits` out; see docs/reference/statistics.md for every definition and choice.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from andon.stats import kinds
from andon.stats.block import Block, Drawn
from andon.stats.segments import Bools, Floats, Ints, Segments, checked_offsets

PROVISIONAL = 13
"""Fewer baseline points than this and limits are provisional (NHS Making Data Count)."""
SHORT = 25
"""Fewer baseline points than this deserve a warning (Montgomery: 20 to 25)."""
HUGE = 1e300
"""Values at or beyond this count as infinite, which is to say missing: their squares and sums overflow."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Centre, limits and sigma of every point, and what is known of every segment.

    centre, lower, upper, sigma: float64 (N,), in the unit of the values; NaN where they cannot be estimated.
        On a t chart sigma is on the scale of value ** (1/3.6).
    sigma_z: float64 (segments,), how many times wider points scatter than theory says (p, np, c, u, p', u', x̄);
        NaN for other kinds. Prefer p' and u' outside about 2/3 to 3/2.
    lag1: float64 (segments,), autocorrelation of neighbouring baseline points; NaN below three.
    provisional: bool (segments,), fewer than 13 baseline points.  points: int64 (segments,), baseline points.
    power: values are raised to it before they are standardised (t chart).
    plotted: what is drawn and judged when it is not the value itself (EWMA, CUSUM), float64 (N,).
    """

    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    sigma_z: Floats
    lag1: Floats
    provisional: Bools
    points: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: str = "xmr"
    power: float = 1.0
    plotted: Floats | None = None

    @property
    def short(self) -> Bools:
        """Segments whose baseline is too short to trust without a warning (< 25 points), bool (segments,)."""
        return self.points < SHORT

    def scores(self, values: ArrayLike) -> Floats:
        """Values in sigma from the centre, float64 (N,); infinite off the centre when sigma is 0."""
        x = np.asarray(values if self.plotted is None else self.plotted, np.float64)
        with np.errstate(all="ignore"):
            left = x - self.centre if self.power == 1 else x**self.power - self.centre**self.power
            z = left / self.sigma
        return np.where((left == 0) & (self.sigma == 0), 0.0, z)


@dataclass(frozen=True)
class Kind:
    """One kind of chart: how to draw a block, whether it needs n, what its values may be."""

    draw: Callable[..., Drawn]
    needs_n: bool = False
    low: float = -np.inf
    power: float = 1.0


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
    out = _empty(name, problem.segments)
    draw = partial(KINDS[name].draw, **_checked(name, options))

    def one(cut: tuple[slice, slice, Segments]) -> None:
        _write(out, cut, draw, problem, use)

    with_threads(one, list(problem.segments.blocks()))
    return out


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


def _empty(name: str, segments: Segments) -> Limits:
    per_point = [np.empty(segments.points) for _ in range(4)]
    per_segment = [np.full(segments.size, np.nan) for _ in range(2)]
    return Limits(
        *per_point,
        *per_segment,
        provisional=np.ones(segments.size, bool),
        points=np.zeros(segments.size, np.int64),
        kind=name,
        power=KINDS[name].power,
    )


def _write(
    out: Limits,
    cut: tuple[slice, slice, Segments],
    draw: Callable[..., Drawn],
    problem: Block,
    use: Bools | int | None,
) -> None:
    which, where, segments = cut
    block = _block(problem, use, where, segments, KINDS[out.kind].low)
    with np.errstate(all="ignore"):
        drawn = draw(block)
        for name in ("centre", "lower", "upper", "sigma"):
            segments.fill(getattr(out, name)[where], getattr(drawn, name))
        if drawn.sigma_z is not None:
            out.sigma_z[which] = drawn.sigma_z[:, 0]
        out.lag1[which] = _lag1(block, drawn)[:, 0]
    out.points[which] = block.segments.count(block.use)[:, 0]
    out.provisional[which] = out.points[which] < PROVISIONAL


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
    return clean & (seen - np.repeat(before, segments.lengths) <= use)


def _lag1(block: Block, drawn: Drawn) -> Floats:
    """Autocorrelation of neighbours about their own mean, on standardised values where sigma moves.

    Scaled by the largest deviation when squares would overflow or vanish.
    """
    x, segments = block.values, block.segments
    if drawn.sigma.ndim == 1:
        x = segments.minus(x, drawn.centre) / drawn.sigma
    mean = drawn.centre if x is block.values and drawn.centre.ndim == 2 else segments.mean(x, block.use)
    left = segments.minus(x, mean)
    if block.use is not None:
        left = np.where(block.use & np.isfinite(left), left, 0.0)
    square = segments.total(left * left)
    bad = ~((square > 1e-290) & (square < 1e290))
    if bad.any():
        largest = segments.padded(np.abs(left)).max(axis=1, initial=0)[:, None]
        left = left / segments.expand(np.where(bad & (largest > 0), largest, 1.0))
        square = segments.total(left * left)
    product = left.copy()
    product[1:] *= left[:-1]
    product[segments.starts] = 0
    enough = (segments.count(block.use) >= 3) & (square > 0)
    return np.where(enough, segments.total(product) / square, np.nan)


def with_threads[T](work: Callable[[T], None], parts: list[T]) -> None:
    """Do the parts on as many threads as there are cores; NumPy lets go of the interpreter in its loops."""
    cores = min(os.cpu_count() or 1, 8)
    if len(parts) < 4 or cores == 1:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(cores) as pool:
        list(pool.map(work, parts))
