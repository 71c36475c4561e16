"""Separating the person from the process: from factor cells to what can be said, and what cannot."""

from dataclasses import replace
from typing import Literal

import numpy as np

from andon.analysis.attribution import sentences, separable
from andon.analysis.attribution.anybody import NOBODY_SHOWN, anybody_below
from andon.analysis.attribution.calibrate import NOT_DONE, calibration
from andon.analysis.attribution.choose import Chosen, choose, compare
from andon.analysis.attribution.evidence import Pairs, evidence, pairs_of, team_pairs
from andon.analysis.attribution.levels import level_of
from andon.analysis.attribution.model import COVARIATE, MECHANISM, TEAM, parts_of
from andon.analysis.attribution.people import (
    Estimates,
    estimates,
    mix_of,
    reach,
    reference_weights,
    standard_of,
    variances_of,
)  # fmt: skip
from andon.analysis.attribution.ranking import by_worker, rankings
from andon.analysis.attribution.scale import Mix, Scale, scale_of
from andon.analysis.attribution.shares import shares, sums
from andon.analysis.attribution.spec import (
    BELOW,
    CANNOT_TELL,
    VERDICTS,
    Attribution,
    AttributionSpec,
    Calibration,
    Floats,
    People,
    Standard,
)  # fmt: skip
from andon.analysis.attribution.steady import Lasting, lasting
from andon.analysis.attribution.stretch import STRETCHED, stretch_of
from andon.analysis.attribution.verdicts import verdicts
from andon.analysis.attribution.warn import warnings_of
from andon.lake.factors import FactorCells

MANY = 20_000  # people beyond whom weeks are left out only of those about to be named
UNITS = {"proportion": "share", "value": "plain", "count": "rate"}


def attribute(cells: FactorCells, spec: AttributionSpec | None = None) -> Attribution:
    """What the numbers can say of process and people, and where they cannot tell.

    Raises ValueError, with a sentence, where a model cannot be fitted at all.
    """
    spec = spec or AttributionSpec()
    good: Literal["high", "low"] = spec.good or "high"
    if spec.kind and spec.kind != cells.kind:
        cells = replace(cells, kind=spec.kind)
    scale, parts = scale_of(cells, good), parts_of(cells)
    chosen = choose(cells, parts, scale)
    fit, parts = chosen.fit, chosen.parts
    seen = evidence(cells, parts, fit, scale)
    pairs, has = pairs_of(cells, parts, seen), variances_of(fit, parts)
    apart = separable.separability(pairs, team_pairs(cells, parts, seen), has.worker, has.pair, has.spell)
    mix = mix_of(cells, seen, scale, has, stretch_of(pairs, seen, has))
    mechanisms = level_of(MECHANISM, cells, fit, scale, seen, mix.spread)
    standard = standard_of(spec, mix, scale, has, mechanisms, cells.kind)
    found = estimates(cells, parts, chosen, scale, mix, standard, seen, pairs)
    checked = calibration(cells, parts, fit, scale, seen, pairs, apart) if spec.calibrate else NOT_DONE
    anybody = anybody_below(found, pairs, has, ~apart.inseparable, scale.up)
    verdict = verdicts(found, apart, spec.fdr, checked.passed is True or not spec.calibrate, anybody)
    weights = reference_weights(cells, parts, fit, seen, scale, found.threshold)[1]
    named = np.array(verdict) == BELOW
    asked = np.flatnonzero(named if pairs.workers > MANY else ~apart.inseparable)
    share = weights.get(MECHANISM, np.zeros(pairs.mechanisms))
    left = lasting(asked, cells, seen, pairs, has, found, share, scale.up)
    rests = {w for w in np.flatnonzero(named).tolist() if left.rests(w, found.threshold, scale.up)}
    for worker in rests:
        verdict[worker] = CANNOT_TELL
    people = _people(
        cells, pairs, apart, found, mix, verdict, rests, left, _why(spec, standard, cells, checked, scale)
    )
    parted = shares(cells, parts, chosen)
    total = sums(parted)
    result = Attribution(
        kind=cells.kind,
        good=good,
        outcome=cells.outcome,
        standard=standard,
        fdr=spec.fdr,
        people=people,
        mechanisms=mechanisms,
        teams=level_of(TEAM, cells, fit, scale, seen, mix.spread) if TEAM in cells.factors else None,
        shares=parted,
        compared=compare(cells, parts, scale, chosen) if spec.compare else (),
        model=_model(chosen),
        calibration=checked,
        connectivity=separable.connectivity(pairs, apart),
        rankings=rankings(cells, people.raw, scale, standard, found, verdict),
        counts={word: verdict.count(word) for word in VERDICTS},
        unit=UNITS[cells.kind],
        sentence=sentences.headline(total["process"], total["people"], cells.outcome, _named(cells)),
        warnings=(),
        notes=(
            *parts.notes,
            *(note.removeprefix(COVARIATE) for note in fit.notes),
            *([STRETCHED] if mix.stretch else []),
            *([] if anybody or apart.inseparable.all() else [NOBODY_SHOWN]),
        ),
    )
    return replace(
        result,
        warnings=warnings_of(result, cells, spec, has, chosen.sorted_by if parts.usual is not None else 0.0),
    )


def _named(cells: FactorCells) -> list[str]:
    """What the process is made of here, in words."""
    names = ["mechanism"] + ["team"] * (TEAM in cells.factors)
    names += ["week" if cells.every == "week" else "time"] * ("period" in cells.factors)
    return names + ["customer mix"] * bool(cells.bins)


def _why(
    spec: AttributionSpec, standard: Standard, cells: FactorCells, checked: Calibration, scale: Scale
) -> sentences.Why:
    known = [*_named(cells)[: len(_named(cells)) - bool(cells.bins)], *cells.bins]
    listed = ", ".join(known)
    depends = f"It holds if nothing else that follows the person matters beyond {listed}."
    shared = scale.up * (standard.usual - standard.value) < 0
    checked = checked if spec.calibrate else replace(checked, passed=True)
    return sentences.Why(
        standard, UNITS[cells.kind], spec.fdr, checked, shared, depends, cells.every or "week"
    )


def _people(
    cells: FactorCells, pairs: Pairs, apart: separable.Separability, found: Estimates, mix: Mix,
    verdict: list[str], rests: set[int], left: Lasting, why: sentences.Why,
) -> People:  # fmt: skip
    n = by_worker(cells, cells.n)
    raw = cells.shift + cells.scale * by_worker(cells, cells.total) / n
    adjusted, low, high = reach(mix, found.effect, found.error)
    count = np.bincount(pairs.worker, minlength=pairs.workers)
    names = [cells.factors[MECHANISM].levels[i] for i in apart.main.tolist()]
    told = [
        why.sentence(
            n[i],
            int(count[i]),
            (adjusted[i], low[i], high[i]),
            float(found.p_below[i]),
            verdict[i],
            apart.reason[i],
            names[i],
            _rest(cells, left, i) if i in rests else None,
        )
        for i in range(len(n))
    ]
    return People(
        cells.factors["worker"].levels,
        n,
        count,
        raw,
        adjusted,
        low,
        high,
        found.p_below,
        found.reliability,
        verdict,
        told,
        _reached(mix, left.effect),
    )


def _reached(mix: Mix, effect: Floats) -> Floats:
    """What the mix lets reach with each effect; NaN stays NaN."""
    known = np.isfinite(effect)
    out = np.full(len(effect), np.nan)
    out[known] = mix.reached(effect[known]) if known.any() else out[known]
    return out


def _rest(cells: FactorCells, left: Lasting, worker: int) -> tuple[str, float]:
    """The period in words, and how many cases lie in it."""
    return str(cells.factors["period"].levels[left.period[worker]]), float(left.cases[worker])


def _model(chosen: Chosen) -> dict[str, object]:
    fit, limits = chosen.fit, chosen.limits
    return {
        "family": fit.family,
        "method": fit.method,
        "parts": {
            name.removeprefix(COVARIATE): {
                "variance": value, "low": limits[name][0], "high": limits[name][1], "levels": len(fit.effects[name]),
            }
            for name, value in fit.variances.items()
        },
        "residual_variance": fit.residual,
        "coefficients": {
            name: {"estimate": float(value), "standard_error": float(np.sqrt(max(variance, 0.0)))}
            for name, value, variance in zip(fit.fixed_names, fit.fixed, np.diag(fit.fixed_covariance), strict=True)
        },
        "criterion": fit.criterion,
        "parameters": fit.parameters,
        "gradient_norm": fit.gradient_norm,
        "converged": fit.converged,
        "iterations": fit.iterations,
        "cells": fit.cells,
        "cases": fit.cases,
    }  # fmt: skip
