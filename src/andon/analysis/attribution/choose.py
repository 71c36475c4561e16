"""Which parts the model gets, told by the data, and the models it is compared with."""

from dataclasses import dataclass, replace
from functools import cached_property

from scipy.stats import chi2

from andon.analysis.attribution.hints import Hint, hint
from andon.analysis.attribution.model import PAIR, PEOPLE, SPELL, TURN, WORKER, Parts, fitted
from andon.analysis.attribution.scale import Scale
from andon.analysis.attribution.sorting import sorting
from andon.analysis.attribution.spec import LEVEL, Compared
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit

NEEDED = {PAIR: -0.5, SPELL: 1.0, TURN: 2.0}
"""Standard errors above zero from which a part is in the model: worker × mechanism whenever its variance is above zero
at all, because leaving it out ruins the promise about wrong accusations."""
PROFILED = 5_000  # cells up to which intervals of variances are by profile likelihood
SMALL = 150_000  # cells up to which models without one part are fitted too


@dataclass(frozen=True, eq=False)
class Chosen:
    """The model used, the one without any optional part, and what was found of each optional part.

    parts: those of the model. unsorted: the fit without any optional part and with people unrelated to mechanisms.
    sorted_by: by how many standard errors people are sorted by the mechanisms they work in.
    """

    fit: Fit
    base: Fit
    hints: dict[str, Hint]
    parts: Parts
    unsorted: Fit
    sorted_by: float = 0.0

    @property
    def left_out(self) -> dict[str, Hint]:
        """Parts that are not in the model. Their variance is near zero, not known to be zero."""
        return {name: found for name, found in self.hints.items() if name not in self.fit.effects}

    @cached_property
    def limits(self) -> dict[str, tuple[float, float]]:
        """The interval of each variance of the model, and of each part that was left out.

        By profile likelihood where that is quick; else Wald's, which knows a variance well enough when it is far from
        zero, and, near zero, what the score test says.
        """
        found = self.fit.variance_intervals(LEVEL, quick=self.fit.cells > PROFILED)
        unsure = [name for name in self.hints if name not in found or found[name][1] <= 0]
        return found | {name: self.hints[name].limits for name in unsure}


def choose(cells: FactorCells, parts: Parts, scale: Scale) -> Chosen:
    """Fits without optional parts, looks which of them the rest calls for, and fits with those."""
    unsorted = fitted(cells, parts, scale.family, parts.always)
    found = sorting(cells, parts, scale, unsorted)
    parts, base = found.parts, found.fit
    hints = {name: hint(cells, parts, base, scale, name) for name in parts.optional}
    wanted = [name for name, found in hints.items() if found.z > NEEDED[name]]
    if not wanted:
        return Chosen(base, base, hints, parts, unsorted, found.z)
    start = base.variances | {name: max(hints[name].estimate, 1e-6) for name in wanted}
    fit = fitted(cells, parts, scale.family, [*parts.always, *wanted], start=start)
    return Chosen(fit, base, hints, parts, unsorted, found.z)


def compare(cells: FactorCells, parts: Parts, scale: Scale, chosen: Chosen) -> tuple[Compared, ...]:
    """The model beside those without one of its parts, without people, and without the process.

    A variance on zero lies on the edge of what can be, so the chance of a difference is half that of a chi-square
    with one degree of freedom (Self and Liang 1987). For parts that were left out it is that of the score test.
    """
    full, names = chosen.fit, list(chosen.fit.effects)
    found = [_compared("the model used", names, full, full, chosen=True)]
    optional = [name for name in names if name not in parts.always]
    if optional:
        found.append(_compared(f"without {', '.join(optional)}", parts.always, chosen.base, full))
    for missing in optional if len(optional) > 1 and len(cells) <= SMALL else []:
        less = [name for name in names if name != missing]
        found.append(
            _compared(
                f"without {missing}",
                less,
                fitted(cells, parts, scale.family, less, start=full.variances),
                full,
            )
        )
    if parts.usual is not None:
        found.append(_compared("people unrelated to mechanisms", parts.always, chosen.unsorted, full))
        parts = replace(parts, fixed=parts.fixed[:, :-1], fixed_names=parts.fixed_names[:-1], usual=None)
    for title, kept in (
        ("process only, no people", [name for name in parts.always if name != WORKER]),
        ("people only, no process", [name for name in parts.always if name in PEOPLE]),
    ):
        if kept and kept != names:
            found.append(_compared(title, kept, fitted(cells, parts, scale.family, kept), full))
    for name, one in chosen.left_out.items():
        found.append(
            Compared(f"with {name}", (*names, name), None, full.parameters + 1, None, None, one.p, False)
        )
    return tuple(found)


def _compared(title: str, names: list[str], one: Fit, full: Fit, chosen: bool = False) -> Compared:
    worse, fewer = max(one.criterion - full.criterion, 0.0), full.parameters - one.parameters
    p = None if chosen or fewer < 1 else _edge_chance(worse, fewer)
    aic = one.criterion + 2 * one.parameters
    return Compared(title, tuple(names), one.criterion, one.parameters, aic, worse, p, chosen)


def _edge_chance(worse: float, fewer: int) -> float:
    below = float(chi2.sf(worse, fewer - 1)) if fewer > 1 else 0.0
    return 0.5 * float(chi2.sf(worse, fewer)) + 0.5 * below
