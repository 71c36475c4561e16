"""What a reader must know before trusting it."""

from collections.abc import Iterator

from andon.analysis.attribution.evidence import Variances
from andon.analysis.attribution.spec import Attribution, AttributionSpec
from andon.lake.factors import FactorCells
from andon.plots import words

SKEWED = 2.0
FEW = 5
COUNTED = 30  # whole numbers up to this may be counts


def warnings_of(
    found: Attribution, cells: FactorCells, spec: AttributionSpec, has: Variances, sorted_by: float
) -> tuple[str, ...]:
    return (*_asked(found, spec), *_data(found, cells), *_sorted(found, sorted_by), *_fit(found, has))


def _sorted(found: Attribution, sorted_by: float) -> Iterator[str]:
    if not sorted_by:
        return
    side = "higher" if sorted_by > 0 else "lower"
    yield (
        f"People who mostly work in mechanisms with higher numbers have {side} numbers than others on the same "
        "mechanism. So what a mechanism adds was taken from people who work in several, each compared with themselves; "
        "taking people and mechanisms as unrelated would give part of it to the wrong one."
    )


def _asked(found: Attribution, spec: AttributionSpec) -> Iterator[str]:
    if spec.good is None:
        yield "Nobody said which side is better; higher was taken as better. If lower is, give --good low."
    if not found.standard.given:
        yield (
            "No standard was given, so one was taken from the data: two standard deviations of people worse than the "
            f"usual person ({words.value(found.standard.value, found.unit, 1)}). A standard is agreed beforehand and "
            "known to those it holds for: give it with --standard."
        )
    up = 1 if found.good == "high" else -1
    if up * (found.standard.usual - found.standard.value) < 0:
        yield (
            f"The usual person reaches {words.value(found.standard.usual, found.unit, 1)} on the common mix and so "
            f"misses the standard of {words.value(found.standard.value, found.unit, 1)} too. That is a matter of the "
            "process. Nobody is found below for what everybody shares; only whoever is worse than usual as well can be."
        )


def _data(found: Attribution, cells: FactorCells) -> Iterator[str]:
    if len(found.mechanisms.name) < 2:
        yield "There is one mechanism only, so no person can be told apart from it."
    elif len(found.mechanisms.name) < FEW:
        yield (
            f"There are {words.counted(len(found.mechanisms.name), 'mechanism')} only: how much they differ is known "
            "roughly, and intervals are wide."
        )
    if found.teams and 1 < len(found.teams.name) < FEW:
        yield f"There are {words.counted(len(found.teams.name), 'team')} only: how much they differ is known roughly."
    if cells.every is None:
        yield (
            "Without --at, good and bad days, changes over time and clustering cannot be seen, and the check on "
            "held-out outcomes is a weaker one."
        )
    if cells.kind == "value" and abs(cells.skewness) > SKEWED:
        log = (
            " Its logarithm may suit better: make that column first."
            if cells.skewness > 0 and cells.least > 0
            else ""
        )
        yield f"“{cells.outcome}” is lopsided (skewness {cells.skewness:.1f}), so few cases weigh a lot.{log}"
    if (
        cells.kind == "value"
        and cells.whole
        and cells.least >= 0
        and cells.most <= COUNTED
        and cells.most > 1
    ):
        yield (
            f"“{cells.outcome}” holds small whole numbers and was read as a value. If it counts something, give "
            "--kind count."
        )
    apart = found.connectivity
    if apart.components > 1 and apart.inseparable < len(found.people.worker):
        yield (
            f"People and mechanisms fall into {apart.components} groups that share nothing. Within a group people are "
            "compared with each other; that groups are equally good on average is assumed, not seen."
        )


def _fit(found: Attribution, has: Variances) -> Iterator[str]:
    if not found.model["converged"]:
        yield "The model did not settle; see gradient_norm in summary.json. Do not rely on it."
    if found.calibration.passed is None:
        yield f"The check on held-out outcomes could not be made, so nobody gets a verdict: {found.calibration.reason}"
    elif not found.calibration.passed:
        yield f"Nobody gets a verdict. {found.calibration.reason}"
    if has.worker == 0:
        yield "People do not differ beyond what chance, mechanism and team explain."
