"""Where nothing happens, nothing is found: calm, wild, growing, with seasons. Minutes, not seconds."""

import pytest
from scipy import stats

from andon.analysis.clusters.windows import ONE_DAY
from tests.analysis.clusters.made import looked, quiet

WORLDS = {
    "calm": {},
    "wild days": {"wild": 0.1},
    "wild values": {"apart": 0.1},
    "growing": {"growth": 1.5, "a_day": 12},
    "growing and wild": {"growth": 1.0, "wild": 0.1, "apart": 0.05},
    "winters": {"winter": 0.5, "weeks": 130, "texts": False},
}
TRIES = 10


@pytest.mark.slow
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("asof", [False, True], ids=["looking back", "as of the last day"])
def test_false_clusters_stay_within_what_is_allowed(world, asof):
    wrong = 0
    for seed in range(TRIES):
        records = quiet(seed, **WORLDS[world])
        wrong += bool(looked(records, str(records.at.max())[:10] if asof else None).clusters)
    assert wrong <= stats.binom.isf(0.005, TRIES, 0.05)


@pytest.mark.slow
def test_days_with_their_week_stay_within_what_is_allowed():
    wrong = sum(
        bool(looked(quiet(seed, weeks=26, texts=False), window=ONE_DAY).clusters) for seed in range(TRIES)
    )
    assert wrong <= stats.binom.isf(0.005, TRIES, 0.05)
