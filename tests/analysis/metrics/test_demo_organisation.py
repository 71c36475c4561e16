"""The made-up organisation, whose target on handling time buys nothing."""

import datetime as dt
import json

import pytest

from andon.analysis.metrics.ask import Question, answer
from andon.analysis.metrics.spec import AuditSpec
from andon.simulate import simulate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def organisation(tmp_path_factory):
    out = tmp_path_factory.mktemp("demo")
    simulate(out, end=dt.date(2026, 11, 1))
    return out


@pytest.fixture(scope="module")
def found(organisation):
    metrics = ("handling_time", "transfers", "repeat_contact", "resolved_first")
    paths = (str(organisation / "interactions.parquet"),)
    by = {"worker": ("worker",), "mechanism": ("mechanism",), "team": ("team",)}
    return answer(Question(paths, "at", "csat", metrics, spec=AuditSpec(good="high"), **by)).found


def test_the_planted_target_buys_nothing_and_what_settles_the_matter_does(found):
    verdicts = {one.metric: one.verdict for one in found.findings}
    assert verdicts["handling_time"] == "does not matter"
    assert verdicts["resolved_first"] == "matters"


def test_calls_handed_on_just_before_the_planted_limit_are_found_and_nothing_else_is(found, organisation):
    truth = json.loads((organisation / "truth.json").read_text("utf-8"))
    planted = next(one for one in truth["causes"] if one["id"] == "handling-target")
    (harm,) = found.harms
    assert (harm.metric, harm.mechanism, harm.limit, harm.side) == (
        "handling_time",
        planted["mechanism"],
        480,
        "below",
    )
    assert dict(harm.others)["transfers"] > 0.1
