"""Numbers, moments and amounts as people read them; every room uses these, so that they read alike."""

import math
from datetime import datetime
from typing import Any

import numpy as np

MISSING = "–"
SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
QUARTER = ("first", "second", "third", "fourth")
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
CLOCK = ((86400.0, "d"), (3600.0, "h"), (60.0, "min"))
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(x: float, more: int = 0) -> str:
    """Three figures or so: 0.042, 4.6, 72, 2,140, 1.2 million. `more` asks for that many further figures."""
    if not math.isfinite(x):
        return MISSING
    for scale, name in SCALES:
        if abs(x) >= scale * 0.99995:
            return f"{_fixed(x / scale, 1 + more, not more)} {name}"
    if abs(x) >= 100:
        return _fixed(x, more if x != round(x) else 0, not more)
    return _fixed(x, _decimals(abs(x)) + more, not more)


def share(x: float, more: int = 0) -> str:
    """A share as per cent: 0.046 reads 4.6 %, and 0.9996 keeps the figures that tell it from 100 %."""
    if not math.isfinite(x):
        return MISSING
    rest = 100 * min(abs(x), abs(1 - x))
    digits = 0 if rest >= 10 or rest == 0 else max(1, _decimals(rest) - 1)
    return f"{_fixed(100 * x, digits + more, not more)} %"


def duration(seconds: float, more: int = 0) -> str:
    """41 s, 12 min, 3.4 h, 12 d."""
    if not math.isfinite(seconds):
        return MISSING
    for size, name in CLOCK:
        if abs(seconds) >= 2 * size:
            return f"{_short(seconds / size, more)} {name}"
    return f"{_short(seconds, more)} s"


def value(x: float, unit: str, more: int = 0) -> str:
    """The number with its unit, as in `ControlChart.unit`."""
    if unit == "share":
        return share(x, more)
    if unit == "seconds":
        return duration(x, more)
    if unit == "money":
        return f"{x:,.2f}" if math.isfinite(x) else MISSING
    if unit in ("", "plain", "count", "rate") or not math.isfinite(x):
        return number(x, more)
    return f"{number(x, more)} {unit}"


def few(n: int) -> str:
    """Small counts as words: three, twelve, 13, 2,140."""
    return SMALL[n] if 0 <= n < len(SMALL) else number(n) if n >= 1_000_000 else f"{n:,}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """Three weeks, one week, 2,140 customers."""
    return f"{few(n)} {one if n == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """The first letter as at the start of a sentence, the rest untouched."""
    return text[:1].upper() + text[1:]


def period(at: Any, every: str) -> str:
    """The period that starts at a moment: “week of 9 November 2026”, “November 2026”, “2026”."""
    when = moment(at)
    if when is None:
        return "unknown date"
    month = f"{MONTHS[when.month - 1]} {when.year}"
    match every:
        case "year":
            return str(when.year)
        case "quarter":
            return f"{QUARTER[(when.month - 1) // 3]} quarter of {when.year}"
        case "month":
            return month
        case "week":
            return f"week of {when.day} {month}"
        case "hour":
            return f"{when.day} {month}, {when:%H:%M}"
    return date(at)


def date(at: Any) -> str:
    """9 November 2026, with the time of day where there is one."""
    when = moment(at)
    if when is None:
        return "unknown date"
    day = f"{when.day} {MONTHS[when.month - 1]} {when.year}"
    return f"{day}, {when:%H:%M}" if (when.hour, when.minute, when.second) != (0, 0, 0) else day


def moment(at: Any) -> datetime | None:
    """A datetime from whatever NumPy understands; None when it is missing or beyond the calendar."""
    if isinstance(at, datetime):
        return at
    found = np.datetime64(at, "s").item()
    return found if isinstance(found, datetime) else None


def _decimals(size: float) -> int:
    """Decimals that keep two figures of a number below 100."""
    if size == 0 or size >= 10:
        return 0 if size == 0 else 1
    return max(1, 1 - math.floor(math.log10(size)))


def _short(x: float, more: int) -> str:
    return _fixed(x, (0 if abs(x) >= 10 else 1) + more, not more)


def _fixed(x: float, digits: int, trim: bool) -> str:
    text = f"{x:,.{digits}f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
