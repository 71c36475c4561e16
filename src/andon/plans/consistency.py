"""Like cases alike: for one standard, how many have evidence as strong and what was done, as counts."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from andon.plans.facts import alike
from andon.plans.models import Examination, Override, Plan
from andon.plans.rules.alike import SMALL_ROLE, few, parts
from andon.plans.rules.life import DECISIONS, Outcome
from andon.standards.models import Standard, StandardVersion


@dataclass(frozen=True, slots=True)
class Alike:
    """Counts as words. `told` is false where too few people hold the role; then there are none."""

    version: StandardVersion
    told: bool
    holders: int = 0
    strong: str = ""
    done: tuple[tuple[str, str], ...] = ()
    came_of_it: tuple[tuple[str, str], ...] = ()


def of_standard(standard: Standard, now: datetime) -> Alike | None:
    """What was done with everybody whose evidence would be enough for condition 3; None before anything was agreed."""
    version = (
        standard.versions.agreed()
        .select_related("standard__measure", "standard__behaviour")
        .order_by("number")
        .last()
    )
    if version is None:
        return None
    holders = alike.holders(version, now)
    if len(holders) < SMALL_ROLE:
        return Alike(version, False)
    strong = alike.as_strong(None, holders, version, now)
    planned = alike.planned_of(strong, version, now)
    coached = alike.coached_of(strong, version, now) - planned
    counts = parts(len(planned), len(coached), len(strong - planned - coached))
    names = ("have or had a plan in the last year", "were coached, without a plan", "nothing has begun")
    return Alike(
        version, True, len(holders), few(len(strong)), tuple(zip(names, counts, strict=True)), _came(standard)
    )


def _came(standard: Standard) -> tuple[tuple[str, str], ...]:
    """How gates and plans about it came out, of all time; also with an exception of HR."""
    ends = Counter(Plan.objects.filter(standard=standard).values_list("outcome", flat=True))
    looked = Examination.objects.filter(standard=standard).count()
    exceptions = Override.objects.filter(examination__standard=standard).count()
    order = (*DECISIONS, Outcome.WITHDRAWN, Outcome.TRANSFERRED, Outcome.LEFT)
    told = parts(*(ends[str(one)] for one in order))
    rows = [("gates examined", few(looked)), ("exceptions made by HR", few(exceptions))]
    return tuple(rows + [(f"plans closed: {one}", words) for one, words in zip(order, told, strict=True)])
