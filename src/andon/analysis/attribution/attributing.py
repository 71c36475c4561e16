"""Separating the person from the process: from factor cells to what can be said, and what cannot."""

from dataclasses import replace

import numpy as np

from andon.analysis.attribution import sentences, separable
from andon.analysis.attribution.anybody import NOBODY_SHOWN
from andon.analysis.attribution.choose import Chosen, compare
from andon.analysis.attribution.judging import Judged, Known, judged, known
from andon.analysis.attribution.model import COVARIATE, MECHANISM, TEAM
from andon.analysis.attribution.people import reach
from andon.analysis.attribution.ranking import by_worker, rankings
from andon.analysis.attribution.scale import Mix
from andon.analysis.attribution.shares import shares, sums
from andon.analysis.attribution.spec import VERDICTS, Attribution, AttributionSpec, Floats, People
from andon.analysis.attribution.steady import Lasting
from andon.analysis.attribution.stretch import STRETCHED
from andon.analysis.attribution.warn import warnings_of
from andon.lake.factors import FactorCells

UNITS = {"proportion": "share", "value": "plain", "count": "rate"}


def attribute(cells: FactorCells, spec: AttributionSpec | None = None) -> Attribution:
    """What the numbers can say of process and people, and where they cannot tell.

    Raises ValueError, with a sentence, where a model cannot be fitted at all.
    """
    spec = spec or AttributionSpec()
    if spec.kind and spec.kind != cells.kind:
        cells = replace(cells, kind=spec.kind)
    of = known(cells, spec.good or "high")
    result = _told(of, judged(of, spec), spec)
    sorted_by = of.chosen.sorted_by if of.parts.usual is not None else 0.0
    return replace(result, warnings=warnings_of(result, cells, spec, of.has, sorted_by))


def _told(of: Known, found: Judged, spec: AttributionSpec) -> Attribution:
    cells, parted = of.cells, shares(of.cells, of.parts, of.chosen)
    total, people = sums(parted), _people(of, found, _why(of, found, spec))
    return Attribution(
        kind=cells.kind,
        good=spec.good or "high",
        outcome=cells.outcome,
        standard=found.standard,
        fdr=spec.fdr,
        people=people,
        mechanisms=found.mechanisms,
        teams=of.level(TEAM) if TEAM in cells.factors else None,
        shares=parted,
        compared=compare(cells, of.parts, of.scale, of.chosen) if spec.compare else (),
        model=_model(of.chosen),
        calibration=found.checked,
        connectivity=separable.connectivity(of.pairs, of.apart),
        rankings=rankings(cells, people.raw, of.scale, found.standard, found.found, found.verdict),
        counts={word: found.verdict.count(word) for word in VERDICTS},
        unit=UNITS[cells.kind],
        sentence=sentences.headline(total["process"], total["people"], cells.outcome, _named(cells)),
        warnings=(),
        notes=_notes(of, found),
    )


def _notes(of: Known, found: Judged) -> tuple[str, ...]:
    unshown = not found.anybody and not of.apart.inseparable.all()
    return (
        *of.parts.notes,
        *(note.removeprefix(COVARIATE) for note in of.fit.notes),
        *([STRETCHED] if of.mix.stretch else []),
        *([NOBODY_SHOWN] if unshown else []),
    )


def _named(cells: FactorCells) -> list[str]:
    """What the process is made of here, in words."""
    names = ["mechanism"] + ["team"] * (TEAM in cells.factors)
    names += ["week" if cells.every == "week" else "time"] * ("period" in cells.factors)
    return names + ["customer mix"] * bool(cells.bins)


def _why(of: Known, found: Judged, spec: AttributionSpec) -> sentences.Why:
    cells, standard = of.cells, found.standard
    listed = ", ".join([*_named(cells)[: len(_named(cells)) - bool(cells.bins)], *cells.bins])
    depends = f"It holds if nothing else that follows the person matters beyond {listed}."
    shared = of.scale.up * (standard.usual - standard.value) < 0
    checked = found.checked if spec.calibrate else replace(found.checked, passed=True)
    return sentences.Why(
        standard, UNITS[cells.kind], spec.fdr, checked, shared, depends, cells.every or "week"
    )


def _people(of: Known, judged: Judged, why: sentences.Why) -> People:
    cells, found, apart = of.cells, judged.found, of.apart
    n = by_worker(cells, cells.n)
    adjusted, low, high = reach(of.mix, found.effect, found.error)
    count = np.bincount(of.pairs.worker, minlength=of.pairs.workers)
    names = [cells.factors[MECHANISM].levels[i] for i in apart.main.tolist()]

    def told(i: int) -> str:
        rest = _rest(cells, judged.left, i) if i in judged.rests else None
        reached, below = (adjusted[i], low[i], high[i]), float(found.p_below[i])
        verdict = judged.verdict[i]
        return why.sentence(n[i], int(count[i]), reached, below, verdict, apart.reason[i], names[i], rest)

    return People(
        worker=cells.factors["worker"].levels,
        n=n,
        mechanisms=count,
        raw=cells.shift + cells.scale * by_worker(cells, cells.total) / n,
        adjusted=adjusted,
        low=low,
        high=high,
        p_below=found.p_below,
        reliability=found.reliability,
        verdict=judged.verdict,
        why=[told(i) for i in range(len(n))],
        lasting=_reached(of.mix, judged.left.effect),
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
