"""Average run lengths: how many points a chart goes on average before it signals, the limits being known.

Exact for rules about zones (a Markov chain, Champ and Woodall, Technometrics 29, 1987), and to about six
digits for EWMA (Crowder 1987) and CUSUM (Brook and Evans 1972) by integral equations on Gauss-Legendre nodes.
Rules about steps and turns have no small chain: simulate them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.linalg import solve
from scipy.sparse import csc_array, eye_array
from scipy.sparse.linalg import spsolve
from scipy.special import ndtr

from andon.stats.limits import given
from andon.stats.rule_sets import Rule, rules_named
from andon.stats.rules import marks
from andon.stats.segments import Bools, Floats

State = tuple[int, ...]


@dataclass(frozen=True)
class _Watch:
    """One side of one rule: which zones pass, and how many of how many points must."""

    passes: Bools
    k: int
    n: int

    def step(self, bits: int, zone: int) -> int:
        """The last n points as bits, the newest lowest; an unbroken run forgets what came before."""
        if self.passes[zone]:
            return (bits << 1 | 1) & ((1 << self.n) - 1)
        return 0 if self.k == self.n else bits << 1 & ((1 << self.n) - 1)

    def signals(self, bits: int) -> bool:
        return bits.bit_count() >= self.k


def of_rules(rule_set: str | tuple[Rule, ...], shift: float = 0.0) -> float:
    """Exact average run length of zone rules on independent normal points moved by `shift` sigma.

    Raises ValueError for rules that are not about zones (steps, turns, runs of unusual length).
    """
    rules = rules_named(rule_set)
    edges = _edges(rules)
    chances = np.diff(ndtr(edges - shift))
    rows, cols, moved = _transitions([w for rule in rules for w in _watches(rule, edges)], chances)
    size = rows[-1] + 1
    chain = csc_array((moved, (rows, cols)), shape=(size, size))
    return float(spsolve(csc_array(eye_array(size) - chain), np.ones(size))[0])


def _edges(rules: tuple[Rule, ...]) -> Floats:
    if any(rule.test not in ("outside", "beyond", "within") for rule in rules):
        raise ValueError(
            "run lengths of steps, turns and run charts are simulated, not solved: use arl.simulated"
        )
    at = {_threshold(rule) for rule in rules}
    return np.array(sorted({-np.inf, np.inf} | at | {-edge for edge in at}))


def _threshold(rule: Rule) -> float:
    return 3.0 if rule.test == "outside" else rule.threshold


def _watches(rule: Rule, edges: Floats) -> list[_Watch]:
    above, below = edges[:-1] >= _threshold(rule), edges[1:] <= -_threshold(rule)
    if rule.test == "within":
        return [_Watch(~(above | below), rule.k, rule.n)]
    sides = [above, below] if rule.sides == "same" else [above | below]
    return [_Watch(side, rule.k, rule.n) for side in sides]


def _transitions(watches: list[_Watch], chances: Floats) -> tuple[list[int], list[int], list[float]]:
    """Walk every state that can be reached without a signal: (from, to, chance)."""
    known: dict[State, int] = {(0,) * len(watches): 0}
    waiting = list(known)
    rows, cols, moved = [], [], []
    for state in waiting:
        for zone, chance in enumerate(chances):
            after = tuple(w.step(bits, zone) for w, bits in zip(watches, state, strict=True))
            if any(w.signals(bits) for w, bits in zip(watches, after, strict=True)):
                continue
            after = tuple(bits & ((1 << w.n - 1) - 1) for w, bits in zip(watches, after, strict=True))
            if after not in known:
                known[after] = len(known)
                waiting.append(after)
            rows.append(known[state])
            cols.append(known[after])
            moved.append(float(chance))
    return rows, cols, moved


def ewma(weight: float, width: float, shift: float = 0.0, nodes: int = 201) -> float:
    """Average run length of an EWMA with steady limits at `width` sigma, started on the centre."""
    edge = width * np.sqrt(weight / (2 - weight))
    x, w = np.polynomial.legendre.leggauss(nodes)
    at, share = edge * x, edge * w
    start = np.append(at, 0.0)
    kernel = _density((at[None, :] - (1 - weight) * start[:, None]) / weight - shift) * share / weight
    inside = solve(np.eye(nodes) - kernel[:-1], np.ones(nodes))
    return float(1 + kernel[-1] @ inside)


def cusum(k: float = 0.5, h: float = 5.0, shift: float = 0.0, fir: float = 0.0) -> float:
    """Average run length of the two-sided CUSUM; `fir` is the head start as a share of h.

    The two sides combine exactly as in Lucas and Crosier (1982).
    """
    up, up_fir = _one_sided(k, h, shift, fir * h)
    down, down_fir = _one_sided(k, h, -shift, fir * h)
    return (up_fir * down + down_fir * up - up * down) / (up + down)


def _one_sided(k: float, h: float, shift: float, start: float, nodes: int = 201) -> tuple[float, float]:
    """(from 0, from `start`)."""
    x, w = np.polynomial.legendre.leggauss(nodes)
    at, share = h * (x + 1) / 2, h * w / 2
    begin = np.concatenate([[0.0], at, [start]])
    kernel = np.empty((nodes + 2, nodes + 1))
    kernel[:, 0] = ndtr(k - begin - shift)
    kernel[:, 1:] = _density(at[None, :] + k - begin[:, None] - shift) * share
    length = solve(np.eye(nodes + 1) - kernel[:-1], np.ones(nodes + 1))
    return float(length[0]), float(1 + kernel[-1] @ length)


def _density(z: Floats) -> Floats:
    density: Floats = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return density


def simulated(
    rule_set: str | tuple[Rule, ...],
    rng: Generator,
    shift: float = 0.0,
    series: int = 20_000,
    points: int = 4_000,
) -> tuple[float, float]:
    """(average run length, its standard error) by Monte Carlo, the limits known; any rule.

    A series without a signal in `points` counts as that long, which biases the mean down: choose many more
    points than the answer.
    """
    batch = max(1, 2_000_000 // points)
    lengths = np.concatenate(
        [
            _first_signals(rule_set, rng.normal(shift, 1, (min(batch, series - at), points)))
            for at in range(0, series, batch)
        ]
    )
    return float(lengths.mean()), float(lengths.std() / np.sqrt(len(lengths)))


def _first_signals(rule_set: str | tuple[Rule, ...], x: Floats) -> Floats:
    offsets = np.arange(len(x) + 1) * x.shape[1]
    hit = marks(rule_set, x.ravel(), given(0.0, -3.0, 3.0, offsets), offsets).reshape(x.shape) > 0
    return np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, x.shape[1]).astype(np.float64)
