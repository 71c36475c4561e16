"""Which kind of measure the numbers are."""

import numpy as np

from andon.analysis.spec import Kind, ReviewSpec
from andon.lake import BadInput, Cells


def _is_truth(cells: Cells) -> bool:
    """Every outcome is 0 or 1: between them, and equal to its own square."""
    seen = np.isfinite(cells.lows)
    inside = (cells.lows[seen] >= 0).all() and (cells.highs[seen] <= 1).all()
    return bool(seen.any() and inside and np.array_equal(cells.total, cells.squares))


def _guess(cells: Cells) -> tuple[Kind, str]:
    if not cells.has_outcome:
        return "count", "no outcome was given, so rows are counted"
    if cells.has_of and not cells.over and not cells.broken:
        return "proportion", "whole numbers out of whole numbers that are never smaller"
    if cells.has_of:
        return "rate", "an amount for each unit of the denominator"
    if _is_truth(cells):
        return "proportion", "every outcome is yes or no"
    return "value", "the outcome is a number"


def _refuse(kind: Kind, cells: Cells) -> None:
    if kind in ("proportion", "rate", "value") and not cells.has_outcome:
        raise BadInput(f"A {kind} needs an outcome.", "Name its column with --outcome.")
    if kind == "proportion" and cells.has_of and cells.over:
        raise BadInput(
            f"In {cells.over:,} rows the outcome is greater than the denominator, so it is no proportion.",
            "Use --kind rate, or give the column that holds all cases with --of.",
        )
    if kind == "proportion" and not cells.has_of and not _is_truth(cells):
        raise BadInput(
            "A proportion needs an outcome of yes/no or 0/1, and this one holds other numbers.",
            "Give the denominator with --of, or use --kind value.",
        )
    if kind in ("count", "rate") and np.nansum(cells.lows < 0):
        raise BadInput(f"A {kind} cannot be negative, and some outcomes are.", "Use --kind value.")


def choose_kind(cells: Cells, spec: ReviewSpec) -> tuple[Kind, str]:
    """The kind and why. Raises BadInput when the kind that was asked for cannot be."""
    if spec.kind == "auto":
        return _guess(cells)
    _refuse(spec.kind, cells)
    return spec.kind, "as asked"
