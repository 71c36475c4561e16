"""Mark the points that a set of rules picks out.

    marks(rule_set, values, limits, offsets) -> uint32 (N,)      RULES[rule_set][bit].sentence

Patterns never cross the start of a segment or a missing point. A point on the centre line is on neither side,
a point on a limit is inside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from andon.stats import runs
from andon.stats.block import Drawn
from andon.stats.limits import Limits, scores
from andon.stats.rule_sets import RULES, Marked, Rule, reasons, rules_named
from andon.stats.segments import Bools, Floats, Segments, checked_offsets
from andon.stats.tape import at_least, back, leading_up_to, steps, tape_for
from andon.stats.threads import with_threads

__all__ = ["RULES", "Rule", "marks", "reasons", "rules_named"]

ON_LINE = 1e-9
"""Within this many sigma of the centre a point counts as on the line: rounding alone must not make a run."""


def marks(
    rule_set: str | tuple[Rule, ...],
    values: ArrayLike,
    limits: Limits,
    offsets: ArrayLike,
    *,
    exclude: ArrayLike | None = None,
    marked: Marked | None = None,
) -> NDArray[np.uint32]:
    """One bitmask a point, uint32 (N,): bit i is set where rule i of the set marks the point.

    values: float64 (N,); limits: as `charts.limits` gave them; offsets: int (segments + 1,).
    exclude: bool (N,), points to leave out, as if they were missing.
    marked: override which points of a pattern are marked: "last" or "pattern".
    A missing point is never marked and ends every run. On EWMA and CUSUM charts, whose points carry their
    past with them, only points outside the limits are marked. Raises ValueError for an unknown rule set.
    """
    rules = rules_named(rule_set)
    if marked:
        rules = tuple(replace(rule, marked=marked) for rule in rules)
    x = np.ascontiguousarray(values if limits.plotted is None else limits.plotted, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    if limits.segments.points != len(x):
        raise ValueError(f"limits are for {limits.segments.points} points, values hold {len(x)}")
    if exclude is not None:
        x = np.where(np.asarray(exclude, bool), np.nan, x)
    out = np.empty(len(x), np.uint32)

    def mark(cut: tuple[slice, slice, Segments]) -> None:
        with np.errstate(all="ignore"):
            _mark(out[cut[1]], rules, _view(x, limits, cut))

    with_threads(mark, list(segments.blocks()))
    return out


@dataclass(frozen=True)
class View:
    """A block of points beside their limits."""

    x: Floats
    drawn: Drawn
    power: float
    segments: Segments


def _view(x: Floats, limits: Limits, cut: tuple[slice, slice, Segments]) -> View:
    which, where, part = cut
    return View(x[where], limits.drawn.part(which, where), limits.power, part)


class Scene:
    """The block laid on a tape, with each question about it answered once."""

    def __init__(self, view: View, gap: int) -> None:
        self.view = view
        self.tape = tape_for(np.isfinite(view.x), view.segments, gap)
        self.x: Floats = self.tape.lay(view.x, np.nan)
        self.z, self.lean = self._scores()
        self._masks: dict[tuple[str, float], Bools] = {}

    def _scores(self) -> tuple[Floats, Floats]:
        """Sigma from the centre, and the same with only the side known where sigma is not.

        Where sigma is 0 the points on the centre are not "close" to it: a constant series is no signal.
        """
        view = self.view
        z = scores(view.x, view.drawn, view.power, view.segments)
        if (view.drawn.sigma > 0).all() and np.isfinite(z).all():
            laid = self.tape.lay(z, np.nan)
            return laid, laid
        side = np.where(np.isnan(z), np.sign(view.segments.minus(view.x, view.drawn.centre)), z)
        still = view.segments.expand(view.drawn.sigma) == 0
        return self.tape.lay(np.where(still & (z == 0), np.nan, z), np.nan), self.tape.lay(side, np.nan)

    def mask(self, test: str, threshold: float = 0.0) -> Bools:
        """Which places pass a test, (2, tape) for up and down or (1, tape), remembered."""
        key = (test, threshold)
        if key not in self._masks:
            self._masks[key] = self._ask(test, threshold)
        return self._masks[key]

    def _outside(self) -> tuple[Bools, Bools]:
        view, apply = self.view, self.view.segments.apply
        return apply(np.greater, view.x, view.drawn.upper), apply(np.less, view.x, view.drawn.lower)

    def _ask(self, test: str, threshold: float) -> Bools:
        if test == "outside":
            return np.stack([self.tape.lay(side, False) for side in self._outside()])
        if test == "beyond":
            z, edge = (self.lean, ON_LINE) if threshold == 0 else (self.z, threshold)
            return np.stack([z > edge, z < -edge])
        if test == "close":
            return self.mask("beyond", threshold) & ~self.mask("outside").any(axis=0)
        if test == "within":
            return (np.abs(self.z) < threshold)[None]
        if test == "steps":
            return steps(self.x)
        moves = self.mask("steps")
        return (moves & back(moves[::-1], 1)).any(axis=0)[None]


def _mark(out: NDArray[np.uint32], rules: tuple[Rule, ...], view: View) -> None:
    scene = Scene(view, max((rule.gap for rule in rules), default=1))
    kind = np.dtype(np.uint8 if len(rules) <= 8 else np.uint32)
    bits = np.zeros(scene.tape.length, kind)
    for bit, rule in enumerate(rules):
        bits |= _passes(rule, scene).astype(kind) << kind.type(bit)
    scene.tape.lift(bits, out)


def _passes(rule: Rule, scene: Scene) -> Bools:
    """Which places on the tape a rule marks."""
    if scene.view.drawn.plotted is not None and rule.test != "outside":
        return np.zeros(scene.tape.length, bool)
    if rule.test in ("long run", "few crossings"):
        return _anhoj(rule, scene)
    mask = scene.mask(rule.test, rule.threshold)
    if rule.sides == "any" and len(mask) == 2:
        mask = (mask[0] | mask[1])[None]
    ends: Bools = at_least(mask, rule.k, rule.n)
    if rule.marked == "pattern" and rule.n > 1:
        ends = _whole(rule, ends, mask)
    return ends.any(axis=0) if len(ends) == 2 else ends[0]


def _whole(rule: Rule, ends: Bools, mask: Bools) -> Bools:
    """All points of each pattern; a step or a turn also takes in the points it starts from."""
    inside = leading_up_to(ends, rule.n) & mask
    return leading_up_to(inside, {"steps": 2, "turns": 3}.get(rule.test, 1))


def _anhoj(rule: Rule, scene: Scene) -> Bools:
    view = scene.view
    left = np.nan_to_num(view.segments.minus(view.x, view.drawn.centre))
    found = runs.signals(np.sign(left), view.segments)
    laid: Bools = scene.tape.lay(found.long_run if rule.test == "long run" else found.few_crossings, False)
    return laid
