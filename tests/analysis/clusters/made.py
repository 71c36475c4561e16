"""Records as customers make them: weekends, regions, products and words; and what is planted among them."""

from dataclasses import replace

import numpy as np

from andon.analysis.clusters.finding import find_clusters
from andon.analysis.clusters.spec import Cluster, Clusters, ClusterSpec, Records
from andon.analysis.clusters.windows import WEEK
from andon.lake import Factor

START = np.datetime64("2024-01-01", "s")  # a Monday
LAST_SUNDAY = "2024-12-29"  # of 52 weeks
DAY = np.timedelta64(86400, "s")
VOCABULARY = 2000
NAMES = np.array(["".join(chr(97 + (i // 26**j) % 26) for j in range(4)) for i in range(VOCABULARY)])


def quiet(
    seed: int,
    weeks: int = 52,
    a_day: float = 20.0,
    growth: float = 0.0,
    wild: float = 0.0,
    apart: float = 0.0,
    winter: float = 0.0,
    texts: bool = True,
) -> Records:
    """Nothing happens. `growth`: logarithm of the rise from first to last day. `wild`: extra variance of whole days,
    `apart`: of each value's share by week. `winter`: how much a year's season moves everything.
    """
    rng = np.random.default_rng(seed)
    t = np.arange(weeks * 7)
    mean = (
        a_day
        * np.exp(growth * t / len(t))
        * (1 + winter * np.sin(2 * np.pi * t / 365))
        * np.where(t % 7 >= 5, 0.3, 1.28)
    )
    mean = mean * rng.gamma(1 / wild, wild, len(t)) if wild else mean
    day = np.repeat(t, rng.poisson(mean))
    attributes = {
        name: _factor(rng, name, levels, steep, day, apart)
        for name, levels, steep in (("region", 4, 0.5), ("product", 12, 1.0), ("channel", 3, 0.3))
    }
    customers = Factor(
        rng.integers(0, len(day), len(day)).astype(np.int32), [f"c{i}" for i in range(len(day))]
    )
    at = START + day * DAY + rng.integers(0, 86400, len(day)) * np.timedelta64(1, "s")
    return Records(at, attributes, _texts(rng, len(day)) if texts else None, customers)


def _factor(rng, name, levels, steep, day, apart):
    share = 1 / np.arange(1, levels + 1) ** steep
    weeks = np.ones((day.max() // 7 + 1, levels))
    weeks = (rng.gamma(1 / apart, apart, weeks.shape) if apart else weeks) * share
    edge = np.cumsum(weeks / weeks.sum(axis=1, keepdims=True), axis=1)[day // 7]
    codes = np.minimum((rng.random(len(day))[:, None] > edge).sum(axis=1), levels - 1)
    return Factor(codes.astype(np.int32), [f"{name} {i + 1}" for i in range(levels)])


def _texts(rng, n):
    share = 1 / np.arange(1, VOCABULARY + 1) ** 1.05
    lengths = rng.integers(5, 25, n)
    words = NAMES[rng.choice(VOCABULARY, lengths.sum(), p=share / share.sum())]
    return [" ".join(part) for part in np.split(words, np.cumsum(lengths)[:-1])]


def planted(
    records: Records,
    n: int,
    week: int,
    seed: int = 0,
    words: str = "",
    one_customer: bool = False,
    days: int = 7,
    **values: str,
) -> Records:
    """The same with `n` more records in a week, of these values, and with these words among theirs."""  # fmt: skip
    rng = np.random.default_rng(seed)
    at = START + week * 7 * DAY + rng.integers(0, days * 86400, n) * np.timedelta64(1, "s")
    like = rng.integers(0, len(records), n)
    attributes = {name: _more(factor, like, values.get(name)) for name, factor in records.attributes.items()}
    texts = records.texts and [*records.texts, *(_with(records.texts[i], words) for i in like.tolist())]
    assert records.customers is not None
    names = [*records.customers.levels, *(f"new {i}" for i in range(n))]
    who = len(records.customers.levels) + (
        np.zeros(n, np.int32) if one_customer else np.arange(n, dtype=np.int32)
    )
    customers = Factor(np.r_[records.customers.codes, who].astype(np.int32), names)
    return replace(records, at=np.r_[records.at, at], attributes=attributes, texts=texts, customers=customers)


def _more(factor, like, value):
    levels = factor.levels if value is None or value in factor.levels else [*factor.levels, value]
    codes = factor.codes[like] if value is None else np.full(len(like), levels.index(value))
    return Factor(np.r_[factor.codes, codes].astype(np.int32), levels)


def _with(text, words):
    parts = text.split()
    middle = len(parts) // 2
    return " ".join([*parts[:middle], *words.split(), *parts[middle:]])


def looked(records: Records, asof: str | None = None, **spec) -> Clusters:
    end = np.datetime64(f"{asof}T23:59:59", "s") if asof else None
    return find_clusters(records, replace(ClusterSpec(WEEK, end), **spec))


def only(found: Clusters) -> Cluster:
    assert len(found.clusters) == 1, [one.sentence for one in found.clusters]
    return found.clusters[0]
