"""How differences divide: one bar, a sentence and a table. Colours come from chart.css."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from andon.plots import words

GAP = 2.0  # between two parts, so that they are told apart without colour
SHOWN = 0.002  # a part below this share of the bar is left to the table
HEADER = ("Part", "Of", "Share", "From", "To")
Group = Literal["process", "people", "chance"]
STEPS: dict[Group, int] = {"process": 6, "people": 3, "chance": 1}


@dataclass(frozen=True, slots=True)
class SharePart:
    """A part of the whole: its share and the interval of it, all from 0 to 1, and what kind of part it is."""

    name: str
    share: float
    low: float
    high: float
    group: Group


@dataclass(frozen=True, slots=True)
class ShareBar:
    """Parts of one whole, in the order in which they are drawn."""

    title: str
    sentence: str
    parts: tuple[SharePart, ...]

    def kinds(self) -> list[str]:
        """A class for each part: its group, and its number within the group (the last ones alike)."""
        seen = dict.fromkeys(STEPS, 0)
        found = []
        for part in self.parts:
            seen[part.group] += 1
            found.append(f"c-{part.group}-{min(seen[part.group], STEPS[part.group])}")
        return found


def shares(bar: ShareBar, width: int = 960, height: int = 16) -> str:
    """The bar as a small SVG; its parts are told apart by tone and by gaps."""
    label = escape(f"{bar.title}. {bar.sentence}".strip(), quote=True)
    body = "".join(_rectangles(bar, width, height))
    return (
        f'<svg class="c-share" viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" '
        f'aria-label="{label}">{body}</svg>'
    )


def _rectangles(bar: ShareBar, width: float, height: float) -> Iterator[str]:
    whole = sum(part.share for part in bar.parts) or 1.0
    x = 0.0
    for part, kind in zip(bar.parts, bar.kinds(), strict=True):
        wide = part.share / whole * width
        if part.share >= SHOWN:
            drawn = max(wide - GAP, 1.0)
            title = f"<title>{escape(f'{part.name}: {words.share(part.share)}')}</title>"
            yield f'<rect class="{kind}" x="{x:.1f}" y="0" width="{drawn:.1f}" height="{height:g}">{title}</rect>'
        x += wide


def share_keys(bar: ShareBar) -> list[tuple[str, str]]:
    """(class, words) of each part that is drawn: “mechanism 71 % (64 to 77)”."""
    keys = zip(bar.parts, bar.kinds(), strict=True)
    return [(kind, f"{part.name} {_with_interval(part)}") for part, kind in keys if part.share >= SHOWN]


def _with_interval(part: SharePart) -> str:
    low, high = words.share(part.low), words.share(part.high)
    return words.share(part.share) + (f" ({low.removesuffix(' %')} to {high})" if low != high else "")


def shares_table(bar: ShareBar) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and one row of words a part."""
    return HEADER, [
        (part.name, part.group, *(words.share(x) for x in (part.share, part.low, part.high)))
        for part in bar.parts
    ]
