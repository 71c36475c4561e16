"""What a row of a file says, decided row by row: plain functions and dataclasses, nothing of a database."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from andon.lake import is_nothing

SCALES = {"csat": (1.0, 5.0), "nps": (0.0, 10.0), "ces": (1.0, 7.0), "stars": (1.0, 5.0)}
BANDS = {
    "csat": (2.0, 4.0),
    "nps": (6.0, 9.0),
    "ces": (3.0, 5.0),
    "stars": (2.0, 4.0),
}  # low up to, high from
NAMES = {
    "csat": ("csat", "satisf", "zufrieden"),
    "nps": ("nps", "recommend", "promoter"),
    "ces": ("ces", "effort", "ease", "easy"),
    "stars": ("star", "review"),
}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_OF = re.compile(r"\s*(?:/|of|out of|von|sur)\s*\d+(?:[.,]\d+)?\s*(?:stars?|points?)?$", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:stars?|points?|★)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and its scale; `odd` when something stands there that is none, or lies outside the scale."""

    value: float | None = None
    kind: str = ""
    band: str = ""
    odd: bool = False


def rate(given: str, kind: str) -> Rating:
    """The rating in `given` on the scale `kind`: "4", "4,5", "4/5", "★★★★", "4 stars"."""
    if is_nothing(given):
        return Rating()
    value = _rating_number(given.strip())
    low, high = SCALES[kind]
    if value is None or not low <= value <= high:
        return Rating(odd=True)
    return Rating(value, kind, band(value, kind))


def _rating_number(text: str) -> float | None:
    if set(text) <= {"★", "☆", "⭐", "\ufe0f"} and text:
        return float(text.count("★") + text.count("⭐"))
    bare = _AFTER.sub("", _OF.sub("", text)).strip()
    if not _NUMBER.fullmatch(bare):
        return None
    value = float(bare.replace(",", "."))
    return value if math.isfinite(value) else None


def band(value: float, kind: str) -> str:
    """low, mid or high, on the scale's usual cuts (detractors to 6 and promoters from 9, and so on)."""
    low, high = BANDS[kind]
    return "low" if value <= low else "high" if value >= high else "mid"


def kind_of_rating(column: str, values: list[str]) -> str:
    """By the name of the column; else by the highest rating in a sample of it."""
    name = column.casefold()
    named = next((kind for kind, words in NAMES.items() if any(w in name for w in words)), "")
    if named:
        return named
    numbers = [n for text in values if (n := _rating_number(text.strip())) is not None]
    top = max(numbers, default=5.0)
    return "csat" if top <= 5 else "ces" if top <= 7 else "nps"


def known_kind(text: str) -> str:
    """A kind of rating as files write it: "NPS", "customer effort", "Stars"; "" when it is none."""
    name = text.casefold().strip()
    return next((kind for kind, words in NAMES.items() if name == kind or any(w in name for w in words)), "")


class Digests:
    """Digests of the rows of one file. Equal rows of a file are told apart by their number of occurrence, so
    that
    both are kept, and bringing the same file again adds neither."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def of(self, raw: Mapping[str, object]) -> str:
        content = hashlib.sha256(
            json.dumps(raw, sort_keys=True, ensure_ascii=False, default=str).encode()
        ).digest()
        self._seen[content] += 1
        return hashlib.sha256(content + str(self._seen[content]).encode()).hexdigest()
