"""Whether a person can be told apart from the mechanism, and from the team, they work in."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from andon.analysis.attribution.evidence import Pairs
from andon.analysis.attribution.spec import Bools, Connectivity, Floats, Ints

FEWEST = 1.2  # effective mechanisms: nine cases in ten through one of two is 1.22
ALONE = 0.2  # share of what is known of somebody that must come from teams with others in them
THIN = (
    0.05  # a link that tells less than this share of what the worker's strongest one tells connects nothing
)
SMALL_GROUP = 10  # people who share no mechanism with anybody else can be compared among so many
ONE, OWN, TEAM, GROUP = "one mechanism", "nobody else", "alone in the team", "a small group apart"


@dataclass(frozen=True, slots=True, eq=False)
class Separability:
    """effective: mechanisms that tell of each worker, (W,), counted by what they tell. reason: "" or why not, (W,).

    main: name of the mechanism that tells most, as a code (W,); share: how much of all that is known, (W,).
    """

    effective: Floats
    reason: list[str]
    main: Ints
    share: Floats
    component: Ints

    @property
    def inseparable(self) -> Bools:
        return np.array([bool(reason) for reason in self.reason], np.bool_)


def _by_worker(pairs: Pairs, values: Floats) -> Floats:
    return np.bincount(pairs.worker, values, pairs.workers)


def telling(pairs: Pairs, worker: float, pair: float, spell: float) -> Floats:
    """What each pair tells of its worker, as an inverse variance, (K,).

    A mechanism is known only from the others who work there: nobody else, and the pair tells nothing.
    """
    noise = pairs.noise(spell) + pair
    known = 1 / (noise + worker)
    others = np.bincount(pairs.mechanism, known, pairs.mechanisms)[pairs.mechanism] - known
    alone = others < 1e-9 * np.maximum(known, 1e-300)
    return np.where(alone, 0.0, 1 / (noise + 1 / np.where(alone, 1.0, others)))


def separability(pairs: Pairs, teams: Pairs | None, worker: float, pair: float, spell: float) -> Separability:
    """By design and variances: `worker`, `pair`, `spell` are those of the model."""
    info = telling(pairs, worker, pair, spell)
    total = _by_worker(pairs, info)
    safe = np.maximum(total, 1e-300)
    share = info / safe[pairs.worker]
    effective = np.where(total > 0, 1 / np.maximum(_by_worker(pairs, share**2), 1e-300), 0.0)
    order = np.lexsort((share, pairs.worker))
    main = np.zeros(pairs.workers, np.int64)
    main[pairs.worker[order]] = order  # the last of each worker is the one that tells most
    component = _components(pairs, share)
    reason = _reasons(pairs, teams, effective, total, component)
    return Separability(effective, reason, pairs.mechanism[main], share[main], component)


def _components(pairs: Pairs, share: Floats) -> Ints:
    """Which workers hang together through mechanisms that really tell of them, (W,)."""
    most = np.zeros(pairs.workers)
    np.maximum.at(most, pairs.worker, share)
    some = share >= THIN * most[pairs.worker]
    size = pairs.workers + pairs.mechanisms
    links = coo_array(
        (np.ones(int(some.sum())), (pairs.worker[some], pairs.workers + pairs.mechanism[some])),
        shape=(size, size),
    )
    found = connected_components(links, directed=False)[1]
    out: Ints = np.asarray(found[: pairs.workers], np.int64)
    return out


def _reasons(
    pairs: Pairs, teams: Pairs | None, effective: Floats, total: Floats, component: Ints
) -> list[str]:
    count = np.bincount(pairs.worker, minlength=pairs.workers)
    size = np.bincount(component)[component]
    largest = int(np.bincount(component).max())
    apart = (size < SMALL_GROUP) & (size < largest)
    alone = np.zeros(pairs.workers, np.bool_) if teams is None else _alone(teams)
    tests = ((count <= 1, ONE), (total <= 0, OWN), (effective < FEWEST, ONE), (alone, TEAM), (apart, GROUP))
    out = [""] * pairs.workers
    for wrong, name in reversed(tests):
        for i in np.flatnonzero(wrong).tolist():
            out[i] = name
    return out


def _alone(teams: Pairs) -> Bools:
    """Who is (nearly) the only one in all of their teams, (W,)."""
    others = np.bincount(teams.mechanism, teams.n, teams.mechanisms)[teams.mechanism] - teams.n
    shared = np.where(others >= THIN * teams.n, teams.n, 0.0)
    return np.asarray(_by_worker(teams, shared) < ALONE * _by_worker(teams, teams.n), np.bool_)


def connectivity(pairs: Pairs, found: Separability) -> Connectivity:
    sizes = np.bincount(found.component)
    sizes = sizes[sizes > 0]
    reasons = {name: found.reason.count(name) for name in (ONE, OWN, TEAM, GROUP) if name in found.reason}
    return Connectivity(
        components=len(sizes),
        largest=int(sizes.max()),
        one_mechanism=int((np.bincount(pairs.worker, minlength=pairs.workers) <= 1).sum()),
        inseparable=int(found.inseparable.sum()),
        median_mechanisms=float(np.median(found.effective)),
        reasons=reasons,
    )
