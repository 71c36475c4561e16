"""How far a key result and an objective have come, honestly. Pure."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Part:
    """A key result: where it began, where it should go, where it stands; None is no check-in yet."""

    baseline: float
    target: float
    good: str = "high"
    value: float | None = None
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`share` between 0 and 1, None for “not yet”; it rests on `of` parts, and `empty` ones are left out."""

    share: float | None
    words: str
    of: int = 1
    empty: int = 0


def of_part(part: Part) -> Progress:
    """The way from baseline to target, in shares of it; beyond either end says so and counts as the end."""
    if part.value is None:
        return Progress(None, _("not yet: no check-in"), of=0, empty=1)
    if part.target == part.baseline:
        held = _as_good(part.value, part.target, part.good)
        return Progress(float(held), _("held") if held else _("not held"))
    way = _way(part.baseline, part.target, part.value)
    return Progress(min(1.0, max(0.0, way)), _words(way))


def _way(baseline: float, target: float, value: float) -> float:
    """Halved first, so that the largest of numbers do not overflow."""
    return (value / 2 - baseline / 2) / (target / 2 - baseline / 2)


def _as_good(value: float, target: float, good: str) -> bool:
    return value >= target if good == "high" else value <= target


def _words(way: float) -> str:
    if way < 0:
        return _("further from the target than at the start")
    if way == 0:
        return _("where it began")
    if way > 1:
        return _("beyond the target")
    if way == 1:
        return _("target reached")
    return _("%(share)s %% of the way") % {"share": math.floor(way * 100)}


def of_parts(parts: Sequence[Part]) -> Progress:
    """The weighted mean over the parts that have a check-in; the others are left out, not counted as nothing.

    A part without a weight counts as much as the others do on average.
    """
    known = [(part, of_part(part)) for part in parts if part.value is not None]
    empty = len(parts) - len(known)
    if not known:
        return Progress(
            None, _("not yet: no check-in") if parts else _("no key result yet"), of=0, empty=empty
        )
    weights = weights_of([part.weight for part, _progress in known])
    share = sum(w * (progress.share or 0.0) for w, (_part, progress) in zip(weights, known, strict=True))
    return Progress(min(1.0, share), _summary(share, len(known), empty), len(known), empty)


def weights_of(weights: Sequence[float | None]) -> list[float]:
    """Weights that add up to 1; a missing one is the average of those given."""
    given = [weight for weight in weights if weight is not None]
    largest = max(given, default=1.0)
    usual = sum(weight / largest for weight in given) / len(given) if given else 1.0
    filled = [usual if weight is None else weight / largest for weight in weights]
    total = sum(filled)
    return [weight / total for weight in filled]


def _summary(share: float, known: int, empty: int) -> str:
    words = _("%(share)s %% of the way") % {"share": math.floor(min(1.0, share) * 100 + 1e-9)}
    if not empty:
        return words
    left = ngettext(
        "%(n)s key result without a check-in is left out",
        "%(n)s key results without a check-in are left out",
        empty,
    )
    return f"{words}; {left % {'n': empty}}"


def problems_of_key_result(
    baseline: float, target: float, good: str, weight: float | None = None
) -> dict[str, str]:
    """Numbers that can be reached: finite, and the target on the good side of the baseline or equal to it."""
    problems = {}
    if not math.isfinite(baseline):
        problems["baseline"] = _("This is not a number.")
    if not math.isfinite(target):
        problems["target"] = _("This is not a number.")
    if good not in {"high", "low"}:
        problems["good"] = _("Say whether higher or lower is better.")
    elif not problems and not _as_good(target, baseline, good):
        problems["target"] = _("The target is worse than the baseline. Is the direction right?")
    if weight is not None and not (math.isfinite(weight) and weight > 0):
        problems["weight"] = _("A weight is above zero; leave it empty and all count alike.")
    return problems


def problems_of_check_in(
    value: float, confidence: str, confidences: Collection[str], note: str
) -> dict[str, str]:
    """A number that is one, and confidence in words."""
    problems = {}
    if not math.isfinite(value):
        problems["value"] = _("This is not a number.")
    if confidence not in confidences:
        problems["confidence"] = _("Say how sure you are: low, middle or high.")
    if len(note) > LONGEST_NOTE:
        problems["note"] = _("Longer than %(longest)s characters. Say it shorter.") % {
            "longest": LONGEST_NOTE
        }
    return problems
