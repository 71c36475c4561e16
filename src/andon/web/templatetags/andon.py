"""How numbers, moments and pictures read on every page."""

import math
import re
from datetime import date, datetime

from django import template
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from andon.analysis.warn import CHART_NAMES
from andon.people import drawing, retelling, saying

register = template.Library()

CADENCES = {
    "hour": (gettext_lazy("hour"), gettext_lazy("hours"), gettext_lazy("Every hour")),
    "day": (gettext_lazy("day"), gettext_lazy("days"), gettext_lazy("Every day")),
    "week": (gettext_lazy("week"), gettext_lazy("weeks"), gettext_lazy("Every week")),
    "month": (gettext_lazy("month"), gettext_lazy("months"), gettext_lazy("Every month")),
    "quarter": (gettext_lazy("quarter"), gettext_lazy("quarters"), gettext_lazy("Every quarter")),
    "year": (gettext_lazy("year"), gettext_lazy("years"), gettext_lazy("Every year")),
}
"""A cadence as one, as several, and as what is said of a choice."""


@register.filter
def few(n: int | None) -> str:
    """Small counts as words: three, twelve, 13, 2,140."""
    return saying.MISSING if n is None else saying.few(int(n))


@register.filter
def counted(n: int | None, thing: str) -> str:
    """`3|counted:"week"` reads “three weeks”; an odd plural follows a comma: `"person,people"`."""
    one, _comma, many = thing.partition(",")
    return saying.counted(int(n or 0), one, many)


@register.filter
def thousands(n: float | None) -> str:
    """2,140; 1.2 million."""
    return saying.MISSING if n is None else saying.thousands(n)


SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\W*[A-ZÀ-Þ0-9])")


@register.filter
def first_sentence(text: str) -> str:
    """The first sentence of several; a decimal point or a date ends none."""
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


LOOSE_UNIT = re.compile(r"(?<=\d) (?=%)")


@register.filter
def together(text: str) -> str:
    """A number and its per cent sign stay on one line."""
    return LOOSE_UNIT.sub("\N{NO-BREAK SPACE}", text)


@register.filter
def amount(x: float | None, unit: str = "") -> str:
    """A value with its unit: `0.046|amount:"share"` reads “4.6 %”."""
    return saying.value(float(x), unit) if _finite(x) else saying.MISSING


@register.filter
def exact(x: float | None, unit: str = "") -> str:
    """As `amount`, with one more figure: for tables."""
    return saying.value(float(x), unit, more=1) if _finite(x) else saying.MISSING


@register.filter
def period(at: datetime | None, every: str) -> str:
    """The period that starts at a moment: “week of 9 November 2026”. Periods are kept in UTC."""
    return "" if at is None else saying.period(at, every)


@register.filter
def day(at: date | datetime | None) -> str:
    """9 November 2026."""
    return "" if at is None else saying.day(at)


@register.filter
def ago(at: datetime | None, now: datetime | None = None) -> str:
    """“3 hours ago”, “in 20 minutes”; the exact instant shows on hover."""
    if at is None:
        return ""
    return _time(at, saying.relative((now or timezone.now()) - at))


@register.filter
def instant(at: datetime | None) -> str:
    """The exact moment in words, in the reader's zone."""
    return "" if at is None else _time(at, saying.moment(at))


@register.filter
def today(now: datetime) -> str:
    """Sunday 22 November 2026, in the reader's zone."""
    return saying.weekday(now)


@register.filter
def brief(at: datetime) -> str:
    """9 Nov, 14:03: where the exact moment stands beside it."""
    # Translators: how a moment of a story reads, in the letters of Django's date filter.
    return dateformat.format(timezone.localtime(at), pgettext("brief moment", "j M, H:i"))


@register.filter
def figures(text: str) -> str:
    """“4.6 %” as it was kept when it was computed, in the reader's language."""
    return saying.figures(text) if text else ""


@register.filter
def cadence(every: str) -> str:
    """One point for each … hour, day, week, month, quarter."""
    return str(CADENCES[every][0]) if every in CADENCES else every


@register.filter
def cadences(every: str) -> str:
    """In these … hours, days, weeks, months, quarters."""
    return str(CADENCES[every][1]) if every in CADENCES else every


@register.filter
def each(every: str) -> str:
    """Every hour, every day, …"""
    return str(CADENCES[every][2]) if every in CADENCES else every


@register.filter
def chart_name(kind: str) -> str:
    """p′ chart, XmR chart, x̄ chart: as they are called where they are taught."""
    named = CHART_NAMES.get(kind, f"{kind} chart")
    return _("%(kind)s chart") % {"kind": named.removesuffix(" chart")} if named.endswith(" chart") else named


RULE_SETS = {
    "nelson": "Nelson",
    "western-electric": "Western Electric",
    "nhs": "NHS",
    "anhoj": "Anhøj",
    "limits": gettext_lazy("Limits only"),
}


def rules_name(rules: str) -> str:
    """What a set of rules is called where it is taught."""
    return str(RULE_SETS.get(rules, rules))


@register.filter
def picture(svg: str) -> SafeString:
    """A picture that our own plots drew, with every text in it escaped there; in the reader's language."""
    return mark_safe(drawing.picture(svg))  # noqa: S308


@register.filter
def retold(text: str) -> str:
    """A sentence that was kept when it was computed, in the reader's language."""
    return retelling.retold(text) if text else ""


@register.filter
def lookup(mapping: dict, key: object) -> object:
    return mapping.get(key, "")


@register.filter(name="moment_words")
def exact_words(at: datetime) -> str:
    """9 November 2026, 14:03 CET."""
    return "" if at is None else saying.moment(at)


def _time(at: datetime, text: str) -> str:
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), saying.moment(at), text)


def _finite(x: float | None) -> bool:
    return x is not None and x != "" and math.isfinite(x)
