"""Which grouping is eliminated how, and where each cell's numbers go.

H = [Z X]'W[Z X] + diag(1/tau, 0) is solved in up to three layers (docs/reference/mixed.md):

* leaf: one large grouping, of which H has a diagonal block;
* stem: a large grouping that the leaf, or several groupings, are nested in (worker, for worker x mechanism and worker x
  week): with them H is block diagonal, one block a level;
* core: everything else and the fixed coefficients, dense.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from andon.stats.mixed.design import Grouping
from andon.stats.mixed.leaf import Leaf, leaf_of, pairs_of_leaf
from andon.stats.mixed.pattern import parent_of
from andon.stats.mixed.stem import Stem, stem_of
from andon.stats.segments import Floats, Ints

CORE_LIMIT = 6000
"""Levels that may be dense: a Cholesky factor of so many takes some seconds and 300 MB."""
STEM_LIMIT = 150_000_000
"""Numbers in the dense rows between stem and core: 1.2 GB, three times."""
SMALL = 64
"""A grouping with fewer levels stays in the core even when others are nested in it."""
INNER = 400
"""A further nested grouping with more levels than this joins the stem instead of the core."""
PAIR, FLOP = 40e-9, 0.25e-9
"""Seconds for a pair of sparse entries and for a dense multiplication, roughly; only their ratio matters."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How the cells' levels lie in one vector: leaf, then stem rows, then core columns, then fixed columns."""

    names: tuple[str, ...]
    sizes: dict[str, int]
    leaf: Leaf | None
    stem: Stem | None
    core: tuple[str, ...]
    columns: tuple[Ints, ...]
    starts: tuple[int, ...]
    x: Floats
    places: dict[str, slice | Ints]

    @property
    def below(self) -> int:
        """Where the core begins: levels in leaf and stem."""
        return (self.leaf.size if self.leaf else 0) + (self.stem.size if self.stem else 0)

    @property
    def random(self) -> int:
        """Random columns of the core."""
        return self.starts[-1]

    @property
    def width(self) -> int:
        """Columns of the core with the fixed ones."""
        return self.random + int(self.x.shape[1])

    @property
    def length(self) -> int:
        return self.below + self.width

    def levels(self, vector: Floats, name: str) -> Floats:
        """The part of a vector that belongs to one grouping, by level."""
        part: Floats = vector[self.places[name]]
        return part


def layout_of(groupings: Mapping[str, Grouping], x: Floats) -> Layout:
    """Choose the layers. Every level has a cell. ValueError when the groupings cross too widely."""
    plan = _plan(groupings, x.shape[1])
    sizes = {name: grouping.levels for name, grouping in groupings.items()}
    starts = tuple(accumulate((sizes[name] for name in plan.core), initial=0))
    return Layout(
        tuple(groupings),
        sizes,
        plan.leaf,
        plan.stem,
        plan.core,
        tuple(groupings[name].codes + start for name, start in zip(plan.core, starts, strict=False)),
        starts,
        x,
        _places(plan, starts),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    leaf: Leaf | None
    stem: Stem | None
    core: tuple[str, ...]


def _plan(groupings: Mapping[str, Grouping], fixed: int) -> _Plan:
    names = sorted(groupings, key=lambda name: -groupings[name].levels)
    largest, container = names[0], _container(groupings, names)
    stem = [] if container is None else [container]
    inner = [] if container is None else _inner(groupings, names, largest, container)
    core = tuple(name for name in groupings if name not in (largest, *stem, *inner))
    _check_core(groupings, core, largest)
    sparse = pairs_of_leaf(largest, groupings, core, [*stem, *inner]) * PAIR
    sparse += _dense_cost(groupings, [*stem, *inner], core, fixed) * FLOP
    if sparse <= _dense_cost(groupings, [*stem, largest, *inner], core, fixed) * FLOP:
        rows = _checked_stem(groupings, [*stem, *inner], core, fixed)
        return _Plan(leaf_of(largest, groupings, core, rows), rows, core)
    return _Plan(None, _checked_stem(groupings, [*stem, largest, *inner], core, fixed), core)


def _container(groupings: Mapping[str, Grouping], names: list[str]) -> str | None:
    """The largest grouping of some size that the largest of all is nested in."""
    for name in names[1:]:
        if groupings[name].levels >= SMALL and nested(groupings[names[0]], groupings[name]):
            return name
    return None


def _inner(groupings: Mapping[str, Grouping], names: list[str], largest: str, container: str) -> list[str]:
    others = [name for name in names if name not in (largest, container) and groupings[name].levels > INNER]
    return [name for name in others if nested(groupings[name], groupings[container])]


def nested(fine: Grouping, coarse: Grouping) -> bool:
    """Whether each level of `fine` lies within one level of `coarse`."""
    return bool((parent_of(fine, coarse)[fine.codes] == coarse.codes).all())


def _dense_cost(
    groupings: Mapping[str, Grouping], rows: list[str], core: tuple[str, ...], fixed: int
) -> float:
    width = sum(groupings[name].levels for name in core) + fixed
    return float(sum(groupings[name].levels for name in rows)) * width * (width + 200)


def _check_core(groupings: Mapping[str, Grouping], core: tuple[str, ...], largest: str) -> None:
    levels = {name: groupings[name].levels for name in core}
    if sum(levels.values()) > CORE_LIMIT:
        told = ", ".join(f"{name} ({count:,} levels)" for name, count in levels.items())
        raise ValueError(
            f"{largest} crosses {told}: together more than the {CORE_LIMIT:,} levels that can be handled beside the "
            "largest grouping. Make one coarser (months for weeks), leave one out, or add the grouping that the "
            "large ones are nested in (worker, for worker x mechanism and worker x week)"
        )


def _checked_stem(
    groupings: Mapping[str, Grouping], rows: list[str], core: tuple[str, ...], fixed: int
) -> Stem | None:
    width = sum(groupings[name].levels for name in core) + fixed
    count = sum(groupings[name].levels for name in rows)
    if count * width > STEM_LIMIT:
        raise ValueError(
            f"{', '.join(rows)} have {count:,} levels beside {width:,} of {', '.join(core) or 'the covariates'}: more "
            "than memory should hold. Make one coarser (months for weeks) or leave one out"
        )
    return stem_of(groupings, rows)


def _places(plan: _Plan, starts: tuple[int, ...]) -> dict[str, slice | Ints]:
    places: dict[str, slice | Ints] = {}
    below = 0
    if plan.leaf:
        places[plan.leaf.name] = slice(0, plan.leaf.size)
        below = plan.leaf.size
    if plan.stem:
        places |= {name: below + rows for name, rows in plan.stem.place.items()}
        below += plan.stem.size
    for name, start, end in zip(plan.core, starts, starts[1:], strict=False):
        places[name] = slice(below + start, below + end)
    return places
