"""How much of all differences between cases belongs to the process, to people, and to chance."""

from typing import Literal

import numpy as np

from andon.analysis.attribution.choose import Chosen
from andon.analysis.attribution.model import COVARIATE, PEOPLE, WORKER, Parts
from andon.analysis.attribution.spec import Floats, Share
from andon.analysis.attribution.uncertain import variance_draws
from andon.lake.factors import FactorCells
from andon.stats.mixed import Fit

CANCELLED = 0.7  # parts of the process that vary less than this together, of what they vary alone, cancel
SLOPES, CHANCE = "covariates in a straight line", "chance"


def shares(cells: FactorCells, parts: Parts, chosen: Chosen) -> tuple[Share, ...]:
    """Parts of the model in the order of process, people, chance; each with a 95 % interval.

    On the scale of the model; of yes and no, chance is pi^2/3 (Nakagawa and Schielzeth 2010).
    """
    fit = chosen.fit
    slopes = parts.process_fixed[:, : len(parts.slopes)]
    fixed = _variance(slopes @ fit.fixed[1 : 1 + len(parts.slopes)], cells)
    by_line = parts.along_mechanisms(fit)
    estimate = {
        **fit.variances,
        **({WORKER: fit.variances[WORKER] + by_line} if by_line else {}),
        **({SLOPES: fixed} if parts.slopes else {}),
        CHANCE: max(fit.residual, 0.0),
    }
    together = _together(cells, parts, fit)
    estimate = {
        name: value * (together if _group(name) == "process" else 1.0) for name, value in estimate.items()
    }
    draws = _draws(chosen, fixed, bool(parts.slopes), by_line)
    draws = {name: value * (together if _group(name) == "process" else 1.0) for name, value in draws.items()}
    whole, drawn = sum(estimate.values()) or 1.0, np.sum(list(draws.values()), axis=0)
    found = []
    for name in sorted(estimate, key=_place):
        low, high = np.quantile(draws[name] / np.maximum(drawn, 1e-300), (0.025, 0.975))
        share = estimate[name] / whole
        found.append(
            Share(_named(name), _group(name), estimate[name], share, min(low, share), max(high, share))
        )
    return tuple(found)


def _draws(chosen: Chosen, fixed: float, has_fixed: bool, by_line: float) -> dict[str, Floats]:
    fit = chosen.fit
    draws = {name: drawn for name, drawn in variance_draws(chosen).items() if name in fit.effects}
    count = len(next(iter(draws.values())))
    if by_line:
        draws[WORKER] = draws[WORKER] + by_line
    chance = {CHANCE: np.full(count, max(fit.residual, 0.0))}
    return draws | ({SLOPES: np.full(count, fixed)} if has_fixed else {}) | chance


def _together(cells: FactorCells, parts: Parts, fit: Fit) -> float:
    """How much the parts of the process vary together, of what they vary one by one: below 1 where they cancel.

    A straight line through time and effects of weeks that lean against it are large alone and small together. Small
    overlaps either way are chance, and count as none.
    """
    known = [name for name in parts.process if name in fit.effects]
    lines = [fit.effects[name][parts.groupings[name].codes] for name in known]
    if parts.slopes:
        lines.append(parts.process_fixed @ fit.fixed[1:])
    alone = sum(_variance(line, cells) for line in lines)
    ratio = _variance(np.sum(lines, axis=0), cells) / alone if alone > 0 else 1.0
    return ratio if ratio < CANCELLED else 1.0


def _variance(line: Floats, cells: FactorCells) -> float:
    """Over the cases."""
    mean = np.average(line, weights=cells.n)
    return float(np.average((line - mean) ** 2, weights=cells.n))


def _place(name: str) -> tuple[int, str]:
    order = ["mechanism", "team", SLOPES, "period", "mechanism × period", *PEOPLE, CHANCE]
    return (order.index(name), "") if name in order else (2, name)


def _group(name: str) -> Literal["process", "people", "chance"]:
    return "chance" if name == CHANCE else "people" if name in PEOPLE else "process"


def _named(name: str) -> str:
    return name.removeprefix(COVARIATE)


def sums(found: tuple[Share, ...]) -> dict[str, float]:
    """Share of process, people and chance."""
    return {
        group: sum(one.share for one in found if one.group == group)
        for group in ("process", "people", "chance")
    }
