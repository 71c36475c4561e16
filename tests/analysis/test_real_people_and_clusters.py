"""What is known to have happened in real data is found in clusters and attributions. Needs ../shared/data."""

import os
from pathlib import Path

import numpy as np
import pytest

from andon.analysis.clusters.ask import Question, answer
from andon.analysis.clusters.spec import Cluster, Clusters, ClusterSpec
from andon.analysis.clusters.windows import parse_window

DATA = Path(__file__).parents[2].parent / "shared" / "data"
BANKS = "complaints/cfpb_checking_savings_2025.parquet"


def needed(file: str) -> str:
    if not (DATA / file).exists():
        absent = pytest.fail if os.environ.get("CI") else pytest.skip
        absent(f"needs {file} beside the project")
    return str(DATA / file)


# Complaints about banks


def banks(*attributes: str, asof: str | None = None) -> Clusters:
    last = np.datetime64(asof, "s") if asof else None
    spec = ClusterSpec(parse_window("1m"), asof=last)
    return answer(Question((needed(BANKS),), "received_month", attributes=attributes, spec=spec)).found


def of(found: Clusters, company: str) -> list[Cluster]:
    return [one for one in found.clusters if one.slice.get("company") == company]


@pytest.fixture(scope="module")
def whole_year():
    return banks("company", "issue")


@pytest.mark.parametrize("company", ["NAVY FEDERAL CREDIT UNION", "CAPITAL ONE FINANCIAL CORPORATION"])
def test_the_flood_of_january_is_seen_afterwards_and_said_to_have_no_history(whole_year, company):
    (found,) = of(whole_year, company)
    assert found.begin == np.datetime64("2025-01-01")
    assert found.ratio > 5
    assert any("no history before it" in note for note in found.possible_artefacts)


def test_the_strongest_clusters_of_the_year_are_the_two_floods(whole_year):
    strongest = {one.slice["company"] for one in whole_year.clusters[:2]}
    assert strongest == {"NAVY FEDERAL CREDIT UNION", "CAPITAL ONE FINANCIAL CORPORATION"}


def test_netspend_is_found_in_the_opening_of_accounts_from_july(whole_year):
    (found,) = of(whole_year, "Netspend Corporation")
    assert found.slice["issue"] == "Opening an account"
    assert found.begin == np.datetime64("2025-07-01")
    assert found.possible_artefacts == ()


def test_the_slow_rise_of_chime_is_found_though_no_month_is_a_jump(whole_year):
    (found,) = of(whole_year, "Chime Financial Inc")
    assert found.end >= np.datetime64("2026-01-01")
    assert found.begin <= np.datetime64("2025-07-01")
    assert 1.2 < found.ratio < 2.5


def test_netspend_is_found_in_the_month_it_begins():
    found = banks("company", asof="2025-07-31T23:59:59")
    assert [one.slice["company"] for one in found.clusters] == ["Netspend Corporation"]


def test_the_slow_rise_is_not_called_before_it_shows():
    assert of(banks("company", asof="2025-06-30T23:59:59"), "Chime Financial Inc") == []


def test_with_four_months_nothing_is_compared():
    assert any("only four windows" in warning for warning in banks("company", asof="2025-04-30T23:59:59").warnings)
