"""What the lake asks of an engine (DuckDB here, Spark beyond), and the words it shares with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import narwhals as nw
import pyarrow as pa

from andon.lake.errors import BadInput, did_you_mean
from andon.lake.numbers import NumberReading
from andon.lake.times import TimeReading

ColumnKind = Literal["text", "number", "truth", "time", "duration", "other"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A column and how it is read: as moments, as numbers, or (None) as it is."""

    column: str
    how: TimeReading | NumberReading | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that could not be used. `row` counts as a spreadsheet does: the line of column names is row
    1.
    """

    file: str
    row: int
    column: str
    value: str
    reason: str


class Source(Protocol):
    """Rows somewhere, with named columns. What differs between engines is here; all else is written once."""

    @property
    def columns(self) -> Mapping[str, ColumnKind]:
        """Name and kind of every column, in order."""

    @property
    def notes(self) -> Sequence[str]:
        """What a reader should know of how the files were read."""

    def keep(self, columns: Sequence[str]) -> None:
        """These columns will be read more than once: an engine may hold on to them."""

    def settle(self, readings: Sequence[Reading]) -> None:
        """These readings are decided and will be used more than once: an engine may read the texts now."""

    def rows(self) -> int:
        """How many rows there are, rows of broken lines not counted."""

    def broken(self) -> Sequence[Refused]:
        """Lines that are no rows: too few or too many fields, an open quote."""

    def duplicates(self, most: int = 2_000_000) -> int:
        """How many rows are exact copies of an earlier one; 0 where there are more than `most` rows to
        compare.
        """

    def sample(self, column: str, most: int) -> list[Any]:
        """Some values of a column that are not null, as they are stored."""

    def fitting(self, column: str, readings: Sequence[TimeReading]) -> list[int]:
        """How many values of the whole column each reading can read, and last how many there are."""

    def frame(self, parts: Mapping[str, Reading]) -> nw.LazyFrame[Any]:
        """The parts, typed: moments without a zone (UTC), numbers as float64. What cannot be read is null."""

    def collect(self, frame: nw.LazyFrame[Any]) -> pa.Table:
        """Runs a frame."""

    def unreadable(self, parts: Mapping[str, Reading], most: int) -> Sequence[Refused]:
        """The rows of which a part cannot be read, with the reason."""


def column_of(source: Source, wanted: str) -> str:
    """The column a user means: exact, or else the only one that differs in case and spaces. Raises
    BadInput.
    """
    if wanted in source.columns:
        return wanted

    def fold(name: str) -> str:
        return "".join(name.casefold().replace("_", " ").split())

    near = [name for name in source.columns if fold(name) == fold(wanted)]
    if len(near) == 1:
        return near[0]
    raise BadInput(f"There is no column “{wanted}”.", did_you_mean(wanted, source.columns))
