"""DuckDB's words for reading one column: what other engines spell differently."""

from andon.lake.missing import NOTHING
from andon.lake.numbers import NO, YES, NumberReading
from andon.lake.source import ColumnKind
from andon.lake.tables import literal
from andon.lake.times import TimeReading

EARLIEST, LATEST = 1901, 2100
BROKEN = {
    "CAST": "the line cannot be read",
    "MISSING COLUMNS": "the line has too few fields",
    "TOO MANY COLUMNS": "the line has too many fields",
    "UNQUOTED VALUE": "a quotation mark is not closed",
    "LINE SIZE OVER MAXIMUM": "the line is too long",
    "INVALID ENCODING": "the line holds bytes that are no text",
    "INVALID STATE": "the quotation marks of the line do not fit",
}
_EPOCH = {"epoch_s": "1000000", "epoch_ms": "1000", "epoch_us": "1", "epoch_ns": "0.001"}
ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S.%f")
_STAMP = {"yyyymmdd": "%Y%m%d", "yyyymm": "%Y%m", "year": "%Y"}


def one_of(words: tuple[str, ...] | frozenset[str]) -> str:
    return "(" + ", ".join(literal(word) for word in sorted(words)) + ")"


def nothing(column: str) -> str:
    return f"({column} IS NULL OR lower(trim({column})) IN {one_of(NOTHING)})"


def _quarter(text: str) -> str:
    year, part = rf"regexp_extract({text}, '\d{{4}}')", rf"regexp_extract({text}, '[Qq]([1-4])', 1)"
    month = f"CAST(nullif({part}, '') AS INT) * 3 - 2"
    return f"CAST(try_strptime({year} || '-' || ({month}), '%Y-%m') AS TIMESTAMP)"


def _week(text: str) -> str:
    return f"try_strptime(replace({text}, '-', '') || '-1', '%GW%V-%u')"


def _format(text: str, format_: str) -> str:
    if format_ == "quarter":
        return _quarter(text)
    if format_ == "week":
        return _week(text)
    if format_ in ISO:  # the quick way
        return f"try_cast({text} AS TIMESTAMP)"
    parsed = f"try_strptime({text}, {literal(format_)})"
    return f"timezone('UTC', {parsed})" if "%z" in format_ else f"CAST({parsed} AS TIMESTAMP)"


def _number_moment(number: str, how: str) -> str:
    if how == "excel":
        return f"make_timestamp(CAST(round(({number} - 25569) * 86400) AS BIGINT) * 1000000)"
    if how in _EPOCH:
        return f"make_timestamp(CAST(floor({number} * {_EPOCH[how]}) AS BIGINT))"
    return f"try_strptime(CAST(CAST({number} AS BIGINT) AS VARCHAR), {literal(_STAMP[how])})"


def moment(column: str, text: bool, reading: TimeReading) -> str:
    """A TIMESTAMP without a zone (UTC); null when it cannot be read."""
    if reading.how == "formats":
        trimmed = f"trim({column})"
        return "coalesce(" + ", ".join(_format(trimmed, f) for f in reading.formats) + ")"
    if reading.how == "typed":
        return f"timezone('UTC', {column})" if reading.zoned else f"CAST({column} AS TIMESTAMP)"
    number = f"try_cast({column} AS DOUBLE)"
    sane = f"CASE WHEN isfinite({number}) AND abs({number}) < 5e18 THEN {number} END"
    return _number_moment(f"({sane})", reading.how)


def _number_text(column: str, reading: NumberReading) -> str:
    bare = f"regexp_replace(trim({column}), '^[$£€¥]\\s*|\\s*[$£€¥%]$', '', 'g')"
    drop, point = (r"[.\s'  ]", ",") if reading.decimal == "," else (",", ".")
    clean = f"regexp_replace({bare}, {literal(drop)}, '', 'g')"
    clean = f"replace({clean}, ',', '.')" if point == "," else clean
    shaped = (
        f"CASE WHEN regexp_full_match({clean}, '[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)?') THEN {clean} END"
    )
    slow = f"try_cast({shaped} AS DOUBLE)" + (" / 100" if reading.percent else "")
    if reading.decimal == "," or reading.percent:
        return slow
    return f"coalesce(try_cast({column} AS DOUBLE), {slow})"  # most are plain, and that is ten times as quick


def _duration(column: str) -> str:
    text = f"ltrim(trim({column}), '-')"
    shape = r"'\d{1,4}:\d\d(:\d\d(\.\d+)?)?'"
    parts = f"string_split(CASE WHEN regexp_full_match({text}, {shape}) THEN {text} END, ':')"
    hours = f"try_cast({parts}[1] AS DOUBLE) * 3600 + try_cast({parts}[2] AS DOUBLE) * 60"
    return f"({hours} + coalesce(try_cast({parts}[3] AS DOUBLE), 0))"


def number(column: str, kind: ColumnKind, reading: NumberReading) -> str:
    """A DOUBLE; null when it cannot be read."""
    if kind == "duration":
        return f"CAST(epoch({column}) AS DOUBLE)"
    if kind != "text":
        return f"CAST({column} AS DOUBLE)"
    if reading.how == "truth":
        word = f"lower(trim({column}))"
        yes, no = f"WHEN {word} IN {one_of(YES)} THEN 1.0", f"WHEN {word} IN {one_of(NO)} THEN 0.0"
        return f"CAST(CASE {yes} {no} END AS DOUBLE)"
    return _duration(column) if reading.how == "duration" else _number_text(column, reading)


def part(column: str, kind: ColumnKind, how: TimeReading | NumberReading | None) -> str:
    """A column as it is, as a moment or as a number."""
    if how is None:
        return column
    return moment(column, kind == "text", how) if isinstance(how, TimeReading) else number(column, kind, how)


def written(column: str, kind: ColumnKind) -> str:
    """A name as text: 17.0 from a spreadsheet is 17."""
    if kind != "number":
        return f"CAST({column} AS VARCHAR)"
    whole = f"{column} = floor({column}) AND abs({column}) < 1e15"
    return (
        f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR) ELSE CAST({column} AS VARCHAR) END"
    )


def unread(column: str, read: str) -> str:
    """Whether a text that is there was read as nothing."""
    return f"NOT {nothing(column)} AND {read} IS NULL"


def time_reason(column: str, kind: ColumnKind, how: TimeReading, read: str = "") -> str:
    """Why a row is refused for its time; null when it is not. `read` is the moment if it is read already."""
    read = read or moment(column, kind == "text", how)
    empty = nothing(column) if kind == "text" else f"{column} IS NULL"
    swapped = {"dmy": "day/month/year", "mdy": "month/day/year"}.get(how.order, "")
    order = f" {swapped}" if swapped else ""
    return (
        f"CASE WHEN {empty} THEN 'no time given' "
        f"WHEN {read} IS NULL THEN 'not a time written{order} as the others are' "
        f"WHEN year({read}) < {EARLIEST} THEN 'the time lies before {EARLIEST}' "
        f"WHEN year({read}) >= {LATEST} THEN 'the time lies after {LATEST - 1}' END"
    )


def reason(
    column: str, kind: ColumnKind, how: TimeReading | NumberReading | None, least: float | None = None
) -> str:
    """Why a row is refused for this column; null when it is not. `least`: numbers below it are refused."""
    if isinstance(how, TimeReading):
        return time_reason(column, kind, how)
    if how is None:
        return "NULL::VARCHAR"
    read = number(column, kind, how)
    wanted = "yes or no" if how.how == "truth" else "a number"
    strange = f"WHEN {unread(column, read)} THEN 'not {wanted}' " if kind == "text" else ""
    low = f" WHEN {read} < {least} THEN 'a negative denominator'" if least is not None else ""
    return f"CASE {strange}WHEN isinf({read}) THEN 'not a finite number'{low} END"
