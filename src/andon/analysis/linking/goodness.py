"""Which way is better, of which measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from andon.analysis.linking.spec import Good, Joined, Measure
from andon.lake import BadInput, did_you_mean


def oriented(joined: Joined, good: Sequence[str]) -> Joined:
    """The measures with which way is better, as --good says it. Raises BadInput.

    COLUMN=low names the measure. A bare word counts in order: one for each measure, one for each customer measure, or
    one for all customer measures.
    """
    measures = [*joined.employee, *joined.customer]
    ways: dict[str, Good] = {}
    bare = [_way(text, text) for text in good if "=" not in text]
    meant = _meant(joined, bare)
    for measure, side in zip(meant, bare if len(bare) > 1 else bare * len(meant), strict=True):
        ways[measure.column] = side
    for text in good:
        if "=" in text:
            column, _, side_of_it = text.rpartition("=")
            ways[_column(column.strip(), measures)] = _way(side_of_it, text)

    def put(some: tuple[Measure, ...]) -> tuple[Measure, ...]:
        return tuple(replace(one, good=ways.get(one.column)) for one in some)

    return replace(joined, employee=put(joined.employee), customer=put(joined.customer))


def _meant(joined: Joined, bare: Sequence[Good]) -> list[Measure]:
    both = [*joined.employee, *joined.customer]
    if len(bare) == len(both):
        return both
    if len(bare) in (0, 1, len(joined.customer)):
        return list(joined.customer) if bare else []
    raise BadInput(
        f"--good is given {len(bare)} times for {len(both)} measures.",
        "Give it once for all customer measures, once for each measure in order, or as COLUMN=low.",
    )


def _way(text: str, whole: str) -> Good:
    way = text.strip().casefold()
    if way not in ("high", "low"):
        raise BadInput(f"--good {whole} says neither high nor low.", "Write high, low, or COLUMN=low.")
    return cast("Good", way)


def _column(name: str, measures: Sequence[Measure]) -> str:
    def fold(text: str) -> str:
        return "".join(text.casefold().replace("_", " ").split())

    near = [one.column for one in measures if fold(one.column) == fold(name) or fold(one.name) == fold(name)]
    if not near:
        raise BadInput(
            f"--good {name}: that is none of the measures.", did_you_mean(name, [m.column for m in measures])
        )
    return near[0]
