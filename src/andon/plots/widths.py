"""One picture for a page and one for a phone; the style sheet shows the one that fits."""

from collections.abc import Callable

WIDE, NARROW = 720, 340  # pixels


def for_any_width(draw: Callable[[int], str]) -> str:
    """Both pictures that `draw` makes for a width in pixels. Only one is shown, and read out."""
    return f'<div class="c-wide">{draw(WIDE)}</div><div class="c-narrow">{draw(NARROW)}</div>'
