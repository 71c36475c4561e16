"""The lake beyond one machine: the same cells from a Spark table. Import needs PySpark.

Everything that counts is written once, in `cells`; here is only what Spark spells differently.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import narwhals as nw
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from andon.lake.missing import NOTHING
from andon.lake.numbers import NO, YES, NumberReading
from andon.lake.source import ColumnKind, Reading, Refused
from andon.lake.times import TimeReading

_JAVA = {
    "%Y": "yyyy", "%m": "M", "%d": "d", "%H": "H", "%M": "m", "%S": "s", "%f": "[SSSSSS][SSS][S]", "%n": "SSSSSSSSS",
    "%y": "yy", "%I": "h", "%p": "a", "%b": "MMM", "%B": "MMMM", "%a": "E", "%A": "EEEE", "%z": "[XXX][XX][X]",
}  # fmt: skip
_PER_SECOND = {"epoch_s": 1.0, "epoch_ms": 1e3, "epoch_us": 1e6, "epoch_ns": 1e9}
_STAMP = {"yyyymmdd": "yyyyMMdd", "yyyymm": "yyyyMM", "year": "yyyy"}


def _kind(spark_type: str) -> ColumnKind:
    head = spark_type.split("(")[0]
    if head in ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal"):
        return "number"
    kinds: dict[str, ColumnKind] = {"string": "text", "boolean": "truth", "date": "time"}
    if head.startswith("timestamp"):
        return "time"
    return "duration" if head.startswith("interval") else kinds.get(head, "other")


def java_format(strptime: str) -> str:
    """A strptime format as Java writes it; letters that stand for themselves are quoted."""
    out, i = "", 0
    while i < len(strptime):
        if strptime[i] == "%":
            out, i = out + _JAVA[strptime[i : i + 2]], i + 2
        else:
            out, i = out + (f"'{strptime[i]}'" if strptime[i].isalpha() else strptime[i]), i + 1
    return out.replace("''", "")


def _format(text: Column, format_: str) -> Column:
    if format_ == "quarter":
        year, part = F.regexp_extract(text, r"(\d{4})", 1), F.regexp_extract(text, r"[Qq]([1-4])", 1)
        month = (part.try_cast("int") * 3 - 2).cast("string")
        return F.try_to_timestamp(F.concat_ws("-", year, month), F.lit("yyyy-M"))
    if format_ == "week":
        year, week = (
            F.regexp_extract(text, r"^(\d{4})", 1),
            F.regexp_extract(text, r"W(\d{2})", 1).try_cast("int"),
        )
        fourth = F.make_date(year.try_cast("int"), F.lit(1), F.lit(4))  # always in week 1
        monday = F.date_sub(fourth, F.weekday(fourth))
        return F.date_add(monday, (week - 1) * 7).cast("timestamp")
    return F.try_to_timestamp(text, F.lit(java_format(format_)))


def _moment(column: Column, reading: TimeReading) -> Column:
    if reading.how == "typed":
        return column.cast("timestamp_ntz")
    if reading.how == "formats":
        read = F.coalesce(*[_format(F.trim(column), f) for f in reading.formats])
        return read.cast("timestamp_ntz")
    number = column.try_cast("double")
    if reading.how in _PER_SECOND:
        return F.timestamp_seconds(number / _PER_SECOND[reading.how]).cast("timestamp_ntz")
    if reading.how == "excel":
        return F.timestamp_seconds(F.round((number - 25569) * 86400)).cast("timestamp_ntz")
    text = number.cast("bigint").cast("string")
    return F.try_to_timestamp(text, F.lit(_STAMP[reading.how])).cast("timestamp_ntz")


def _duration(column: Column) -> Column:
    text = F.regexp_replace(F.trim(column), "^-", "")
    parts = F.split(F.when(text.rlike(r"^\d{1,4}:\d\d(:\d\d(\.\d+)?)?$"), text), ":")
    hours, minutes, seconds = (F.try_element_at(parts, F.lit(i)).try_cast("double") for i in (1, 2, 3))
    return hours * 3600 + minutes * 60 + F.coalesce(seconds, F.lit(0.0))


def _number(column: Column, kind: ColumnKind, reading: NumberReading) -> Column:
    if kind != "text":
        return column.cast("double")
    word = F.lower(F.trim(column))
    if reading.how == "truth":
        return F.when(word.isin(*YES), F.lit(1.0)).when(word.isin(*NO), F.lit(0.0))
    if reading.how == "duration":
        return _duration(column)
    clean = F.regexp_replace(F.trim(column), r"^[$£€¥]\s*|\s*[$£€¥%]$", "")
    drop = r"[.\s'  ]" if reading.decimal == "," else ","
    clean = F.regexp_replace(F.regexp_replace(clean, drop, ""), ",", ".")
    shaped = F.when(clean.rlike(r"^[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?$"), clean)
    return shaped.try_cast("double") / (100 if reading.percent else 1)


class SparkSource:
    """A Spark DataFrame as a source. The session's time zone must be UTC."""

    def __init__(self, table: DataFrame) -> None:
        zone = table.sparkSession.conf.get("spark.sql.session.timeZone")
        if zone != "UTC":
            raise ValueError(f"spark.sql.session.timeZone is {zone}; set it to UTC.")
        self.table = table
        self.notes: Sequence[str] = ()

    @property
    def columns(self) -> Mapping[str, ColumnKind]:
        return {name: _kind(type_) for name, type_ in self.table.dtypes}

    def keep(self, columns: Sequence[str]) -> None:
        """Spark decides itself what to hold on to."""

    def settle(self, readings: Sequence[Reading]) -> None:
        """Spark reads texts as it goes."""

    def rows(self) -> int:
        return int(self.table.count())

    def duplicates(self, most: int = 2_000_000) -> int:
        """Not looked for: it would shuffle every row."""
        return 0

    def broken(self) -> Sequence[Refused]:
        return []

    def sample(self, column: str, most: int) -> list[Any]:
        rows = (
            self.table.select(F.col(_quoted(column)).alias("v")).where("v IS NOT NULL").limit(most).collect()
        )
        return [row["v"] for row in rows]

    def fitting(self, column: str, readings: Sequence[TimeReading]) -> list[int]:
        part = F.col(_quoted(column))
        counts = [F.count(_moment(part, reading)) for reading in readings]
        given = F.count(F.when(~F.lower(F.trim(part.cast("string"))).isin(*sorted(NOTHING)), part))
        return [int(n) for n in self.table.select(*counts, given).collect()[0]]

    def frame(self, parts: Mapping[str, Reading]) -> nw.LazyFrame[Any]:
        chosen = [self._part(reading).alias(name) for name, reading in parts.items()]
        return cast("nw.LazyFrame[Any]", nw.from_native(self.table.select(*chosen)))

    def _part(self, reading: Reading) -> Column:
        column = F.col(_quoted(reading.column))
        if reading.how is None:
            return column
        if isinstance(reading.how, TimeReading):
            return _moment(column, reading.how)
        return _number(column, self.columns[reading.column], reading.how)

    def collect(self, frame: nw.LazyFrame[Any]) -> pa.Table:
        return cast(pa.Table, frame.to_native().toArrow())

    def unreadable(self, parts: Mapping[str, Reading], most: int) -> Sequence[Refused]:
        """Counted, not listed: rows of a Spark table have no place to look them up."""
        return []


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
