"""From an attribution to what is kept: the system for everybody, each person for themselves."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from andon.analysis.attribution import Attribution
from andon.analysis.attribution.spec import Level
from andon.attribution.models import Estimate, Separation
from andon.attribution.rules import FEWEST, FEWEST_COUNTED, small
from andon.lake.missing import NOT_GIVEN

TENTHS = 10
OF_TENTHS = {"predicted", "seen", "error", "shortfall_predicted", "shortfall_seen"}
DIGITS = 6  # significant digits that are kept
NOBODY_AGREED = (
    "Nobody has agreed a standard for this yet. So that there is a line at all, it lies two standard deviations of "
    "people on the worse side of the usual person."
)
SAID_ELSEWHERE = "No standard was given"
OPTION = re.compile(r"--\w|\.json|\.parquet")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=\W*[A-ZÀ-Þ0-9])")


def separated(found: Attribution, slugs: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a Separation. `slugs` are short names of mechanisms by name."""
    many = len(found.people.worker) >= FEWEST_COUNTED
    teams = _teams(found.teams)
    return {
        "n": int(found.people.n.sum()),
        "workers": len(found.people.worker),
        "sentence": found.sentence,
        "shares": [{**asdict(one), "variance": number(one.variance), **_ends(one)} for one in found.shares],
        "mechanisms": [{**row, "slug": slugs.get(row["name"], row["name"])} for row in levels(found.mechanisms)],
        **teams,
        "standard": number(found.standard.value),
        "standard_basis": "" if found.standard.given else NOBODY_AGREED,
        "usual": number(found.standard.usual),
        "verdicts": found.calibration.passed is True,
        "counts": dict(found.counts) if many else {},
        "rankings": [asdict(one) for one in found.rankings] if many else [],
        "model": plain({**found.model, "compared": [asdict(one) for one in found.compared],
                        "calibration": _check(found), "connectivity": _connectivity(found)}),
        "warnings": for_pages(found.warnings),
        "notes": for_pages(found.notes),
    }  # fmt: skip


def estimates(found: Attribution, known: Mapping[str, int], separation: Separation) -> list[Estimate]:
    """Unsaved, of those workers whom the staff list knows."""
    people = found.people
    return [
        Estimate(
            separation=separation, person_id=known[worker], n=int(people.n[i]), mechanisms=int(people.mechanisms[i]),
            raw=number(people.raw[i]), adjusted=number(people.adjusted[i]), low=number(people.low[i]),
            high=number(people.high[i]), p_below=number(people.p_below[i]), lasting=number(people.lasting[i]),
            reliability=number(people.reliability[i]), verdict=people.verdict[i], why=people.why[i],
        )
        for i, worker in enumerate(people.worker)
        if worker in known
    ]  # fmt: skip


def levels(level: Level) -> list[dict[str, Any]]:
    """One row each, by name; on the scale of the outcome."""
    rows = [
        {
            "name": name, "n": int(level.n[i]), "raw": number(level.raw[i]),
            "adjusted": number(level.adjusted[i]), "low": number(level.adjusted_low[i]),
            "high": number(level.adjusted_high[i]),
        }
        for i, name in enumerate(level.name)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row["name"].casefold())


def _teams(level: Level | None) -> dict[str, Any]:
    """Teams of enough people; of the others only how many there are."""
    if level is None:
        return {"teams": [], "small_teams": {}}
    hidden = small(level.workers.tolist())
    names = {level.name[i] for i in hidden} | {NOT_GIVEN}
    shown = [row for row in levels(level) if row["name"] not in names]
    people = int(sum(level.workers[i] for i in hidden))
    return {"teams": shown, "small_teams": {"teams": len(hidden), "people": people} if hidden else {}}


def _ends(one: Any) -> dict[str, float | None]:
    return {name: number(getattr(one, name)) for name in ("share", "low", "high")}


def _check(found: Attribution) -> dict[str, Any]:
    """The check on held-out cases; without the tenths of people in it where a tenth is fewer than five."""
    told = asdict(found.calibration)
    if len(found.people.worker) >= FEWEST * TENTHS:
        return told
    return {name: value for name, value in told.items() if name not in OF_TENTHS}


def _connectivity(found: Attribution) -> dict[str, Any]:
    if len(found.people.worker) < FEWEST_COUNTED:
        return {}
    return {**asdict(found.connectivity), "reasons": dict(found.connectivity.reasons)}


def for_pages(sentences: Iterable[str]) -> list[str]:
    """Without what speaks of options and files of the command line."""
    some = (text.removeprefix("covariate ") for text in sentences if not text.startswith(SAID_ELSEWHERE))
    told = (" ".join(s for s in SENTENCE_END.split(text) if not OPTION.search(s)) for text in some)
    return [text for text in dict.fromkeys(told) if text]


def number(x: Any) -> float | None:
    """JSON and columns know no NaN and no infinity; more digits than these mean nothing."""
    value = float(x)
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None


def plain(value: Any) -> Any:
    """As JSON takes it."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(one) for one in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    return number(value) if isinstance(value, (float, np.floating)) else value
