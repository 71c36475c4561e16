"""Small designs, and the same model written out in full: dense matrices, nothing eliminated."""

import numpy as np
from hypothesis import strategies as st
from scipy.special import expit

from andon.stats.mixed import Design, Grouping


def grouping(labels):
    names, codes = np.unique(np.asarray(labels), return_inverse=True)
    return Grouping(codes.astype(np.int64), len(names))


def design(outcome, groupings, fixed=None, n=None, squares=None):
    """One row a case, unless n is given."""
    y = np.asarray(outcome, float)
    n = np.ones(len(y)) if n is None else np.asarray(n, float)
    fixed = np.empty((len(y), 0)) if fixed is None else np.asarray(fixed, float).reshape(len(y), -1)
    names = tuple(f"x{number}" for number in range(fixed.shape[1]))
    squares = y**2 / np.maximum(n, 1) if squares is None else squares
    found = {name: g if isinstance(g, Grouping) else grouping(g) for name, g in groupings.items()}
    return Design(n, y, squares, found, fixed, names)


def crossed(seed, cases=160, covariates=1, sd=(0.7, 0.5, 0.4)):
    """Labels of worker, mechanism, worker x mechanism, week; covariates; a linear predictor."""
    rng = np.random.default_rng(seed)
    worker, mechanism, week = (rng.integers(0, levels, cases) for levels in (12, 5, 4))
    labels = {
        "worker": worker,
        "mechanism": mechanism,
        "worker x mechanism": worker * 10 + mechanism,
        "week": week,
        "worker x week": worker * 10 + week,
    }
    x = rng.normal(size=(cases, covariates))
    eta = x.sum(axis=1) * 0.3 - 0.2
    for name, spread in zip(("worker", "mechanism", "worker x mechanism"), sd, strict=True):
        eta += rng.normal(0, spread, 200)[labels[name]]
    return rng, labels, x, eta


def outcome(rng, family, eta):
    if family == "gaussian":
        return eta + rng.normal(size=len(eta))
    if family == "binomial":
        return (rng.random(len(eta)) < expit(eta)).astype(float)
    return rng.poisson(np.exp(eta)).astype(float)


def dense(d, names):
    """[Z X] with the levels of `names` in turn, and the grouping of each column (-1: fixed)."""
    blocks = [np.eye(d.groupings[name].levels)[d.groupings[name].codes] for name in names]
    x = np.column_stack([np.ones(len(d.n)), d.fixed])
    owner = np.concatenate([np.full(block.shape[1], k) for k, block in enumerate(blocks)])
    return np.column_stack([*blocks, x]), np.concatenate([owner, np.full(x.shape[1], -1)])


SEEDS = st.integers(0, 10_000)
FAMILIES = ("gaussian", "binomial", "poisson")
