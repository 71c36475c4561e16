"""From a fitted model to a verdict on each person, with all that holds a verdict back."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.attribution import separable
from andon.analysis.attribution.anybody import anybody_below
from andon.analysis.attribution.calibrate import NOT_DONE, calibration
from andon.analysis.attribution.choose import Chosen, choose
from andon.analysis.attribution.evidence import Evidence, Pairs, Variances, evidence, pairs_of, team_pairs
from andon.analysis.attribution.levels import level_of
from andon.analysis.attribution.model import MECHANISM, Parts, parts_of
from andon.analysis.attribution.people import (
    Estimates,
    estimates,
    mix_of,
    reference_weights,
    standard_of,
    variances_of,
)  # fmt: skip
from andon.analysis.attribution.scale import Mix, Scale, scale_of
from andon.analysis.attribution.spec import (
    BELOW,
    CANNOT_TELL,
    AttributionSpec,
    Bools,
    Calibration,
    Level,
    Standard,
)  # fmt: skip
from andon.analysis.attribution.steady import Lasting, lasting
from andon.analysis.attribution.stretch import stretch_of
from andon.analysis.attribution.verdicts import verdicts
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit

MANY = 20_000  # people beyond whom weeks are left out only of those about to be named


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the numbers say before anybody is judged: the model, what the cases add to the process, and the mix of
    work that people are compared on.
    """

    cells: FactorCells
    scale: Scale
    chosen: Chosen
    seen: Evidence
    pairs: Pairs
    has: Variances
    apart: separable.Separability
    mix: Mix

    @property
    def fit(self) -> Fit:
        return self.chosen.fit

    @property
    def parts(self) -> Parts:
        return self.chosen.parts

    def level(self, factor: str) -> Level:
        return level_of(factor, self.cells, self.fit, self.scale, self.seen, self.mix.spread)


def known(cells: FactorCells, good: str) -> Known:
    """Raises ValueError, with a sentence, where a model cannot be fitted at all."""
    scale = scale_of(cells, good)
    chosen = choose(cells, parts_of(cells), scale)
    fit, parts = chosen.fit, chosen.parts
    seen = evidence(cells, parts, fit, scale)
    pairs, has = pairs_of(cells, parts, seen), variances_of(fit, parts)
    apart = separable.separability(pairs, team_pairs(cells, parts, seen), has.worker, has.pair, has.spell)
    mix = mix_of(cells, seen, scale, has, stretch_of(pairs, seen, has))
    return Known(cells, scale, chosen, seen, pairs, has, apart, mix)


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What is said of people, and what that rests on. `rests`: those not named because it rests on one period."""

    standard: Standard
    mechanisms: Level
    found: Estimates
    checked: Calibration
    anybody: bool
    verdict: list[str]
    rests: frozenset[int]
    left: Lasting


def judged(of: Known, spec: AttributionSpec) -> Judged:
    mechanisms = of.level(MECHANISM)
    standard = standard_of(spec, of.mix, of.scale, of.has, mechanisms, of.cells.kind)
    found = estimates(of.cells, of.parts, of.chosen, of.scale, of.mix, standard, of.seen, of.pairs)
    checked = _checked(of) if spec.calibrate else NOT_DONE
    anybody = anybody_below(found, of.pairs, of.has, ~of.apart.inseparable, of.scale.up)
    trusted = checked.passed is True or not spec.calibrate
    verdict = verdicts(found, of.apart, spec.fdr, trusted, anybody)
    named = np.array(verdict) == BELOW
    left = _left(of, found, named)
    rests = frozenset(
        worker
        for worker in np.flatnonzero(named).tolist()
        if left.rests(worker, found.threshold, of.scale.up)
    )
    verdict = [CANNOT_TELL if worker in rests else word for worker, word in enumerate(verdict)]
    return Judged(standard, mechanisms, found, checked, anybody, verdict, rests, left)


def _checked(of: Known) -> Calibration:
    return calibration(of.cells, of.parts, of.fit, of.scale, of.seen, of.pairs, of.apart)


def _left(of: Known, found: Estimates, named: Bools) -> Lasting:
    """What is left without the period that tells most; of many people, only of those about to be named."""
    asked = np.flatnonzero(named if of.pairs.workers > MANY else ~of.apart.inseparable)
    weights = reference_weights(of.cells, of.parts, of.fit, of.seen, of.scale, found.threshold)[1]
    share = weights.get(MECHANISM, np.zeros(of.pairs.mechanisms))
    return lasting(asked, of.cells, of.seen, of.pairs, of.has, found, share, of.scale.up)
