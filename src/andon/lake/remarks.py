"""What a reader should know of texts that were read as numbers: how, and where that was not possible."""

# ruff: noqa: S608  every name in SQL is quoted and every value escaped by `quoted` and `literal`

from collections.abc import Iterable, Iterator

from andon.lake import duck_sql as sql
from andon.lake.duck import DuckSource
from andon.lake.numbers import NumberReading
from andon.lake.source import Reading

EXPECTED = ("", "empty", "numbers", "yes or no")  # nobody needs to be told of these


def notes_of_numbers(source: DuckSource, readings: Iterable[Reading]) -> Iterator[str]:
    """A sentence on each unusual way of reading, and on values that were left blank."""
    read = {
        reading: reading.how
        for reading in readings
        if isinstance(reading.how, NumberReading) and source.columns[reading.column] == "text"
    }
    for reading, how in read.items():
        if how.described not in EXPECTED:
            yield f"“{reading.column}” was read as {how.described}."
    for (reading, how), n in zip(read.items(), _unread(source, list(read)), strict=True):
        if n:
            what = "yes or no" if how.how == "truth" else "a number"
            rows = "1 row" if n == 1 else f"{n:,} rows"
            yield f"“{reading.column}” is not {what} in {rows}; there it was left blank."


def _unread(source: DuckSource, texts: list[Reading]) -> list[int]:
    """How many values of each are there but could not be read."""
    if not texts:
        return []
    parts = {f"__{i}": reading for i, reading in enumerate(texts)}
    parts |= {f"__{i}raw": Reading(reading.column) for i, reading in enumerate(texts)}
    counts = ", ".join(f"count(*) FILTER ({sql.unread(f'__{i}raw', f'__{i}')})" for i in range(len(texts)))
    return list(source.run(f"SELECT {counts} FROM ({source.query(parts)})").fetchall()[0])
