"""Whether a cluster stands when each customer counts once in all of it, and copies of a text once."""

from typing import Any

import numpy as np

from andon.analysis.clusters.alike import essence
from andon.analysis.clusters.choosing import Candidate, Judge
from andon.analysis.clusters.ground import Ground
from andon.analysis.clusters.spec import Floats, Ints
from andon.stats.unlikely import tail

ALIKE = 0.95  # cosine of character n-grams from which two texts are one
MOST = 1500  # records compared with each other
WEAKER = 0.5  # share of the (logarithmic) evidence that must remain


def steady(ground: Ground, judge: Judge, one: Candidate, inside: Ints) -> bool:
    """`inside`: the records of the cluster in its windows."""
    stretch = slice(one.first, one.last + 1)
    observed, expected = float(judge.counter.units.total(inside).sum()), float(one.expected[stretch].sum())
    once = min(_people(ground, judge, one, inside, observed), _texts(ground, inside, observed))
    if once >= observed:
        return True
    variance = (
        float((one.sd[stretch] ** 2).sum())
        + (one.sd[stretch].sum() / max(one.expected[stretch].sum(), 1e-9)) ** 2
    )
    before, after = (_log_p(n, expected, max(variance, expected)) for n in (observed, once))
    return after < WEAKER * before or after + one.cost < np.log(ground.spec.fdr)


def _log_p(observed: float, expected: float, variance: float) -> float:
    if observed <= expected or expected <= 0:
        return 0.0
    return float(tail(*(np.array([x]) for x in (observed, expected, variance)))[0])


def _people(ground: Ground, judge: Judge, one: Candidate, inside: Ints, observed: float) -> float:
    """What would be observed if customers came back in other windows as seldom as customers do on the whole."""
    if ground.customers is None or one.first == one.last:
        return observed
    codes = ground.customers[inside]
    different = len(np.unique(codes[codes >= 0])) + int((codes < 0).sum())
    return min(different * _usual_return(ground, judge, one), observed)


def _usual_return(ground: Ground, judge: Judge, one: Candidate) -> float:
    """Windows with a contact for each customer who came at all, in windows like these."""
    window = judge.counter.units.window
    all_ = np.flatnonzero((window >= one.first) & (window <= one.last))
    assert ground.customers is not None
    codes = ground.customers[all_]
    people = len(np.unique(codes[codes >= 0])) + int((codes < 0).sum())
    return float(judge.counter.units.total(all_).sum()) / max(people, 1)


def _texts(ground: Ground, inside: Ints, observed: float) -> float:
    """What is left when texts that are nearly the same count once; different customers are never one."""
    texts = ground.records.texts
    if texts is None or ground.customers is not None or not 2 <= len(inside) <= MOST:
        return observed
    said = [texts[i] for i in inside.tolist()]
    return min(observed, _different(said) + max(observed - len(inside), 0))


def _different(said: list[str]) -> float:
    """How many texts there are when near-copies are one."""
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    long = [text for text in said if essence(text)]
    short = len(said) - len(long)
    if len(long) < 2:
        return float(len(said))
    vectors: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    try:
        matrix = vectors.fit_transform(long)
    except ValueError:  # nothing but spaces
        return float(len(said))
    near: Floats = (matrix @ matrix.T) >= ALIKE
    groups, _ = connected_components(near, directed=False)
    return float(groups + short)
