"""The lake: the only reader of raw rows. Files in, cells out; nothing of Django."""

from andon.lake.cells import Cells, CellSpec, Every, Factor, Tally, numbers_of, starts
from andon.lake.counting import merged
from andon.lake.errors import BadInput, did_you_mean
from andon.lake.reducing import Plan, groups, open_source, plan, reduce, refusals, span
from andon.lake.source import Reading, Refused, Source, column_of

__all__ = [
    "BadInput",
    "CellSpec",
    "Cells",
    "Every",
    "Factor",
    "Plan",
    "Reading",
    "Refused",
    "Source",
    "Tally",
    "column_of",
    "did_you_mean",
    "groups",
    "merged",
    "numbers_of",
    "open_source",
    "plan",
    "reduce",
    "refusals",
    "span",
    "starts",
]
