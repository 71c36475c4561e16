"""Figures of an audit as people read them: counts, shares, ratios with their intervals, days, chance."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.people import saying

Json = Mapping[str, Any]
WIDEST = 10.0
"""Ratios beyond ten times, or a tenth, are drawn at the edge."""


def counts(x: int, n: int) -> str:
    return _("%(x)s of %(n)s") % {"x": saying.thousands(x), "n": saying.thousands(n)}


def rate(kept: Json) -> str:
    low, high = (100 * kept[name] for name in ("low", "high"))
    figures = {"low": saying.figures(f"{low:.0f}"), "high": saying.figures(f"{high:.0f}")}
    return _("%(rate)s (%(low)s to %(high)s)") % (figures | {"rate": saying.percent(kept["estimate"])})


def times(value: Any) -> str:
    """A ratio as a figure: 2.3, 0.29, 14; ∞."""
    if value is None:
        return saying.MISSING
    if value in ("inf", "-inf"):
        return "∞" if value == "inf" else "−∞"
    return saying.figures(_rounded(value))


def _rounded(value: float) -> str:
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}" if value >= 0.1 or not value else f"{value:.1g}"


def ratio(kept: Json) -> str:
    """2.3 (1.2 to 4.4)."""
    return _interval(kept, times)


def points(kept: Json) -> str:
    """A difference of shares, in percentage points with its interval."""
    return _interval(kept, lambda share: saying.figures(f"{100 * share:.0f}"))


def longer(kept: Json) -> str:
    """The shift in days with its interval."""
    return _interval(kept, _signed)


def _interval(kept: Json, figure: Callable[[Any], str]) -> str:
    return _("%(ratio)s (%(low)s to %(high)s)") % places(kept, figure)


def places(kept: Json, figure: Callable[[Any], str] = times) -> dict[str, str]:
    return {"ratio": figure(kept["estimate"]), "low": figure(kept["low"]), "high": figure(kept["high"])}


def chance(p: float | None) -> str:
    if p is None:
        return saying.MISSING
    return saying.figures("< 0.0001" if p < 0.0001 else f"{p:.4f}" if p < 0.01 else f"{p:.2f}")


def days(value: float | None) -> str:
    if value is None:
        return saying.MISSING
    n = round(value, 1)
    return ngettext("%(n)s day", "%(n)s days", 1 if n == 1 else 2) % {"n": saying.figures(f"{n:g}")}


def _signed(value: Any) -> str:
    if value is None or isinstance(value, str):
        return times(value)
    return saying.figures(f"{value:+.1f}".replace("-", "−"))


def picture(kept: Json) -> dict[str, float] | None:
    """Places from 0 to 100 on a scale of logarithms, where 50 is alike."""
    if kept["estimate"] is None:
        return None
    low, value, high = (_place(kept[name]) for name in ("low", "estimate", "high"))
    return {"low": low, "value": value, "high": high}


def _place(x: Any) -> float:
    if x in ("inf", "-inf") or x <= 0:
        return 100.0 if x == "inf" else 0.0
    at = math.log(min(max(x, 1 / WIDEST), WIDEST)) / math.log(WIDEST)
    return round(50 + 50 * at, 1)
