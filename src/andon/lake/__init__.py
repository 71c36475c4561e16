"""The lake: the only reader of raw rows. Files in, cells out; nothing of Django."""

from andon.lake.cells import Cells, CellSpec, Every, Factor, Tally, numbers_of, starts
from andon.lake.copies import copies
from andon.lake.counting import merged
from andon.lake.customers import pseudonym
from andon.lake.errors import BadInput, did_you_mean
from andon.lake.guessing import guess_columns, plain_name
from andon.lake.ingested import Ingested
from andon.lake.ingesting import harmless, ingest, write_refused
from andon.lake.intake import Terms
from andon.lake.missing import is_nothing
from andon.lake.readings import read_time
from andon.lake.records import Preview, Record, preview, records, text_of
from andon.lake.reducing import Plan, groups, open_source, plan, reduce, refusals, span
from andon.lake.source import Reading, Refused, Source, column_of
from andon.lake.sums import Counted, keys, sums

__all__ = [
    "BadInput",
    "CellSpec",
    "Cells",
    "Counted",
    "Every",
    "Factor",
    "Ingested",
    "Plan",
    "Preview",
    "Reading",
    "Record",
    "Refused",
    "Source",
    "Tally",
    "Terms",
    "column_of",
    "copies",
    "did_you_mean",
    "groups",
    "guess_columns",
    "harmless",
    "ingest",
    "is_nothing",
    "keys",
    "merged",
    "numbers_of",
    "open_source",
    "plain_name",
    "plan",
    "preview",
    "pseudonym",
    "read_time",
    "records",
    "reduce",
    "refusals",
    "span",
    "starts",
    "sums",
    "text_of",
    "write_refused",
]
