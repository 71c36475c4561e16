"""Deciding how the columns of a source are read, from a sample first and then from the whole column."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from andon.lake.errors import BadInput, listing
from andon.lake.missing import is_nothing
from andon.lake.numbers import NumberReading, read_texts
from andon.lake.source import Reading, Source
from andon.lake.times import Grain, Order, Shape, TimeReading, read_numbers, tally

SAMPLE = 4000
MOST_FORMATS = 8
_ORDER_WORDS = {"dmy": "day/month/year", "mdy": "month/day/year"}
_ZONE = re.compile(r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_GRAINS: tuple[Grain, ...] = ("second", "hour", "day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """How a column is read as moments, and what a reader should know about that."""

    reading: Reading
    notes: tuple[str, ...] = ()

    @property
    def how(self) -> TimeReading:
        assert isinstance(self.reading.how, TimeReading)
        return self.reading.how


def _grain_of(moments: list[Any]) -> Grain:
    """The coarsest grain that all moments keep to."""
    days = [m if isinstance(m, dt.datetime) else dt.datetime(m.year, m.month, m.day) for m in moments]  # noqa: DTZ001
    if not days or any(m.minute or m.second or m.microsecond for m in days):
        return "second"
    if any(m.hour for m in days):
        return "hour"
    if any(m.day != 1 for m in days):
        mondays = len({m.weekday() for m in days}) == 1 and len(set(days)) > 3
        return "week" if mondays else "day"
    if len(set(days)) < 3:
        return "day"
    return "quarter" if all(m.month % 3 == 1 for m in days) and len({m.month for m in days}) > 1 else "month"


def _typed(source: Source, column: str) -> TimeColumn:
    moments = source.sample(column, SAMPLE)
    zoned = any(isinstance(m, dt.datetime) and m.tzinfo is not None for m in moments)
    notes = ("Times are shown in UTC.",) if zoned else ()
    return TimeColumn(
        Reading(column, TimeReading("typed", _grain_of(moments), zoned=zoned, described="times")), notes
    )


def _numeric(column: str, values: list[float]) -> TimeColumn:
    how = read_numbers(values)
    if how is None:
        low, high = min(values), max(values)
        raise BadInput(
            f"The column “{column}” holds numbers from {low:g} to {high:g} that are no times.",
            "Give a column of dates, months, spreadsheet days or seconds since 1970.",
        )
    return TimeColumn(Reading(column, how), (f"“{column}” was read as {how.described}.",))


def _as_numbers(texts: list[str]) -> list[float]:
    numbers = []
    for text in texts:
        try:
            numbers.append(float(text))
        except ValueError:
            continue
    return numbers


def _zones(column: str, texts: list[str], shapes: Counter[Shape]) -> tuple[str, ...]:
    """Notes on zones. Raises BadInput when many times have one and many have none."""
    aware = sum(count for shape, count in shapes.items() if shape.zoned)
    naive = sum(count for shape, count in shapes.items() if not shape.zoned)
    if not aware:
        return ()
    if naive and min(aware, naive) > 0.02 * (aware + naive):
        with_zone = next(t for t in texts if _ZONE.search(t.strip()))
        without = next((t for t in texts if not _ZONE.search(t.strip())), "")
        raise BadInput(
            f"The column “{column}” mixes times with a zone ({with_zone}) and times without one ({without}).",
            "Write all of them with their zone, or all of them without.",
        )
    offsets = {found[1] for text in texts if (found := _ZONE.search(text.strip()))}
    mixed = (
        f" They were given in {len(offsets)} zones ({', '.join(sorted(offsets)[:4])})."
        if len(offsets) > 1
        else ""
    )
    return (f"Times are shown in UTC.{mixed}",)


def _formats(shapes: Counter[Shape], order: Order) -> tuple[str, ...]:
    fitting = [shape for shape, _ in shapes.most_common() if shape.order in ("", order)]
    return tuple(dict.fromkeys(shape.format for shape in fitting))[:MOST_FORMATS]


def _grain(shapes: Counter[Shape], order: Order) -> Grain:
    grains = [shape.grain for shape in shapes if shape.order in ("", order)]
    return min(grains, key=_GRAINS.index)


def _orders(shapes: Counter[Shape]) -> list[Order]:
    found: list[Order] = []
    for order in ("dmy", "mdy"):
        if any(shape.order == order for shape in shapes):
            found.append(order)
    return found or [""]


def _choose(source: Source, column: str, readings: list[TimeReading]) -> tuple[TimeReading, tuple[str, ...]]:
    """The reading that fits more of the whole column; a note where the order of day and month is open or
    mixed.
    """
    *counts, _ = source.fitting(column, readings)
    best = max(range(len(readings)), key=lambda i: counts[i])
    chosen = readings[best]
    if len(readings) == 1:
        return chosen, ()
    words, other = _ORDER_WORDS[chosen.order], _ORDER_WORDS[readings[1 - best].order]
    if counts[0] == counts[1]:
        chosen = _tighter(source, column, readings)
        if mixed := _swapped(column, source, readings, readings.index(chosen)):
            return chosen, mixed
        words, other = _ORDER_WORDS[chosen.order], _ORDER_WORDS[_opposite(chosen.order)]
        return chosen, (
            f"“{column}” fits {words} and {other} equally well; {words} was used. "
            "If that is wrong, write the dates as 2025-01-31.",
        )
    return chosen, _swapped(column, source, readings, best)


def _opposite(order: Order) -> str:
    return "mdy" if order == "dmy" else "dmy"


def _tighter(source: Source, column: str, readings: list[TimeReading]) -> TimeReading:
    """Of two readings that fit alike, the one whose moments lie closer together; day/month/year if they do
    not differ.
    """
    import numpy as np

    spreads = []
    for reading in readings:
        frame = source.collect(source.frame({"at": Reading(column, reading)}))
        moments = frame["at"].drop_null().to_numpy().astype("datetime64[s]").astype("int64")
        spreads.append(float(np.ptp(moments)) if len(moments) else 0.0)
    return readings[1] if spreads[1] < 0.8 * spreads[0] else readings[0]


def _swapped(column: str, source: Source, readings: list[TimeReading], best: int) -> tuple[str, ...]:
    either = replace(readings[best], formats=readings[best].formats + readings[1 - best].formats)
    both, chosen, _ = source.fitting(column, [either, readings[best]])
    words, other = _ORDER_WORDS[readings[best].order], _ORDER_WORDS[readings[1 - best].order]
    if both == chosen:
        return ()
    return (
        f"“{column}” was read as {words}, but {both - chosen:,} values fit {other} only; these rows were "
        "refused. Dates of two sources may have been mixed, so others may be swapped without showing it.",
    )


def _texts(source: Source, column: str) -> TimeColumn:
    texts = [text for text in source.sample(column, SAMPLE) if not is_nothing(text)]
    if not texts:
        raise BadInput(f"The column “{column}” is empty.", "Give the column that says when it happened.")
    shapes = tally(texts)
    fitting = sum(1 for text in texts if tally([text]))
    numbers = _as_numbers(texts)
    if fitting < len(texts) / 2 and len(numbers) > len(texts) / 2:
        return _numeric(column, numbers)
    if fitting < len(texts) / 2:
        raise BadInput(
            f"The column “{column}” holds texts that are no times: {listing(dict.fromkeys(texts), 3)}.",
            "Give a column of dates or months.",
        )
    zones = _zones(column, texts, shapes)
    readings = [
        TimeReading(
            "formats",
            _grain(shapes, order),
            _formats(shapes, order),
            bool(zones),
            order,
            _ORDER_WORDS.get(order, ""),
        )
        for order in _orders(shapes)
    ]
    chosen, notes = _choose(source, column, readings)
    return TimeColumn(Reading(column, chosen), zones + notes)


def read_time(source: Source, column: str) -> TimeColumn:
    """How a column is read as moments. Raises BadInput when it holds none."""
    kind = source.columns[column]
    if kind == "time":
        return _typed(source, column)
    if kind == "text":
        return _texts(source, column)
    values = [float(value) for value in source.sample(column, SAMPLE)] if kind == "number" else []
    values = [value for value in values if value == value and abs(value) != float("inf")]
    if not values:
        raise BadInput(
            f"The column “{column}” holds no times.", "Give the column that says when it happened."
        )
    return _numeric(column, values)


def read_number(source: Source, column: str) -> Reading:
    """How a column is read as numbers (yes and no are 1 and 0). Raises BadInput when it holds none."""
    kind = source.columns[column]
    if kind in ("number", "truth", "duration"):
        return Reading(column, NumberReading("truth" if kind == "truth" else "typed", described=kind))
    if kind == "time":
        raise BadInput(f"The column “{column}” holds times.", "An outcome is a number or yes/no.")
    texts = [str(text) for text in source.sample(column, SAMPLE)]
    how = read_texts(texts) if kind == "text" else None
    if how is None:
        words = listing(dict.fromkeys(text for text in texts if not is_nothing(text)), 4)
        raise BadInput(
            f"The column “{column}” holds texts where numbers or yes/no should be: {words}.",
            f'Count the rows of one of them with --where "{column}=...", or give another column.',
        )
    return Reading(column, how)
