"""What is known of a person’s own part: estimates against the level that was agreed, or dated observations.

The only place where somebody else’s estimate is read. Whoever calls has logged the examination first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np
from django.db.models import Q

from andon.attribution.agreed import agreed, line_of
from andon.attribution.models import Estimate, Separation
from andon.attribution.outcomes import why_not
from andon.evidence.models import Item
from andon.people.models import Person
from andon.plans.rules.conditions import Looked
from andon.standards.models import Standard, StandardVersion

FDR = 0.05
OWN = 0.2  # least reliability, as for every verdict
HALF = 1.959963984540054  # an interval reaches so many standard errors to each side
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Strength:
    """How sure it is that somebody’s own part lies on the wrong side of the agreed level; `named`: one may say so."""

    chance: float
    named: bool


def about(standard: Standard) -> Q:
    """Items that are about a standard."""
    if standard.behaviour_id:
        return Q(behaviour=standard.behaviour_id)
    measures = [key for key in (standard.measure_id, standard.outcome_measure_id) if key]
    return Q(measure__in=measures)


def shortfalls(items: Iterable[Item], version: StandardVersion) -> list[Item]:
    """Observations on a step that is not the highest. What was well done is on the record too, and not here."""
    steps = [anchor.step for anchor in version.standard.behaviour.steps]
    top = max(steps, default=0)
    return [one for one in items if one.step is not None and one.step < top]


def separation_of(standard: Standard) -> Separation | None:
    if standard.measure is None:
        return None
    return Separation.objects.of_measure(standard.measure).filter(problem="").first()


def level_of(version: StandardVersion, separation: Separation) -> float | None:
    """The agreed level, put on the mix of work that people are compared on."""
    return None if version.level is None else line_of(version, separation)


def looked(person: Person, version: StandardVersion, today: date) -> tuple[Looked | None, str]:
    """What condition 3 rests on, or why there is nothing, as a sentence."""
    standard = version.standard
    if standard.measure is None:
        return None, "This standard has neither a measure nor a behaviour, so nothing can be told of anybody."
    if problem := why_not(standard.measure):
        return None, problem
    separation = separation_of(standard)
    if separation is None:
        return (
            None,
            "Person and process were not separated for this measure, so nobody can tell the two apart.",
        )
    level = level_of(version, separation)
    mine = Estimate.objects.filter(separation=separation, person=person).first()
    if mine is None or level is None:
        return (
            None,
            "The data name no case that this person served, or too little is known of them or of the mechanism.",
        )
    return _looked(mine, separation, version, level, strengths(separation, level), today), ""


def _looked(
    mine: Estimate,
    separation: Separation,
    version: StandardVersion,
    level: float,
    all_: dict[int, Strength],
    today: date,
) -> Looked:
    strength = all_[mine.person_id]
    beyond = _wholly_wrong(mine, level, separation.good)
    return Looked(
        verdict=mine.verdict, why=mine.why, agreed=level, level=agreed(version).level,
        unit=separation.unit, good=separation.good,
        line=separation.standard, line_agreed=not separation.standard_basis,
        adjusted=mine.adjusted, low=mine.low, high=mine.high,
        wrong_side=beyond and strength.named,
        one_stretch=_rests_on_one_stretch(mine, level, separation.good),
        checked=separation.verdicts, looked_at=len(all_),
        n=mine.n, starts=_day(separation.starts), ends=_day(separation.ends), today=today,
    )  # fmt: skip


def strengths(separation: Separation, level: float) -> dict[int, Strength]:
    """Everybody’s, by person, with false discoveries held over all of them together."""
    from andon.analysis.attribution.verdicts import CAUTION  # with all of SciPy: only when somebody asks
    from andon.stats.selection import selected

    rows = list(Estimate.objects.filter(separation=separation).order_by("person"))
    chance = np.array([_chance(one, level, separation.good) for one in rows], float)
    named = selected(chance, CAUTION * FDR) if len(rows) else []
    return {
        one.person_id: Strength(float(np.nan_to_num(p)), bool(is_named))
        for one, p, is_named in zip(rows, chance, named, strict=True)
    }


def _chance(one: Estimate, level: float, good: str) -> float:
    """That somebody is truly on the wrong side; NaN where person and work cannot be told apart."""
    unclear = one.verdict == Estimate.Verdict.INSEPARABLE or (one.reliability or 0) < OWN
    if unclear or one.adjusted is None or one.low is None or one.high is None:
        return float("nan")
    reach = (one.high - one.adjusted) if level > one.adjusted else (one.adjusted - one.low)
    error = max(reach / HALF, 1e-12)
    below = NORMAL.cdf((level - one.adjusted) / error)
    return below if good == "high" else 1 - below


def _wholly_wrong(one: Estimate, level: float, good: str) -> bool:
    if one.low is None or one.high is None:
        return False
    return one.high < level if good == "high" else one.low > level


def _rests_on_one_stretch(one: Estimate, level: float, good: str) -> bool:
    """Whether without the one stretch of time that speaks most against them they would reach the level."""
    if one.lasting is None:
        return False
    return one.lasting >= level if good == "high" else one.lasting <= level


def _day(at) -> date | None:
    return at.date() if at else None
