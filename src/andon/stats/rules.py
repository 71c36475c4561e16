"""Rules that mark points, as data: k of n points on a side of a threshold, and which of them are marked.

    marks(rule_set, values, limits, offsets) -> uint32 (N,)      RULES[rule_set][bit].sentence

Patterns never cross the start of a segment or a missing point. A point exactly on the line is on neither side.
Sources: Western Electric, Statistical Quality Control Handbook (1956); Nelson, Journal of Quality Technology 16
(1984); NHS England, Making Data Count; Anhøj and Olesen, PLoS ONE 9 (2014).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from andon.stats import runs
from andon.stats.charts import Limits, with_threads
from andon.stats.segments import Bools, Floats, Segments, checked_offsets
from andon.stats.tape import Tape, all_of, at_least, back, leading_up_to, steps, tape_for

Test = Literal["outside", "beyond", "close", "within", "steps", "turns", "long run", "few crossings"]

ON_LINE = 1e-9
"""Within this many sigma of the centre a point counts as on the line: rounding alone must not make a run."""


@dataclass(frozen=True)
class Rule:
    """At least k of n neighbouring points pass a test.

    test: outside the limits; beyond, close to (beyond, but inside the limits) or within `threshold` sigma of the
        centre; steps in one direction; turns up and down; a long run or few crossings (Anhøj).
    sides: "same" when all k must lie on one side, "any" when sides may mix.
    marked: "last" marks each point that completes the pattern, "pattern" every point that belongs to it.
    """

    name: str
    sentence: str
    test: Test
    k: int = 1
    n: int = 1
    threshold: float = 0.0
    sides: Literal["same", "any"] = "same"
    marked: Literal["last", "pattern"] = "last"

    @property
    def gap(self) -> int:
        """Gaps needed after a stretch so that no window reaches over."""
        return self.n - 1 if self.k < self.n else 1


def _western_electric(marked: Literal["last", "pattern"] = "last") -> tuple[Rule, ...]:
    return (
        Rule("WE 1", "This point is outside the control limits.", "outside", marked=marked),
        Rule("WE 2", "Two of three points in a row are far from the centre line (beyond 2 sigma), on the same side.",
             "beyond", 2, 3, 2.0, marked=marked),
        Rule("WE 3", "Four of five points in a row are away from the centre line (beyond 1 sigma), on the same side.",
             "beyond", 4, 5, 1.0, marked=marked),
        Rule("WE 4", "Eight points in a row are on the same side of the centre line.", "beyond", 8, 8, marked=marked),
    )  # fmt: skip


def _nelson() -> tuple[Rule, ...]:
    return (
        Rule("Nelson 1", "This point is outside the control limits.", "outside"),
        Rule("Nelson 2", "Nine points in a row are on the same side of the centre line.", "beyond", 9, 9),
        Rule("Nelson 3", "Six points in a row steadily rise or steadily fall.", "steps", 5, 5),
        Rule("Nelson 4", "Fourteen points in a row go up and down by turns.", "turns", 12, 12, sides="any"),
        Rule("Nelson 5", "Two of three points in a row are far from the centre line (beyond 2 sigma), on the same side.",
             "beyond", 2, 3, 2.0),
        Rule("Nelson 6", "Four of five points in a row are away from the centre line (beyond 1 sigma), on the same side.",
             "beyond", 4, 5, 1.0),
        Rule("Nelson 7", "Fifteen points in a row are unusually close to the centre line (within 1 sigma).",
             "within", 15, 15, 1.0, "any"),
        Rule("Nelson 8", "Eight points in a row all avoid the centre line (beyond 1 sigma, on either side).",
             "beyond", 8, 8, 1.0, "any"),
    )  # fmt: skip


def _nhs() -> tuple[Rule, ...]:
    return (
        Rule("NHS 1", "This point is outside the process limits.", "outside", marked="pattern"),
        Rule("NHS 2", "This point is one of seven or more in a row on the same side of the mean.",
             "beyond", 7, 7, marked="pattern"),
        Rule("NHS 3", "This point is part of a steady rise or fall of seven points or more.",
             "steps", 6, 6, marked="pattern"),
        Rule("NHS 4", "Two of three points in a row are close to the same process limit.",
             "close", 2, 3, 2.0, marked="pattern"),
    )  # fmt: skip


def _anhoj() -> tuple[Rule, ...]:
    return (
        Rule("Anhøj 1", "This point is part of an unusually long run on one side of the centre line.",
             "long run", marked="pattern"),
        Rule("Anhøj 2", "Up to this point the line has been crossed unusually few times.", "few crossings"),
    )  # fmt: skip


RULES: dict[str, tuple[Rule, ...]] = {
    "nelson": _nelson(),
    "western-electric": _western_electric(),
    "nhs": _nhs(),
    "anhoj": _anhoj(),
    "limits": _western_electric()[:1],
}
"""Rule sets by name; bit i of a mark is rule i. "limits" marks points outside the limits and nothing else."""


def rules_named(rule_set: str | tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules of a set, or ValueError naming the sets there are."""
    if not isinstance(rule_set, str):
        return rule_set
    if rule_set not in RULES:
        raise ValueError(f"there is no rule set {rule_set!r}; choose one of {', '.join(RULES)}")
    return RULES[rule_set]


def marks(
    rule_set: str | tuple[Rule, ...],
    values: ArrayLike,
    limits: Limits,
    offsets: ArrayLike,
    *,
    exclude: ArrayLike | None = None,
    marked: Literal["last", "pattern"] | None = None,
) -> NDArray[np.uint32]:
    """One bitmask a point, uint32 (N,): bit i is set where rule i of the set marks the point.

    values: float64 (N,); limits: as `charts.limits` gave them; offsets: int (segments + 1,).
    exclude: bool (N,), points to leave out, as if they were missing.
    marked: override which points of a pattern are marked: "last" or "pattern".
    A missing point is never marked and ends every run. Raises ValueError for an unknown rule set.
    """
    rules = rules_named(rule_set)
    if marked:
        rules = tuple(replace(rule, marked=marked) for rule in rules)
    x = np.ascontiguousarray(values if limits.plotted is None else limits.plotted, np.float64).ravel()
    segments = Segments(checked_offsets(offsets, len(x)))
    if exclude is not None:
        x = np.where(np.asarray(exclude, bool), np.nan, x)
    out = np.empty(len(x), np.uint32)

    def one(cut: tuple[slice, slice, Segments]) -> None:
        _, where, part = cut
        with np.errstate(all="ignore"):
            _mark(out[where], rules, _view(x, limits, where, part))

    with_threads(one, list(segments.blocks()))
    return out


@dataclass(frozen=True)
class View:
    """A block of points beside their limits."""

    x: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    sigma: Floats
    power: float
    segments: Segments


def _view(x: Floats, limits: Limits, where: slice, part: Segments) -> View:
    fields = (getattr(limits, name)[where] for name in ("centre", "lower", "upper", "sigma"))
    return View(x[where], *fields, limits.power, part)


class Scene:
    """The block laid on a tape, with each question about it answered once."""

    def __init__(self, view: View, gap: int) -> None:
        self.view = view
        self.present = np.isfinite(view.x)
        self.tape: Tape = tape_for(self.present, view.segments, gap)
        self.x = self.tape.lay(view.x, np.nan)
        self._masks: dict[tuple[str, float], Bools] = {}
        self.z, self.lean = self._scores()

    def _scores(self) -> tuple[Floats, Floats]:
        """Sigma from the centre, and the same with only the side known where sigma is not."""
        view = self.view
        left = view.x - view.centre if view.power == 1 else view.x**view.power - view.centre**view.power
        z = left / view.sigma
        if np.isfinite(z).all():
            lean = z = self.tape.lay(z, np.nan)
            return z, lean
        z = np.where((left == 0) & (view.sigma == 0), 0.0, z)
        lean = np.where(np.isnan(z), np.sign(left), z)
        return self.tape.lay(z, np.nan), self.tape.lay(lean, np.nan)

    def outside(self) -> Bools:
        """(2, tape): above the upper, below the lower limit."""
        both = (self.view.x > self.view.upper, self.view.x < self.view.lower)
        return np.stack([self.tape.lay(side, False) for side in both])

    def beyond(self, threshold: float) -> Bools:
        """(2, tape): farther than `threshold` sigma above, below."""
        z, edge = (self.lean, ON_LINE) if threshold == 0 else (self.z, threshold)
        return np.stack([z > edge, z < -edge])

    def mask(self, test: str, threshold: float) -> Bools:
        """Which places pass a test, (2, tape) for up and down, remembered."""
        key = (test, threshold)
        if key not in self._masks:
            self._masks[key] = self._ask(test, threshold)
        return self._masks[key]

    def _ask(self, test: str, threshold: float) -> Bools:
        if test == "outside":
            return self.outside()
        if test == "beyond":
            return self.beyond(threshold)
        if test == "close":
            return self.mask("beyond", threshold) & ~self.mask("outside", 0.0).any(axis=0)
        if test == "within":
            return (np.abs(self.z) < threshold)[None]
        if test == "steps":
            return steps(self.x)
        moves = self.mask("steps", 0.0)
        return (moves & back(moves[::-1], 1)).any(axis=0)[None]


def _mark(out: NDArray[np.uint32], rules: tuple[Rule, ...], view: View) -> None:
    scene = Scene(view, max(rule.gap for rule in rules))
    bits = np.zeros(scene.tape.length, np.uint8 if len(rules) <= 8 else np.uint32)
    for bit, rule in enumerate(rules):
        bits |= _passes(rule, scene).astype(bits.dtype) << bits.dtype.type(bit)
    scene.tape.lift(bits, out)


def _passes(rule: Rule, scene: Scene) -> Bools:
    """Which places on the tape a rule marks."""
    if rule.test in ("long run", "few crossings"):
        return _anhoj_passes(rule, scene)
    mask = scene.mask(rule.test, rule.threshold)
    if rule.sides == "any" and len(mask) == 2:
        mask = (mask[0] | mask[1])[None]
    ends = at_least(mask, rule.k, rule.n)
    if rule.marked == "pattern" and rule.n > 1:
        ends = _whole(rule, ends, mask)
    return ends[0] | ends[1] if len(ends) == 2 else ends[0]


def _whole(rule: Rule, ends: Bools, mask: Bools) -> Bools:
    """All points of each pattern; a step or a turn also takes in the points it starts from."""
    inside = leading_up_to(ends, rule.n) & mask
    before = {"steps": 1, "turns": 2}.get(rule.test, 0)
    return leading_up_to(inside, before + 1)


def _anhoj_passes(rule: Rule, scene: Scene) -> Bools:
    view = scene.view
    side = np.where(np.isfinite(view.x), np.sign(view.x - view.centre), 0.0)
    found = runs.signals(side, view.segments)
    return scene.tape.lay(found.long_run if rule.test == "long run" else found.few_crossings, False)


def reasons(rule_set: str | tuple[Rule, ...], mark: int) -> list[str]:
    """The sentences of the rules in one mark, in the order of the set."""
    return [rule.sentence for bit, rule in enumerate(rules_named(rule_set)) if mark >> bit & 1]
