"""Which groups may be shown, so that no result of fewer than `fewest` answers can be computed from all that is.

Groups overlap in any way (a team, the department around it, a site across both), and each is a set of *cells*: the
smallest sets of people that the groups tell apart. Whatever is shown of a group is, at best, a sum over its cells.
From several sums others follow by adding and subtracting, and every such combination weighs all cells alike that lie
in the same shown groups. So if the cells that no shown group tells apart hold `fewest` answers or more together, or
none, then nothing that can be computed rests on fewer: complementary suppression, whatever the hierarchy
(cf. Willenborg & de Waal 2001, Elements of Statistical Disclosure Control, ch. 6).
"""

from collections.abc import Iterable, Mapping, Sequence

Cells = frozenset[int]


def shown(groups: Mapping[str, Iterable[int]], counts: Sequence[int], fewest: int) -> frozenset[str]:
    """Keys of the groups that may be shown together; the largest are chosen first.

    `groups` names the cells (places in `counts`) of each group; `counts` are answers. Raises ValueError where
    `fewest` is less than 1 or a count is negative.
    """
    if fewest < 1 or any(count < 0 for count in counts):
        raise ValueError("At least one answer is the fewest, and no count is negative.")
    answered = {key: frozenset(cell for cell in cells if counts[cell]) for key, cells in groups.items()}
    size = {key: _sum(cells, counts) for key, cells in answered.items()}
    alike: list[Cells] = []
    chosen: list[str] = []
    for key in sorted(groups, key=lambda one: (-size[one], one)):
        told_apart = _told_apart(alike, answered[key])
        if size[key] >= fewest and all(_sum(part, counts) >= fewest for part in told_apart):
            alike = told_apart
            chosen.append(key)
    return frozenset(chosen)


def _told_apart(alike: Sequence[Cells], group: Cells) -> list[Cells]:
    """Sets of cells that lie in the same shown groups, once `group` is shown too. Cells in none are not among them."""
    known: Cells = frozenset().union(*alike)
    parts = [part for old in alike for part in (old & group, old - group)]
    return [part for part in (*parts, group - known) if part]


def _sum(cells: Iterable[int], counts: Sequence[int]) -> int:
    return sum(counts[cell] for cell in cells)
