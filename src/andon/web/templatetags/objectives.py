"""How progress is drawn."""

from django import template

from andon.web.objectives.standing import amount

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share as a length of 100, for SVG; always with a decimal point."""
    return f"{share * 100:.1f}"


@register.filter
def reached(value: float | None, unit: str) -> str:
    """A value of a key result with its unit."""
    return amount(value, unit)
