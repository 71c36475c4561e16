"""Pictures that our own plots drew in English, with their words and figures in the language of whoever looks."""

import re
from datetime import date
from html import escape, unescape
from typing import Any

from django.utils import dateformat, formats, translation

from andon.people.retelling import retold

SAID = re.compile(r"(?<=>)[^<>]*[^\W_][^<>]*(?=</(?:text|title|tspan|desc)>)|(?<=aria-label=\")[^\"]+")
WORDED = {"text", "why", "when", "what", "title", "description", "name"}
"""What of a specification are words; the rest are names of columns and kinds, by which it is drawn."""


def in_english() -> bool:
    return (translation.get_language() or "en").startswith("en")


def picture(svg: str) -> str:
    """An SVG with what stands in it, and what it is called for whoever cannot see it."""
    if in_english():
        return svg
    return SAID.sub(lambda found: escape(retold(unescape(found[0]))), svg)


def specification(spec: dict[str, Any]) -> dict[str, Any]:
    """A Vega-Lite specification with its words and its axes."""
    if in_english():
        return spec
    told = _told(spec)
    return {**told, "config": {**told.get("config", {}), "locale": _locale()}}


def _told(part: Any, name: str = "") -> Any:
    match part:
        case str():
            return retold(part) if name in WORDED else part
        case dict():
            return {key: _told(one, key) for key, one in part.items()}
        case list() | tuple():
            return [_told(one, name) for one in part]
    return part


def _locale() -> dict[str, Any]:
    """How Vega writes numbers and months."""
    months = [date(2000, month, 1) for month in range(1, 13)]
    days = [date(2000, 1, day) for day in range(2, 9)]  # from a Sunday on
    written = {"M": months, "F": months, "D": days, "l": days}
    short_months, long_months, short_days, long_days = (
        [dateformat.format(at, letter) for at in some] for letter, some in written.items()
    )
    return {
        "number": {
            "decimal": formats.get_format("DECIMAL_SEPARATOR"),
            "thousands": formats.get_format("THOUSAND_SEPARATOR"),
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%x, %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M:%S",
            "periods": ["AM", "PM"],
            "days": long_days,
            "shortDays": short_days,
            "months": long_months,
            "shortMonths": short_months,
        },
    }
