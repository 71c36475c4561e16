"""Real emergency departments with a simulated survey. Needs ../shared/data."""

import csv

import numpy as np
import pyarrow.parquet as pq
import pytest

from andon.analysis.linking.ask import answer
from andon.analysis.linking.spec import LinkQuestion
from tests.needs import shared

EMERGENCY = "data/timeseries/nhs_ae_attendances.parquet"


@pytest.fixture(scope="module")
def shares():
    """Breaches of attendances, by organisation and year that begins in April."""
    table = pq.read_table(shared(EMERGENCY)).to_pydict()
    sums: dict[tuple[str, int], list[float]] = {}
    for org, at, late, every in zip(
        *(table[n] for n in ("org_code", "period", "breaches", "attendances")), strict=True
    ):
        found = sums.setdefault((str(org), at.year - (at.month < 4)), [0.0, 0.0])
        found[0] += late
        found[1] += every
    return {key: late / every for key, (late, every) in sorted(sums.items()) if every}


def asked(folder, rows):
    path = folder / "survey.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("org_code", "period", "mood"), *rows])
    question = LinkQuestion(
        str(path),
        str(shared(EMERGENCY)),
        "org_code",
        "period",
        ("mood",),
        ("breaches",),
        "attendances",
        permutations=999,
    )
    return answer(question)


def spelled(org, year):
    return f" {org.lower()}", f"{year}/{(year + 1) % 100}"


def test_a_survey_that_goes_with_breaches_is_found_between_and_within(shares, tmp_path):
    rng = np.random.default_rng(1)
    rows = [(*spelled(*key), 7 - 3 * share + rng.normal(0, 0.1)) for key, share in shares.items()]
    found = asked(tmp_path, rows)
    assert len(found.joined.units) == 274
    assert found.joined.periods == ["2016/17", "2017/18", "2018/19"]
    (one,) = found.links
    assert one.between.verdict == one.within.verdict == "association"
    assert one.between.found.r < -0.8


def test_a_survey_of_nothing_is_linked_to_nothing(shares, tmp_path):
    rng = np.random.default_rng(2)
    level = {org: rng.normal() for org, _ in shares}
    rows = [(*spelled(*key), level[key[0]] + rng.normal(0, 0.3)) for key in shares]
    (one,) = asked(tmp_path, rows).links
    assert one.between.verdict == one.within.verdict == "no sign"
    assert not one.direction


def test_a_sign_turned_round_within_organisations_is_simpsons_paradox(shares, tmp_path):
    rng = np.random.default_rng(3)
    usual = {org: np.mean([s for (o, _), s in shares.items() if o == org]) for org, _ in shares}
    rows = [
        (*spelled(*key), 5 + 8 * usual[key[0]] - 8 * (share - usual[key[0]]) + rng.normal(0, 0.1))
        for key, share in shares.items()
    ]
    (one,) = asked(tmp_path, rows).links
    assert one.simpson
    assert "Simpson's paradox" in one.sentence
