"""From what the search found to rows that can be kept."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.spec import Cluster as Found
from andon.analysis.clusters.spec import Curve
from andon.lake.missing import NOT_GIVEN
from andon.watch.clusters.heard import Heard, moment
from andon.watch.models import Cluster
from andon.watch.pictures import column

MEMBERS = 2_000  # of a cluster that are kept; its examples and its newest
MOSTLY = 0.6  # share of the signals whose mechanism is known, above which the cluster is about it
KNOWN = 3  # signals with a known mechanism below which none is named
WORST = 1e-12  # the least chance that is told


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cluster, unsaved, and its signals: the best examples first."""

    cluster: Cluster
    members: list[int]


def candidates(heard: Heard, found: tuple[Found, ...]) -> list[Candidate]:
    """What was found, without what only says that something was left blank."""
    made = (Candidate(_row(heard, one), _members(heard, one)) for one in found if _says_something(one))
    return [one for one in made if one.members]


def _says_something(one: Found) -> bool:
    return bool(one.terms) or not one.slice or any(value != NOT_GIVEN for value in one.slice.values())


def _row(heard: Heard, one: Found) -> Cluster:
    return Cluster(
        slice={name: value for name, value in one.slice.items() if value != NOT_GIVEN},
        terms=list(one.terms),
        starts=moment(one.begin),
        ends=moment(one.end),
        observed=round(one.observed),
        expected=float(one.expected),
        ratio=float(one.ratio) if np.isfinite(one.ratio) else None,
        p=max(float(one.p_adjusted), WORST),
        customers=one.customers or 0,
        contacts=len(one.rows),
        sentence=_sentence(one),
        artefacts=list(one.possible_artefacts),
        curve=_curve(one.curve),
        kind=one.kind,
        mechanism_id=_mechanism(heard.mechanisms[one.rows]),
    )


def _sentence(one: Found) -> str:
    """As the search says it, read aloud: “with product Kettle”."""
    said = one.sentence
    for name, value in one.slice.items():
        said = said.replace(f"{name} = {value}", f"{name} {value}")
    return said


def _members(heard: Heard, one: Found) -> list[int]:
    """Keys of its signals, without twins: examples, then the newest, those without words last."""
    newest = np.sort(one.rows)[::-1].tolist()
    texts = heard.records.texts or []
    places = [*one.examples, *sorted(newest, key=lambda place: not texts[place])]
    return list(dict.fromkeys(heard.keys[places].tolist()))[:MEMBERS]


def _mechanism(keys: np.ndarray) -> int | None:
    known = Counter(key for key in keys.tolist() if key)
    if not known:
        return None
    key, most = known.most_common(1)[0]
    return key if most >= max(KNOWN, MOSTLY * known.total()) else None


def _curve(curve: Curve) -> dict:
    step = np.diff(curve.start).astype(np.int64) if len(curve.start) > 1 else np.array([7 * 86400])
    return {
        "at": [str(at) for at in curve.start],
        "count": column(curve.observed),
        "expected": column(curve.expected),
        "upper": column(curve.upper),
        "inside": curve.inside.astype(int).tolist(),
        "every": _every(float(np.median(step))),
    }


def _every(seconds: float) -> str:
    """How a window is called: one of seven days that ends today begins on any weekday."""
    lengths = {"hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30.4 * 86400}
    return min(lengths, key=lambda name: abs(np.log(seconds / lengths[name])))
