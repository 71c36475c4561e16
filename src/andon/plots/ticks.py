"""Round numbers for an axis, their labels, and words in a picture."""

import math
from html import escape

from andon.plots import words


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers within [low, high], about so many."""
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return []
    rough = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def label(x: float, unit: str) -> str:
    """A tick in words: whole per cents where they are whole."""
    if unit == "share":
        return f"{round(100 * x, 6):,g} %".replace("-", "−")
    return words.value(x, unit)


def text(x: float, y: float, said: str, anchor: str = "middle", kind: str = "") -> str:
    """Words in an SVG."""
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(said)}</text>'
