"""Sizes of effects in the unit of the outcome, as a customer's advocate would say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.culture.metrics.columns import known, label
from andon.people import saying

PLAIN = ("", "score", "plain", "count", "rate")


@dataclass(frozen=True, slots=True)
class Scale:
    """An outcome: its column, its unit ("share" where it is a share of yes), and which side is better."""

    outcome: str
    unit: str
    good: str

    @property
    def name(self) -> str:
        return label(self.outcome)

    def amount(self, size: float) -> str:
        """3.2 percentage points; 0.21; 4 h."""
        if self.unit == "share":
            points = saying.number(100 * abs(size))
            return ngettext(
                "%(points)s percentage point", "%(points)s percentage points", 1 if points == "1" else 2
            ) % {"points": points}
        return value(abs(size), self.unit)

    def change(self, size: float) -> str:
        told = {"amount": self.amount(size)}
        return _("%(amount)s higher") % told if size > 0 else _("%(amount)s lower") % told

    def between(self, one: Mapping[str, Any]) -> str:
        """“0.15 to 0.27” where both ends are on one side; else with their sides."""
        low, high = one["low"], one["high"]
        if low is None or high is None:
            return saying.MISSING
        if low >= 0 or high <= 0:
            first, last = sorted((abs(low), abs(high)))
            return _("%(low)s to %(high)s") % {"low": self._bare(first), "high": self._bare(last)}
        return _("%(low)s to %(high)s") % {"low": self.change(low), "high": self.change(high)}

    def _bare(self, size: float) -> str:
        """In percentage points without saying so again."""
        return saying.number(100 * size) if self.unit == "share" else value(size, self.unit)

    def judged(self, size: float) -> str:
        return _("worse for customers") if self.worse(size) else _("better for customers")

    def worse(self, size: float) -> bool:
        return size != 0 and (size < 0) == (self.good == "high")


def value(x: float, unit: str) -> str:
    """As `saying.value`; a score is a bare number."""
    return saying.value(x, "" if unit in PLAIN else unit)


def unit_of(column: str, units: Mapping[str, str]) -> str:
    """The unit of a metric: as the register counts it, else as contact centres do."""
    found = known(column)
    return units.get(column) or (found.unit if found else "")
