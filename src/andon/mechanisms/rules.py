"""What makes a mechanism or a measure sound, in words. Pure: fields in, problems by field out."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

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


def problems_of_mechanism(fields: Mapping[str, Any]) -> Problems:
    """What is wrong with a mechanism's fields; empty when nothing is."""
    problems = _named(fields, "mechanism")
    _one_of(problems, fields, "kind", KINDS)
    for name in TEXTS:
        if len(fields.get(name) or "") > LONGEST_TEXT:
            _add(problems, name, f"Longer than {LONGEST_TEXT:,} characters. Link to the document instead.")
    if fields.get("slug") in RESERVED:
        _add(
            problems,
            "slug",
            f"'{fields['slug']}' is a word of Andon's own addresses. Choose another short name.",
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
        _add(problems, "reason", "Say which change was made: limits are never renewed without a reason.")
    if len(reason) > LONGEST["reason"]:
        _add(problems, "reason", f"Longer than {LONGEST['reason']} characters.")
    if starts > now:
        _add(problems, "starts", "A phase begins when its change has been made, so not in the future.")
    if starts in taken:
        _add(problems, "starts", "A phase begins at this moment already.")
    return problems


def _add(problems: Problems, field: str, sentence: str) -> None:
    problems.setdefault(field, []).append(sentence)


def _named(fields: Mapping[str, Any], thing: str) -> Problems:
    problems: Problems = {}
    if not str(fields.get("name") or "").strip():
        _add(problems, "name", f"A {thing} needs a name.")
    for name, longest in LONGEST.items():
        if len(str(fields.get(name) or "")) > longest:
            _add(problems, name, f"Longer than {longest} characters.")
    return problems


def _one_of(problems: Problems, fields: Mapping[str, Any], name: str, choices: tuple[str, ...]) -> None:
    if name in fields and fields[name] not in choices:
        _add(
            problems,
            name,
            f"{fields[name]!r} is not known here. Choose one of: {', '.join(filter(None, choices))}.",
        )


def _check_numbers(problems: Problems, fields: Mapping[str, Any]) -> None:
    for name in LIMITS:
        value = fields.get(name)
        if value is not None and not math.isfinite(value):
            _add(problems, name, "Needs to be an ordinary number, or empty.")


def _check_limits(problems: Problems, fields: Mapping[str, Any]) -> None:
    lower, upper, target = (fields.get(name) for name in LIMITS)
    if lower is not None and upper is not None and lower >= upper:
        _add(problems, "spec_lower", f"The lower spec limit {lower:g} is not below the upper one {upper:g}.")
    for name in LIMITS:
        value = fields.get(name)
        if value is not None and (words := _out_of_range(fields.get("kind", "proportion"), value)):
            _add(problems, name, words)
    if not problems and target is not None and _outside(target, lower, upper):
        _add(
            problems,
            "target",
            f"The target {target:g} is outside the spec limits, so it could never be met within them.",
        )


def _out_of_range(kind: str, value: float) -> str:
    if kind == "proportion" and not 0 <= value <= 1:
        as_share = f" Write {value:g} % as {value / 100:g}." if 1 < value <= 100 else ""
        return f"A proportion lies between 0 and 1, and {value:g} does not.{as_share}"
    if kind in {"count", "rate", "between"} and value < 0:
        return f"A {kind} cannot be below nought, and {value:g} is."
    return ""


def _outside(value: float, lower: float | None, upper: float | None) -> bool:
    return (lower is not None and value < lower) or (upper is not None and value > upper)


def _check_columns(problems: Problems, fields: Mapping[str, Any]) -> None:
    kind, outcome, of = (fields.get(name) or "" for name in ("kind", "outcome", "of"))
    if kind == "value" and not outcome:
        _add(problems, "outcome", "A value needs the column it is taken from.")
    if kind == "rate" and not outcome and not of:  # without `of` it is for each interaction
        _add(problems, "of", "A rate needs a column: what is counted, or for how many.")
    if kind in {"count", "between"} and of:
        _add(problems, "of", f"A {kind} has no denominator. Leave it empty, or make this a rate.")
    if outcome and outcome == of:
        _add(problems, "of", "Outcome and denominator are the same column, so the answer would always be 1.")


def _check_season(problems: Problems, fields: Mapping[str, Any]) -> None:
    season, every = fields.get("season") or "", fields.get("every") or "week"
    if season == "week" and every not in {"hour", "day"}:
        _add(problems, "season", f"A season within the week shows in hours or days, not by {every}.")


def _check_baseline(problems: Problems, fields: Mapping[str, Any]) -> None:
    start, end = fields.get("baseline_from"), fields.get("baseline_to")
    if isinstance(start, date) and isinstance(end, date) and start >= end:
        _add(problems, "baseline_from", "The baseline ends before it begins.")
