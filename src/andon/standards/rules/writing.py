"""What makes a principle, a role or a standard sound. Pure: problems by field, as sentences."""

import math
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

Problems = dict[str, str]
LONGEST = 4000
FEWEST_ANCHORS = 2


def problem_naming_step(step: int | None, anchors: Collection[int]) -> str:
    """Why a step of a behaviour cannot be named; empty when it can, or when none is named.

    `anchors`: the steps that have words. There is no scale without anchors.
    """
    if step is None:
        return ""
    if len(set(anchors)) < FEWEST_ANCHORS:
        return _(
            "This behaviour has no scale yet: at least two of its steps need words before one can be named. "
            "Describe what happened instead."
        )
    if step not in anchors:
        named = ", ".join(str(one) for one in sorted(set(anchors)))
        return _("Only steps that are described can be named: %(steps)s.") % {"steps": named}
    return ""


def problem_of_text(text: str, what: str, longest: int = LONGEST) -> str:
    """`what` names the field as in “Write …”."""
    if not text.strip():
        return _("Write %(what)s.") % {"what": what}
    if len(text) > longest:
        return _("Longer than %(longest)s characters. Say it shorter.") % {"longest": f"{longest:,}"}
    return ""


def problems_of_anchors(anchors: Mapping[int, str]) -> str:
    """Steps are counted from 1 and have words of their own."""
    if any(step < 1 or step > 9 for step in anchors):
        return _("Steps are counted from 1 to 9.")
    if any(len(words) > 240 for words in anchors.values()):
        return _("An anchor is one sentence of at most 240 characters.")
    said = [words.casefold() for words in anchors.values()]
    if len(set(said)) < len(said):
        return _("Two steps have the same words, so nobody could tell them apart.")
    return ""


def problems_of_version(fields: Mapping[str, Any], *, number: int) -> Problems:
    """What keeps a version from being agreed.

    `fields`: statement, serves, level, unit, good, why_changed, measure_good (or empty), has_measure,
    has_behaviour, anchors (how many steps of the behaviour have words).
    """
    problems = {
        "statement": problem_of_text(fields["statement"], _("what is expected, in a sentence")),
        "serves": problem_of_text(fields["serves"], _("why it matters, and to which customer outcome")),
        "level": _problem_of_level(fields),
        "good": _problem_of_direction(fields),
        "behaviour": _problem_of_behaviour(fields),
    }
    if number > 1:
        problems["why_changed"] = problem_of_text(fields["why_changed"], _("why it changes"))
    return {name: problem for name, problem in problems.items() if problem}


def _problem_of_level(fields: Mapping[str, Any]) -> str:
    level = fields["level"]
    if level is None:
        return _("Say which level of the measure is expected.") if fields["has_measure"] else ""
    if not math.isfinite(level):
        return _("This is not a number.")
    if not fields["has_measure"]:
        return _("A level needs a measure that it is a level of.")
    if fields["unit"] == "share" and not 0 <= level <= 1:
        return _("A share lies between 0 % and 100 %: write 0.85 or 85 %.")
    return ""


def _problem_of_direction(fields: Mapping[str, Any]) -> str:
    measured = fields["measure_good"]
    if measured and fields["good"] != measured:
        higher = _("higher is better") if measured == "high" else _("lower is better")
        return _("The measure itself says: %(direction)s.") % {"direction": higher}
    return ""


def _problem_of_behaviour(fields: Mapping[str, Any]) -> str:
    if fields["has_behaviour"] and fields["anchors"] < FEWEST_ANCHORS:
        return _(
            "Describe at least two steps of this behaviour first, so that everybody sees the same in it."
        )
    return ""


def problem_of_start(starts: date, today: date, earlier: date | None) -> str:
    """A standard binds from today or later, and after the version before it. `earlier`: when that one begins."""
    if starts < today:
        return _("A standard never binds backwards: let it begin today or later.")
    if earlier is not None and starts <= earlier:
        return _("The version before begins on %(day)s: let this one begin later.") % {
            "day": earlier.isoformat()
        }
    return ""


def problems_bringing_in(
    starts: date, agreed_before: date, source: str, today: date, earlier: date | None, agreed_here: bool
) -> Problems:
    """Whether a standard from before Andon may be brought in.

    `agreed_here`: whether a version of it was agreed in Andon already; then nothing goes before or behind it.
    """
    problems = {
        "source": problem_of_text(source, _("where it stands: a document and its date"), 240),
        "starts": _problem_of_early_start(starts, today, earlier),
        "agreed_before": _("It was agreed before it began to hold, or on the same day.")
        if agreed_before > starts
        else "",
        "": _("This standard has been agreed here since. What changes now is a new version.")
        if agreed_here
        else "",
    }
    return {name: problem for name, problem in problems.items() if problem}


def _problem_of_early_start(starts: date, today: date, earlier: date | None) -> str:
    if starts > today:
        return _("What begins in the future is agreed here, not brought in.")
    if earlier is not None and starts <= earlier:
        return _("The version before begins on %(day)s: let this one begin later.") % {
            "day": earlier.isoformat()
        }
    return ""


def problem_acknowledging(kind: str, words: str, kinds: Collection[str]) -> str:
    """A question and an objection say what they are about."""
    if kind not in kinds:
        return _("Choose whether you have understood it, have a question, or object.")
    if kind != "understood" and not words.strip():
        return _("Say in your own words what you ask, or what you object to.")
    if len(words) > LONGEST:
        return _("Longer than %(longest)s characters. Say it shorter.") % {"longest": f"{LONGEST:,}"}
    return ""
