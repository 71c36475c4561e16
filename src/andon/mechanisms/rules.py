"""What makes a mechanism or a measure sound, in words. Pure: fields in, problems by field out."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.people import saying

Problems = dict[str, list[str]]

KINDS = ("checklist", "procedure", "it_system", "policy", "handover", "training")
MEASURE_KINDS = ("proportion", "value", "count", "rate", "between")
GOOD = ("high", "low")
EVERY = ("hour", "day", "week", "month", "quarter")
SEASONS = ("", "week", "year")
RULE_SETS = ("nelson", "western-electric", "nhs", "anhoj")
LONGEST = {"name": 120, "slug": 80, "outcome": 120, "of": 120, "unit": 20, "reason": 240}
LONGEST_TEXT = 20_000
TEXTS = ("purpose", "inputs", "outputs", "specification", "inspection")
RESERVED = frozenset({"new", "import", "edit"})  # words of addresses
LIMITS = ("spec_lower", "spec_upper", "target")
NAMELESS = {
    "mechanism": gettext_lazy("A mechanism needs a name."),
    "measure": gettext_lazy("A measure needs a name."),
}
BELOW_NOUGHT = {
    "count": gettext_lazy("A count cannot be below nought, and %(value)s is."),
    "rate": gettext_lazy("A rate cannot be below nought, and %(value)s is."),
    "between": gettext_lazy("A time between cannot be below nought, and %(value)s is."),
}
UNDIVIDED = {
    "count": gettext_lazy("A count has no denominator. Leave it empty, or make this a rate."),
    "between": gettext_lazy("A time between has no denominator. Leave it empty, or make this a rate."),
}
TOO_SLOW = {
    "week": gettext_lazy("A season within the week shows in hours or days, not by week."),
    "month": gettext_lazy("A season within the week shows in hours or days, not by month."),
    "quarter": gettext_lazy("A season within the week shows in hours or days, not by quarter."),
}


def problems_of_mechanism(fields: Mapping[str, Any]) -> Problems:
    """What is wrong with a mechanism's fields; empty when nothing is."""
    problems = _named(fields, "mechanism")
    _one_of(problems, fields, "kind", KINDS)
    for name in TEXTS:
        if len(fields.get(name) or "") > LONGEST_TEXT:
            _add(
                problems,
                name,
                _("Longer than %(most)s characters. Link to the document instead.")
                % {"most": saying.thousands(LONGEST_TEXT)},
            )
    if fields.get("slug") in RESERVED:
        _add(
            problems,
            "slug",
            _("'%(slug)s' is a word of Andon's own addresses. Choose another short name.")
            % {"slug": fields["slug"]},
        )
    return problems


def problems_of_measure(fields: Mapping[str, Any]) -> Problems:
    """What is wrong with a measure's fields; empty when nothing is."""
    problems = _named(fields, "measure")
    _one_of(problems, fields, "kind", MEASURE_KINDS)
    _one_of(problems, fields, "good", GOOD)
    _one_of(problems, fields, "every", EVERY)
    _one_of(problems, fields, "season", SEASONS)
    _one_of(problems, fields, "rules", RULE_SETS)
    _check_numbers(problems, fields)
    if not problems:
        _check_limits(problems, fields)
        _check_columns(problems, fields)
        _check_season(problems, fields)
        _check_baseline(problems, fields)
    return problems


def problems_of_phase(
    starts: datetime, reason: str, now: datetime, taken: frozenset[datetime] = frozenset()
) -> Problems:
    """A phase follows a change that was made, and says which."""
    problems: Problems = {}
    if not reason.strip():
        _add(problems, "reason", _("Say which change was made: limits are never renewed without a reason."))
    if len(reason) > LONGEST["reason"]:
        _add(problems, "reason", _("Longer than %(most)s characters.") % {"most": LONGEST["reason"]})
    if starts > now:
        _add(problems, "starts", _("A phase begins when its change has been made, so not in the future."))
    if starts in taken:
        _add(problems, "starts", _("A phase begins at this moment already."))
    return problems


def _add(problems: Problems, field: str, sentence: str) -> None:
    problems.setdefault(field, []).append(sentence)


def _named(fields: Mapping[str, Any], thing: str) -> Problems:
    problems: Problems = {}
    if not str(fields.get("name") or "").strip():
        _add(problems, "name", str(NAMELESS[thing]))
    for name, longest in LONGEST.items():
        if len(str(fields.get(name) or "")) > longest:
            _add(problems, name, _("Longer than %(longest)s characters.") % {"longest": longest})
    return problems


def _one_of(problems: Problems, fields: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> None:
    if name in fields and fields[name] not in choices:
        _add(
            problems,
            name,
            _("%(name)r is not known here. Choose one of: %(choices)s.")
            % {"name": fields[name], "choices": ", ".join(filter(None, choices))},
        )


def _check_numbers(problems: Problems, fields: Mapping[str, Any]) -> None:
    for name in LIMITS:
        value = fields.get(name)
        if value is not None and not math.isfinite(value):
            _add(problems, name, _("Needs to be an ordinary number, or empty."))


def _check_limits(problems: Problems, fields: Mapping[str, Any]) -> None:
    lower, upper, target = (fields.get(name) for name in LIMITS)
    if lower is not None and upper is not None and lower >= upper:
        _add(
            problems,
            "spec_lower",
            _("The lower spec limit %(lower)s is not below the upper one %(upper)s.")
            % {"lower": saying.plain(lower), "upper": saying.plain(upper)},
        )
    for name in LIMITS:
        value = fields.get(name)
        if value is not None and (words := _out_of_range(fields.get("kind", "proportion"), value)):
            _add(problems, name, words)
    if not problems and target is not None and _outside(target, lower, upper):
        _add(
            problems,
            "target",
            _("The target %(target)s is outside the spec limits, so it could never be met within them.")
            % {"target": saying.plain(target)},
        )


def _out_of_range(kind: str, value: float) -> str:
    if kind == "proportion" and not 0 <= value <= 1:
        told = {"value": saying.plain(value), "share": saying.plain(value / 100)}
        if 1 < value <= 100:
            return (
                _(
                    "A proportion lies between 0 and 1, and %(value)s does not. Write %(value)s %% as %(share)s."
                )
                % told
            )
        return _("A proportion lies between 0 and 1, and %(value)s does not.") % told
    if kind in {"count", "rate", "between"} and value < 0:
        return BELOW_NOUGHT[kind] % {"value": saying.plain(value)}
    return ""


def _outside(value: float, lower: float | None, upper: float | None) -> bool:
    return (lower is not None and value < lower) or (upper is not None and value > upper)


def _check_columns(problems: Problems, fields: Mapping[str, Any]) -> None:
    kind, outcome, of = (fields.get(name) or "" for name in ("kind", "outcome", "of"))
    if kind == "value" and not outcome:
        _add(problems, "outcome", _("A value needs the column it is taken from."))
    if kind == "rate" and not outcome and not of:  # without `of` it is for each interaction
        _add(problems, "of", _("A rate needs a column: what is counted, or for how many."))
    if kind in {"count", "between"} and of:
        _add(problems, "of", str(UNDIVIDED[kind]))
    if outcome and outcome == of:
        _add(
            problems, "of", _("Outcome and denominator are the same column, so the answer would always be 1.")
        )


def _check_season(problems: Problems, fields: Mapping[str, Any]) -> None:
    season, every = fields.get("season") or "", fields.get("every") or "week"
    if season == "week" and every not in {"hour", "day"}:
        _add(problems, "season", str(TOO_SLOW[every]))


def _check_baseline(problems: Problems, fields: Mapping[str, Any]) -> None:
    start, end = fields.get("baseline_from"), fields.get("baseline_to")
    if isinstance(start, date) and isinstance(end, date) and start >= end:
        _add(problems, "baseline_from", _("The baseline ends before it begins."))
