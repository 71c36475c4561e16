"""What is known to have happened among real complaints is found among them. Needs ../shared/data."""

import numpy as np
import pytest

from andon.analysis.clusters.ask import Question, answer
from andon.analysis.clusters.spec import ClusterSpec
from tests.needs import shared

BANKS = "complaints/cfpb_checking_savings_2025.parquet"
PATIENTS = "complaints/nhs_patient_feedback_v6_labelled.parquet"
SLICES = ("company", "issue", "sub_issue", "sub_product")
NAVY, CAPITAL = "NAVY FEDERAL CREDIT UNION", "CAPITAL ONE FINANCIAL CORPORATION"


def looked(file: str, at: str, asof: str | None = None, **asked):
    spec = ClusterSpec(asof=np.datetime64(asof, "s") if asof else None)
    return answer(Question((str(shared(f"data/{file}")),), at, spec=spec, **asked)).found


def months(one) -> tuple[str, str]:
    return str(one.begin)[:7], str(one.end - np.timedelta64(1, "s"))[:7]


@pytest.fixture(scope="module")
def banks():
    return looked(BANKS, "received_month", attributes=SLICES).clusters


def of(clusters, company):
    return [one for one in clusters if one.slice.get("company") == company]


def test_two_banks_in_january_are_the_strongest(banks):
    assert [one.slice for one in banks[:2]] == [{"company": NAVY}, {"company": CAPITAL}]
    assert all(months(one)[0] == "2025-01" for one in banks[:2])


def test_a_first_month_is_compared_with_what_came_after_and_says_so(banks):
    assert all("compared with what came after" in one.possible_artefacts[0] for one in banks[:2])


def test_one_bank_in_july_and_august_is_one_cluster(banks):
    (one,) = of(banks, "Netspend Corporation")
    assert months(one) == ("2025-07", "2025-08")
    assert one.observed == 278


def test_a_slow_rise_is_found(banks):
    (one,) = of(banks, "Chime Financial Inc")
    assert months(one)[1] == "2025-12"
    assert one.p_adjusted < 0.01


def test_each_is_found_in_its_month_and_not_before():
    assert (
        of(looked(BANKS, "received_month", "2025-06-30", attributes=SLICES).clusters, "Netspend Corporation")
        == []
    )
    (one,) = of(
        looked(BANKS, "received_month", "2025-07-31", attributes=SLICES).clusters, "Netspend Corporation"
    )
    assert (months(one), one.observed) == (("2025-07", "2025-07"), 142)


def test_no_bank_lights_up_because_two_others_did(banks):
    first = [one for one in banks if months(one)[0] == "2025-01"]
    assert sum(one.slice == {} for one in first) == 0
    assert len(first) < 10


def test_a_day_on_which_a_trust_sent_its_comments_is_named_as_such():
    found = looked(
        PATIENTS, "Date", text="FFT answer", attributes=("Trust", "Service type 1", "FFT categorical answer")
    )
    notes = [note for one in found.clusters for note in one.possible_artefacts]
    assert any("255 of 265 rows are from 1 February 2022 alone" in note for note in notes)
    assert any("2 years" in note or "two years" in note for note in found.warnings)
