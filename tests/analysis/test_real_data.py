"""What is known to have happened in real data is found in it. Needs ../shared/data."""

import pytest

from andon.analysis import ReviewSpec
from andon.analysis.ask import Answer, Question, answer
from tests.needs import shared

EMERGENCY = "timeseries/nhs_ae_attendances.parquet"
BANKS = "complaints/cfpb_checking_savings_2025.parquet"
INCIDENTS = "service_desk/uci_incidents_from_2016-03-28.parquet"


def reviewed(file: str, at: str, **asked) -> Answer:
    spec = asked.pop("spec", ReviewSpec())
    return answer(Question((str(shared(f"data/{file}")),), at, spec=spec, **asked))


@pytest.fixture(scope="module", params=[(), ("type=1",)], ids=["all departments", "major departments"])
def emergency(request):
    return reviewed(EMERGENCY, "period", outcome="breaches", of="attendances", by=("org_code",), where=request.param,
                    spec=ReviewSpec(season="year", good="low")).review  # fmt: skip


@pytest.mark.parametrize("trust", ["RJ6", "RNA"])
def test_emergency_departments_that_got_much_worse_are_out(emergency, trust):
    one = next(one for one in emergency.series if one.name == trust)
    assert one.out
    assert one.ongoing
    assert one.sentence.startswith("Worse than usual")


def test_an_emergency_department_that_improved_is_better(emergency):
    one = next(one for one in emergency.series if one.name == "RXC")
    assert (one.out, one.better) == (True, True)
    assert "since June 2017" in one.sentence


def test_winter_lifts_the_limits_of_emergency_departments(emergency):
    one = next(one for one in emergency.series if one.name == "RXC")
    january, july = emergency.points.centre[one.points][9], emergency.points.centre[one.points][15]
    assert january > 1.3 * july


def test_the_season_of_emergency_departments_is_noticed_when_not_asked_for():
    found = reviewed(EMERGENCY, "period", outcome="breaches", of="attendances", by=("org_code",))
    assert any("--season year" in warning for warning in found.review.warnings)


def test_two_banks_stand_out_in_january():
    found = reviewed(BANKS, "received_month", by=("company",), spec=ReviewSpec(good="low")).review
    first, second = found.out[:2]
    assert {first.name, second.name} == {"NAVY FEDERAL CREDIT UNION", "CAPITAL ONE FINANCIAL CORPORATION"}
    for one in (first, second):
        assert found.points.exception[one.points][0]


def test_late_answers_of_one_bank_in_june_and_july():
    found = reviewed(
        BANKS, "received_month", outcome="is_timely", by=("company",), spec=ReviewSpec(good="high")
    ).review
    assert found.out[0].name == "Block, Inc."
    assert "from June 2025 to July 2025" in found.out[0].sentence


def test_a_bank_that_is_always_late_is_far_from_the_others():
    found = reviewed(
        BANKS, "received_month", outcome="is_timely", by=("company",), spec=ReviewSpec(good="high")
    ).review
    one = next(one for one in found.series if one.name == "Novo Platform Inc.")
    assert one.far.startswith("Far below the others the whole time, the worse side")


def test_the_end_of_intake_of_the_service_desk_is_no_signal():
    found = reviewed(INCIDENTS, "opened_at", where=("incident_state=New",), every="week").review
    assert any(warning.startswith("Intake stops: from the week of 6 June 2016") for warning in found.warnings)
    after = found.points.at >= found.points.at[10]
    assert not found.points.exception[after].any()
