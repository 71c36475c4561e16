"""How parts of a plan read on its pages."""

from datetime import date
from typing import Any

from django import template

from andon.people.saying import day, value

register = template.Library()


@register.filter
def iso_day(text: str) -> str:
    """A day as it is kept, as one says it."""
    return day(date.fromisoformat(text)) if text else ""


@register.filter
def at(rows: Any, place: str) -> Any:
    """The row at a place that was kept as text."""
    return rows[int(place)] if place.isdecimal() and int(place) < len(rows) else None


@register.filter
def figure(target: Any, number: float) -> str:
    """A figure of a target, with what it is of."""
    return f"{target.what}: {value(number, target.unit, more=1)}" if target else ""
