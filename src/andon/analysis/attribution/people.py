"""What each person would reach on the reference mix, how sure that is, and how likely it is below the standard."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr
from scipy.stats import norm

from andon.analysis.attribution.choose import Chosen
from andon.analysis.attribution.evidence import Evidence, Pairs, Variances
from andon.analysis.attribution.model import MECHANISM, PAIR, SPELL, WORKER, Parts
from andon.analysis.attribution.moving import on_the_mix
from andon.analysis.attribution.scale import Mix, Scale
from andon.analysis.attribution.spec import LEVEL, AttributionSpec, Floats, Level, Standard
from andon.analysis.attribution.stretch import predictor_of, stretching
from andon.analysis.attribution.uncertain import DRAWS, variance_draws
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit

USUAL_RANGE = 2.0  # standard deviations of people from the usual to the standard, where none is given
MANY_PAIRS = 100_000  # beyond it fewer draws do


def variances_of(fit: Fit, parts: Parts) -> Variances:
    """Of people in all, whether or not they differ along the mechanisms they work in."""
    worker, pair, spell = (fit.variances.get(name, 0.0) for name in (WORKER, PAIR, SPELL))
    return Variances(worker + parts.along_mechanisms(fit), pair, spell)


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """On the scale of the model, (W,): effect of each person against the usual one, its standard deviation, the
    probability of being worse than the standard, and worse than both the standard and the usual person.
    """

    effect: Floats
    error: Floats
    p_below: Floats
    p_named: Floats
    reliability: Floats
    threshold: float


def mix_of(cells: FactorCells, seen: Evidence, scale: Scale, has: Variances, stretch: float = 0.0) -> Mix:
    return Mix(seen.predictor, cells.n, scale, float(np.sqrt(has.pair + has.spell)), stretch)


def standard_of(
    spec: AttributionSpec, mix: Mix, scale: Scale, has: Variances, mechanisms: Level, kind: str
) -> Standard:
    """The standard given, or the end of the usual range of people."""
    usual = float(mix.reached(np.zeros(1))[0])
    if spec.standard is not None:
        share = scale.family == "binomial" and 1 < spec.standard <= 100
        value = spec.standard / 100 if share else spec.standard
        if spec.standard_at in mechanisms.name:
            there = float(mechanisms.adjusted[mechanisms.name.index(spec.standard_at)])
            how = f"as agreed for {spec.standard_at}, put on the common mix"
            return Standard(on_the_mix(value, there, usual, kind), True, how, usual)
        return Standard(value, True, "as given" + (", in per cent" if share else ""), usual)
    edge = -scale.up * USUAL_RANGE * np.sqrt(has.worker)
    how = (
        "no standard was given: two standard deviations of people worse than the usual person. Where people hardly "
        "differ nobody lies beyond it; give the standard that was agreed and known with --standard"
    )
    return Standard(float(mix.reached(np.array([edge]))[0]), False, how, usual)


def reference_weights(
    cells: FactorCells, parts: Parts, fit: Fit, seen: Evidence, scale: Scale, threshold: float
) -> tuple[Floats, dict[str, Floats]]:
    """How much each part of the process weighs in the mean predictor of the mix, near the threshold.

    A case weighs by how much its expectation moves there; the weights of each part add up to 1.
    """
    weight = cells.n * scale.slope(seen.predictor + np.clip(threshold, -8, 8))
    weight = weight / weight.sum()
    fixed = np.concatenate([[1.0], weight @ parts.process_fixed])
    others = {
        name: np.bincount(parts.groupings[name].codes, weight, parts.groupings[name].levels)
        for name in parts.process
        if name in fit.effects
    }
    return fixed, others


def estimates(
    cells: FactorCells,
    parts: Parts,
    chosen: Chosen,
    scale: Scale,
    mix: Mix,
    standard: Standard,
    seen: Evidence,
    pairs: Pairs,
) -> Estimates:
    """What is judged is the person on the reference mix, with what is known of them at each mechanism."""
    fit = chosen.fit
    has = variances_of(fit, parts)
    threshold = mix.effect_of(standard.value)
    workers = pairs.workers
    if WORKER not in fit.effects:
        half = np.full(workers, 0.5)
        return Estimates(
            np.zeros(workers), np.full(workers, np.nan), half, half, np.zeros(workers), threshold
        )
    fixed, others = reference_weights(cells, parts, fit, seen, scale, threshold)
    noise = _noise(pairs, has.pair, has.spell)
    effect, variance = fit.effects[WORKER], _variance(fit, parts, fixed, others)
    reliability = 1 - fit.pev[WORKER] / has.worker if has.worker > 0 else np.zeros(workers)
    if parts.usual is not None:
        reliability = has.worker / (has.worker + noise)
        effect = reliability * _own_surplus(pairs, has)
        variance = reliability * noise + np.maximum(variance - fit.pev[WORKER], 0.0)
    shift, more = _may_be(chosen, pairs, has, effect)
    if mix.stretch:
        moved, grown = stretching(pairs, has, mix.stretched(predictor_of(pairs, seen)))
        effect, variance = effect + moved, np.maximum(variance + grown, 1e-12)
    effect, variance = _with_pairs(fit, pairs, has, others, effect, variance)
    effects, errors = effect + shift, np.sqrt(np.maximum(variance + more, 1e-12))
    return Estimates(
        effect,
        np.sqrt((errors**2).mean(axis=0) + effects.var(axis=0)),
        _worse(effects, errors, threshold, scale.up),
        _worse(effects, errors, scale.up * min(scale.up * threshold, 0.0), scale.up),
        np.clip(reliability, 0.0, 1.0),
        threshold,
    )


def _own_surplus(pairs: Pairs, has: Variances) -> Floats:
    """Of each person over the process, (W,), by their own cases alone.

    Where people are sorted, the mechanisms they work in would tell something of them; nobody is judged by that.
    """
    told = 1 / (has.pair + pairs.noise(has.spell))
    beyond = told * pairs.surplus / np.maximum(pairs.weight, 1e-300)
    out: Floats = np.bincount(pairs.worker, beyond, pairs.workers) / np.maximum(
        np.bincount(pairs.worker, told, pairs.workers), 1e-300
    )
    return out


def _variance(fit: Fit, parts: Parts, fixed: Floats, others: dict[str, Floats]) -> Floats:
    """Of the error of each person on the mix, (W,), with that of what their own mechanisms tell of them.

    Along that column the variance is a parabola, which three places give.
    """
    at = fit.contrast(WORKER, fixed, others)[1]
    if parts.usual is None:
        return at
    step = np.zeros_like(fixed)
    step[-1] = float(np.std(parts.usual))
    above, below = (fit.contrast(WORKER, fixed + side * step, others)[1] for side in (1, -1))
    x = parts.usual / step[-1]
    out: Floats = at + x * (above - below) / 2 + x**2 * ((above + below) / 2 - at)
    return out


def _worse(effects: Floats, errors: Floats, threshold: float, up: int) -> Floats:
    """Chance of lying on the wrong side, averaged over what the variances may be; draws (D, W) to (W,)."""
    out: Floats = ndtr(up * (threshold - effects) / errors).mean(axis=0)
    return out


def _with_pairs(
    fit: Fit, pairs: Pairs, has: Variances, others: dict[str, Floats], effect: Floats, variance: Floats
) -> tuple[Floats, Floats]:
    """The person on the mix: their own effect, and their strengths at each mechanism by its weight in the mix."""
    if PAIR not in fit.effects or has.pair == 0 or MECHANISM not in others:
        return effect, variance
    weight = others[MECHANISM][pairs.mechanism]
    known = has.pair / (has.pair + pairs.noise(has.spell))
    weighed = fit.effects[PAIR] * weight

    def by_worker(values: Floats) -> Floats:
        return np.bincount(pairs.worker, values, pairs.workers)

    unseen = float(np.sum(others[MECHANISM] ** 2)) - by_worker(weight**2)
    own = by_worker(weight**2 * (1 - known)) + np.maximum(unseen, 0.0)
    kept = (1 - by_worker(weight * known)) ** 2
    return effect + by_worker(weighed), variance * kept + has.pair * own


def _may_be(chosen: Chosen, pairs: Pairs, has: Variances, effect: Floats) -> tuple[Floats, Floats]:
    """How effects shift and their variances grow where the variances of the model are others, (D, W) each."""
    count = DRAWS if len(pairs.worker) <= MANY_PAIRS else DRAWS // 4
    draws = variance_draws(chosen, count)
    none = np.zeros(count)
    along = chosen.parts.along_mechanisms(chosen.fit)
    parts = [draws.get(WORKER, none) + along, draws.get(PAIR, none), draws.get(SPELL, none)]
    noise = _noise(pairs, has.pair, has.spell)
    shrunk = has.worker / (has.worker + noise)
    seen = np.where(shrunk > 0.02, effect / np.maximum(shrunk, 1e-300), _mean_surplus(pairs))
    shifts, more = np.empty((count, pairs.workers)), np.empty((count, pairs.workers))
    left = shrunk * noise
    for i, (worker, pair, spell) in enumerate(zip(*parts, strict=True)):
        other = _noise(pairs, pair, spell)
        now = worker / (worker + other)
        shifts[i] = (now - shrunk) * seen
        more[i] = now * other - left
    return shifts, more


def _noise(pairs: Pairs, pair: float, spell: float) -> Floats:
    """Variance of what is seen of each worker around their own effect, (W,)."""
    told = np.bincount(pairs.worker, 1 / (pair + pairs.noise(spell)), pairs.workers)
    out: Floats = 1 / np.maximum(told, 1e-300)
    return out


def _mean_surplus(pairs: Pairs) -> Floats:
    weight = np.bincount(pairs.worker, pairs.weight, pairs.workers)
    out: Floats = np.bincount(pairs.worker, pairs.surplus, pairs.workers) / np.maximum(weight, 1e-300)
    return out


def reach(mix: Mix, effect: Floats, error: Floats) -> tuple[Floats, Floats, Floats]:
    """(adjusted, low, high), user's units."""
    z = float(norm.ppf((1 + LEVEL) / 2))
    ends = [mix.reached(effect + side * z * np.nan_to_num(error, nan=np.inf)) for side in (-1, 1)]
    low, high = (np.where(np.isnan(error), np.nan, end) for end in ends)
    return mix.reached(effect), low, high
