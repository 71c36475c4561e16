"""Which attributes can name a slice: not those that are another for nearly every record."""

from collections.abc import Mapping

import numpy as np

from andon.analysis.clusters.spec import Ints
from andon.lake import Factor

DISTINCT = 0.5  # values for each record beyond which a column is a number of the record
NUMBERS = 60  # different numbers beyond which a column is a quantity


def useful(attributes: Mapping[str, Factor], window: Ints) -> tuple[dict[str, Factor], tuple[str, ...]]:
    """The attributes with values that recur, and a note on each that was left out."""
    kept: dict[str, Factor] = {}
    notes: list[str] = []
    inside = window >= 0
    for name, factor in attributes.items():
        if why := _useless(factor, inside):
            notes.append(f"“{name}” was left out: {why}.")
        else:
            kept[name] = factor
    return kept, tuple(notes)


def _useless(factor: Factor, inside: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> str:
    often = np.bincount(factor.codes[inside], minlength=len(factor.levels))
    values, records = int((often > 0).sum()), int(inside.sum())
    if values < 2:
        return ""
    if values > 20 and values > DISTINCT * records:
        return f"it has {values:,} values in {records:,} rows, so it tells rows apart and not kinds of them"
    if values > NUMBERS and all(_number(level) for level in factor.levels[: 4 * NUMBERS]):
        return f"it holds {values:,} different numbers, a quantity or a number of something"
    return ""


def _number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return text.startswith("(")
    return True
