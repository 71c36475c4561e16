"""What was not planted is calm: no measure moves far without a cause in truth.json."""

import numpy as np
import pytest

from tests.simulate.conftest import query

LARGEST = 0.15
"""In log-odds, or logs of a time: what a third of the window may differ from another without a cause."""
CHANCE = 4.5
"""Standard errors of a third that are allowed on top."""
PLANTED_ELSEWHERE = {
    ("product-advice", "first-contact"),
    ("callback", "satisfaction"),
    ("callback", "effort"),
    ("returns-and-refunds", "satisfaction"),
    ("returns-and-refunds", "effort"),
}
"""Moved by a planted cause through what follows from it: a late refund is a nuisance."""


def thirds(files, measure):
    """Mean and standard error of a measure in each third of the window, without December."""
    column = f"{measure['outcome']}::double"
    value = f"sum({column}) / sum({measure['of']})" if measure["of"] else f"avg({column})"
    error = f"stddev({column}) / sqrt(count({column})) * {value} / avg({column})"
    return np.array(
        query(
            files,
            f"select {value}, {error} from interactions where mechanism = '{measure['mechanism']}' "
            'and month("at") <> 12 group by floor(epoch("at" - timestamp \'2025-05-22\') / (183 * 86400))',
        )
    )


def moved(measure, means, errors):
    """How far the thirds lie apart, and a standard error of one; in log-odds or logs."""
    slope = means * (1 - means) if measure["kind"] == "proportion" else means
    scaled = np.log(means / (1 - means)) if measure["kind"] == "proportion" else np.log(means)
    return np.ptp(scaled), max(errors / slope)


def test_no_measure_moves_far_without_a_cause(house):
    planted = {name for cause in house.causes.values() for name in cause["measures"]}
    for measure in house.table("measures"):
        name = measure["mechanism"], measure["measure"]
        if "/".join(name) in planted or name in PLANTED_ELSEWHERE or measure["kind"] in ("count", "between"):
            continue
        apart, error = moved(measure, *thirds(house, measure).T)
        assert apart < LARGEST + CHANCE * error, (name, apart, error)


@pytest.mark.parametrize("column", ["region", "channel", "product"])
def test_no_region_channel_or_old_product_is_worse_by_itself(house, column):
    shares = query(
        house,
        f"select {column}, avg(resolved_first::int - usual) from interactions join "
        "(select mechanism, team, avg(resolved_first::int) as usual from interactions group by all) "
        f"using (mechanism, team) where product <> 'Tidewell kettle' group by 1 having count(*) > 4000",
    )
    assert max(abs(share) for _, share in shares) < 0.02


def test_mechanisms_differ_by_half_a_log_odds(house):
    eases = list(house.truth["effects"]["mechanisms"].values())
    assert 0.4 < np.std(eases) < 0.65


def test_people_and_pairs_differ_as_much_as_the_truth_says(house):
    effects = house.truth["effects"]
    pairs = [value for row in effects["worker_and_mechanism"].values() for value in row.values()]
    assert 0.17 < np.std(list(effects["workers"].values())) < 0.26
    assert np.std(pairs) == pytest.approx(effects["spreads"]["worker_and_mechanism"], abs=0.02)


def test_true_effects_are_written_only_when_asked_for(small):
    assert "effects" not in small.truth
