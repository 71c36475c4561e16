"""What is said of one association."""

from __future__ import annotations

from dataclasses import dataclass

NAN = float("nan")
CHANGED = 0.5
"""What is left of r without one unit, or of the rest with it, below which that unit matters."""


@dataclass(frozen=True, slots=True)
class WithoutOne:
    """The same without the unit that matters most: its place among the units, and what is left. p is NaN where r is
    much the same without it, as nothing hangs on it then.
    """

    unit: int
    r: float
    p: float
    far: bool
    """It lies far outside the others in one of the measures."""


@dataclass(frozen=True, slots=True)
class Association:
    """r with its 95 % interval. p: the larger of those of r and of the rank correlation, so that one unit far out
    cannot make it; 1 where the two point opposite ways. slope: units of the second measure per unit of the first.
    All NaN where nothing can be computed, and then `why` says what is missing. least_p: no smaller p is possible
    with so few units and permutations.
    """

    r: float = NAN
    low: float = NAN
    high: float = NAN
    p: float = NAN
    p_pearson: float = NAN
    p_spearman: float = NAN
    spearman: float = NAN
    slope: float = NAN
    slope_low: float = NAN
    slope_high: float = NAN
    spread_x: float = NAN
    spread_y: float = NAN
    units: int = 0
    cells: int = 0
    least_p: float = NAN
    without_one: WithoutOne | None = None
    why: str = ""

    @property
    def known(self) -> bool:
        return self.r == self.r


NONE = Association()


def matters(r: float, without: float) -> bool:
    """Whether one unit makes what there is, or hides what the others show."""
    return abs(without) < CHANGED * abs(r) or abs(r) < CHANGED * abs(without) or r * without < 0
