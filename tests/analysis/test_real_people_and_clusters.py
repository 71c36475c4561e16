"""What is known to have happened in real data is found in clusters and attributions. Needs ../shared/data."""

import re
from pathlib import Path

import duckdb
import numpy as np
import pytest

from andon.analysis import ReviewSpec, ask
from andon.analysis.attribution import AttributionSpec
from andon.analysis.attribution import ask as separating
from andon.analysis.clusters.ask import Question, answer
from andon.analysis.clusters.spec import Cluster, Clusters, ClusterSpec
from andon.analysis.clusters.windows import parse_window
from tests.needs import shared

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "real-data-people-and-clusters.md"
BANKS = "complaints/cfpb_checking_savings_2025.parquet"
INCIDENTS = "service_desk/uci_incidents_from_2016-03-28.parquet"
PATIENTS = "complaints/nhs_patient_feedback_v6_labelled.parquet"
FLIGHTS = "timeseries/nycflights13_flights.parquet"


def needed(file: str) -> str:
    return str(shared(f"data/{file}"))


def made(file: str, name: str, folder: Path) -> str:
    """The file that the page says how to make."""
    source, out = needed(file), str(folder / name)
    (sql,) = re.findall(rf"COPY \((?:(?!COPY).)*TO '{name}';", PAGE.read_text("utf-8"), re.DOTALL)
    duckdb.connect().sql(sql.replace(f"../shared/data/{file}", source).replace(f"TO '{name}'", f"TO '{out}'"))
    return out


def attributed(
    file: str, outcome: str, worker: str, *mechanism: str, spec: AttributionSpec
) -> separating.Answer:
    return separating.answer(separating.Question((file,), outcome, worker, mechanism, spec=spec))


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
    assert any(
        "only four windows" in warning for warning in banks("company", asof="2025-04-30T23:59:59").warnings
    )


# A service desk


@pytest.fixture(scope="module")
def incidents(tmp_path_factory):
    file = made(INCIDENTS, "incidents.parquet", tmp_path_factory.mktemp("incidents"))
    spec = AttributionSpec(good="high", standard=0.5, compare=False)
    return attributed(file, "made_sla", "resolved_by", "assignment_group", spec=spec)


def test_an_incident_is_one_row(incidents):
    assert incidents.tally.read == 17_326
    assert incidents.cells.nobody == 61


def test_those_a_raw_list_of_resolvers_names_are_nearly_all_cleared(incidents):
    lowest = incidents.found.rankings[0]
    assert lowest.named == 20
    assert lowest.cleared >= 0.9 * lowest.named


def test_most_resolvers_cannot_be_separated_from_their_group(incidents):
    counts = incidents.found.counts
    assert counts["cannot be separated"] > 0.5 * len(incidents.found.people.worker)
    assert counts["below standard"] <= 2


# Patients


@pytest.fixture(scope="module")
def patients(tmp_path_factory):
    file = made(PATIENTS, "patients.parquet", tmp_path_factory.mktemp("patients"))
    spec = ReviewSpec(good="low")
    return ask.answer(ask.Question((file,), "month", outcome="poor", by=("service",), spec=spec))


def test_a_patient_is_one_row_and_codes_that_are_no_answers_are_left_out(patients):
    assert patients.tally.read == 4_227


def test_services_differ_the_whole_time_and_not_in_a_month(patients):
    found = patients.review
    usual = {one.name: found.points.centre[one.points].mean() for one in found.series}
    assert not found.out
    assert usual["Local partnerships- MH"] > 4 * usual["Community health services"]


# Flights


@pytest.fixture(scope="module")
def days():
    spec = AttributionSpec(good="low", standard=15, compare=False)
    return attributed(needed(FLIGHTS), "arr_delay", "carrier", "origin", "month", "day", spec=spec)


def test_the_day_at_an_airport_says_more_of_a_delay_than_the_carrier(days):
    share = {one.name: one.share for one in days.found.shares}
    assert share["mechanism"] > 2 * share["worker"]
    assert share["chance"] > 0.5


def test_the_worst_day_is_the_eighth_of_march(days):
    mechanisms = days.found.mechanisms
    worst = np.argsort(-mechanisms.effect)[:2]
    assert {mechanisms.name[i] for i in worst} == {"EWR · 3 · 8", "LGA · 3 · 8"}
