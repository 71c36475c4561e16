"""From the sum of effects to what is expected of one case.

Effects are in log-odds wherever they act, so that spreads of different worlds can be compared: `scale` turns
them into the units of the link with the same slope at the base.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Link:
    """`mean` of a predictor, rising with it or, where less is better, falling; `scale` of one log-odds."""

    mean: Callable[[Floats], Floats]
    scale: float
    lowest: float
    highest: float
    """Between these predictors everything that is expected of a case lies."""


def _cloglog(predictor: Floats) -> Floats:
    share: Floats = -np.expm1(-np.exp(predictor))
    return share


def _loglog(predictor: Floats) -> Floats:
    share: Floats = np.exp(-np.exp(-predictor))
    return share


def _probit(predictor: Floats) -> Floats:
    share: Floats = ndtr(predictor)
    return share


def _logit(predictor: Floats) -> Floats:
    share: Floats = expit(predictor)
    return share


def _share(predictor: Floats) -> Floats:
    return np.clip(predictor, 0.005, 0.995)


def _score(predictor: Floats) -> Floats:
    return predictor


def _errors(predictor: Floats) -> Floats:
    rate: Floats = np.exp(-predictor)
    return rate


LINKS: dict[str, Link] = {
    "logit": Link(_logit, 1.0, -10, 10),
    "probit": Link(_probit, 0.571, -5, 5),
    "cloglog": Link(_cloglog, 0.497, -10, 3),
    "loglog": Link(_loglog, 0.896, -3, 10),
    "additive": Link(_share, 0.16, -1, 2),
    "score": Link(_score, 0.4, -100, 100),
    "errors": Link(_errors, 1.0, -10, 10),
}
"""Slopes at a share of 80 %: logit .16, probit .280, cloglog .322, loglog .179; additive acts on the share."""
