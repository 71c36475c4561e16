"""Clusters computed anew."""

from datetime import UTC, datetime

import numpy as np

from andon.analysis.clusters.finding import find_clusters
from andon.analysis.clusters.spec import ClusterSpec
from andon.watch import complaining
from andon.watch.clusters import keeping
from andon.watch.clusters.found import candidates
from andon.watch.clusters.heard import Heard, heard
from andon.watch.models import Cluster

FEWEST = 30  # signals below which nothing can be usual
NOUN = "signal"


def refresh(now: datetime, *, look_back: bool | None = None) -> int:
    """Looks through the signals of the last eighteen months; how many clusters go on.

    What goes on is told as of `now`, or of the last signal if data end before. `look_back` also finds what is over;
    left open, it does so while no cluster is known. Complaints of each mechanism are counted along the way.
    """
    said = heard(now)
    if len(said) < FEWEST:
        keeping.keep([], now, going_on=True)
        complaining.refresh(said, now)
        return 0
    if look_back or (look_back is None and not Cluster.objects.exists()):
        keeping.keep(_found(said, now, None), now, going_on=False)
    kept = keeping.keep(_found(said, now, min(now, said.last)), now, going_on=True)
    complaining.refresh(said, now)
    return len(kept)


def _found(said: Heard, now: datetime, asof: datetime | None) -> list:
    spec = ClusterSpec(asof=_end_of_day(asof) if asof else None, now=_moment(now), noun=NOUN)
    return candidates(said, find_clusters(said.records, spec).clusters)


def _end_of_day(at: datetime) -> np.datetime64:
    """So that windows hold whole days, however early in the day it is."""
    return _moment(at).astype("datetime64[D]") + np.timedelta64(86399, "s")


def _moment(at: datetime) -> np.datetime64:
    return np.datetime64(at.astimezone(UTC).replace(tzinfo=None), "s")
