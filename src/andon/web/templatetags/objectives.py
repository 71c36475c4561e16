"""How progress is drawn."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """A share as a length of 100, for SVG; always with a decimal point."""
    return f"{share * 100:.1f}"
