"""How a column of texts or numbers is to be read as moments: pure decisions on a sample of its values."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Grain = Literal["second", "hour", "day", "week", "month", "quarter", "year"]
Order = Literal["", "dmy", "mdy"]

_CLOCK = re.compile(
    r"^(?P<sep>[T ]|, )(?P<hm>\d{1,2}:\d{2})(?P<s>:\d{2})?(?P<f>[.,]\d{1,9})?(?P<ampm> ?[AaPp]\.?[Mm]\.?)?"
    r"(?P<gap> ?)(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$"
)
_YEAR_FIRST = re.compile(r"^\d{4}(?P<a>[-/.])\d{1,2}(?P=a)\d{1,2}")
_DAY_OR_MONTH_FIRST = re.compile(
    r"^(?P<x>\d{1,2})(?P<a>[-/.])(?P<y>\d{1,2})(?P=a)(?P<year>\d{4}|\d{2})(?!\d)"
)
_DAY_NAME = re.compile(r"^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*(?P<a>,? ))", re.I)
_WORDS = re.compile(r"^\d{1,2}(?P<a>[ -])(?P<month>[A-Za-z]{3,9})(?P<b>,? |-)(?P<year>\d{4}|\d{2})(?!\d)")
_AMERICAN = re.compile(r"^(?P<month>[A-Za-z]{3,9}) \d{1,2}(?P<b>,? )\d{4}")
_COMPACT = re.compile(r"^\d{8}(?=$|T| )")
_COARSE: tuple[tuple[re.Pattern[str], str, Grain], ...] = (
    (re.compile(r"^\d{4}-\d{1,2}$"), "%Y-%m", "month"),
    (re.compile(r"^\d{4}/\d{1,2}$"), "%Y/%m", "month"),
    (re.compile(r"^\d{4}\.\d{1,2}$"), "%Y.%m", "month"),
    (re.compile(r"^\d{1,2}/\d{4}$"), "%m/%Y", "month"),
    (re.compile(r"^\d{1,2}-\d{4}$"), "%m-%Y", "month"),
    (re.compile(r"^[A-Za-z]{3} \d{4}$"), "%b %Y", "month"),
    (re.compile(r"^[A-Za-z]{3}-\d{4}$"), "%b-%Y", "month"),
    (re.compile(r"^[A-Za-z]{3}-\d{2}$"), "%b-%y", "month"),
    (re.compile(r"^[A-Za-z]{3} \d{2}$"), "%b %y", "month"),
    (re.compile(r"^[A-Za-z]{4,9} \d{4}$"), "%B %Y", "month"),
    (re.compile(r"^[A-Za-z]{4,9}-\d{4}$"), "%B-%Y", "month"),
    (re.compile(r"^\d{4}[- /]?[Qq][1-4]$"), "quarter", "quarter"),
    (re.compile(r"^[Qq][1-4][- /]?\d{4}$"), "quarter", "quarter"),
    (re.compile(r"^\d{4}-?W\d{2}$"), "week", "week"),
    (re.compile(r"^(19|20)\d{2}$"), "%Y", "year"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to read one text: a strptime format, the order of day and month where that is open, and the
    zone.
    """

    format: str
    grain: Grain
    order: Order = ""
    zoned: bool = False


@dataclass(frozen=True, slots=True)
class TimeReading:
    """How to turn a column into moments (UTC). `how` is "typed", "formats" or a number code such as
    "epoch_s".
    """

    how: str
    grain: Grain = "second"
    formats: tuple[str, ...] = ()
    zoned: bool = False
    order: Order = ""
    described: str = ""


def _clock(rest: str) -> tuple[str, Grain, bool] | None:
    """Format, grain and zone of what follows the date."""
    if not rest:
        return "", "day", False
    found = _CLOCK.match(rest)
    if not found:
        return None
    half = bool(found["ampm"])
    text = found["sep"] + ("%I:%M" if half else "%H:%M") + (":%S" if found["s"] else "")
    text += (found["f"][0] + ("%f" if len(found["f"]) <= 7 else "%n")) if found["f"] else ""
    if half:
        text += " %p" if found["ampm"].startswith(" ") else "%p"
    zone = found["zone"]
    if zone in ("Z", "z", "UTC", "GMT"):
        return text + found["gap"] + zone, "second", True
    return text + (found["gap"] + "%z" if zone else ""), "second", bool(zone)


def _month_word(word: str) -> str:
    return "%b" if len(word) == 3 else "%B"


def _dates(text: str) -> Iterator[tuple[str, int, Order]]:
    """(format, length, order) of the date that `text` begins with."""
    if m := _YEAR_FIRST.match(text):
        yield f"%Y{m['a']}%m{m['a']}%d", m.end(), ""
    elif m := _DAY_OR_MONTH_FIRST.match(text):
        year = "%Y" if len(m["year"]) == 4 else "%y"
        if int(m["y"]) <= 12:
            yield f"%d{m['a']}%m{m['a']}{year}", m.end(), "dmy"
        if int(m["x"]) <= 12:
            yield f"%m{m['a']}%d{m['a']}{year}", m.end(), "mdy"
    elif m := _WORDS.match(text):
        year = "%Y" if len(m["year"]) == 4 else "%y"
        yield f"%d{m['a']}{_month_word(m['month'])}{m['b']}{year}", m.end(), ""
    elif m := _AMERICAN.match(text):
        yield f"{_month_word(m['month'])} %d{m['b']}%Y", m.end(), ""
    elif m := _COMPACT.match(text):
        yield "%Y%m%d", m.end(), ""


def shapes(text: str) -> list[Shape]:
    """Every way to read one text as a moment; none when it is no moment."""
    text = text.strip()
    for pattern, format_, grain in _COARSE:
        if pattern.match(text):
            return [Shape(format_, grain)]
    day = _DAY_NAME.match(text)
    prefix = ("%a" if day.end() - len(day["a"]) == 3 else "%A") + day["a"] if day else ""
    text = text[day.end() :] if day else text
    found = []
    for format_, length, order in _dates(text):
        clock = _clock(text[length:])
        if clock:
            found.append(Shape(prefix + format_ + clock[0], clock[1], order, clock[2]))
    return found


def _is_day(value: float) -> bool:
    return 1 <= value // 100 % 100 <= 12 and 1 <= value % 100 <= 31


def _number_code(value: float) -> str:
    whole = float(value).is_integer()
    ranges = (
        ("year", 1900 <= value < 2100 and whole),
        ("yyyymm", 190001 <= value <= 209912 and whole and 1 <= value % 100 <= 12),
        ("yyyymmdd", 19000101 <= value <= 20991231 and whole and _is_day(value)),
        ("excel", 20000 <= value < 73100),
        ("epoch_s", 2e8 <= value < 4.2e9),
        ("epoch_ms", 2e11 <= value < 4.2e12),
        ("epoch_us", 2e14 <= value < 4.2e15),
        ("epoch_ns", 2e17 <= value < 4.2e18),
    )  # fmt: skip
    return next((name for name, fits in ranges if fits), "")


_NUMBER_GRAIN: dict[str, Grain] = {"year": "year", "yyyymm": "month", "yyyymmdd": "day"}
NUMBER_WORDS = {
    "year": "years",
    "yyyymm": "months written 202501",
    "yyyymmdd": "days written 20250131",
    "excel": "spreadsheet day numbers",
    "epoch_s": "seconds since 1970",
    "epoch_ms": "milliseconds since 1970",
    "epoch_us": "microseconds since 1970",
    "epoch_ns": "nanoseconds since 1970",
}


def read_numbers(values: Iterable[float]) -> TimeReading | None:
    """How numbers are moments: years, 202501, 20250131, spreadsheet days or time since 1970. None if they
    are not.
    """
    values = list(values)
    codes = Counter(_number_code(value) for value in values)
    code, count = codes.most_common(1)[0] if codes else ("", 0)
    if not code or count < len(values) / 2:
        return None
    grain = _NUMBER_GRAIN.get(code, "second")
    if code == "excel" and all(float(value).is_integer() for value in values):
        grain = "day"
    return TimeReading(code, grain, described=NUMBER_WORDS[code])


def tally(texts: Iterable[str]) -> Counter[Shape]:
    """How often each shape fits."""
    return Counter(shape for text in texts for shape in shapes(text))
