"""What is planted in the made-up organisation is found the week it appears. Minutes, not seconds."""

from datetime import date

import numpy as np
import pytest

from andon.analysis.clusters.ask import Question, answer
from andon.analysis.clusters.spec import ClusterSpec
from andon.analysis.clusters.windows import ONE_DAY, WEEK
from andon.simulate import simulate
from andon.simulate.sizes import Sizes

SLICES = ("product", "mechanism", "channel", "region")
END = date(2026, 11, 22)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("organisation")
    truth = simulate(folder, end=END, seed=3, sizes=Sizes())
    return folder, {cause["id"]: cause for cause in truth["causes"]}


def looked(made, file, days=7, after=None, **asked):
    asof = (
        None if after is None else np.datetime64(made[1][after]["from"][:10], "s") + np.timedelta64(days, "D")
    )
    spec = ClusterSpec(
        ONE_DAY if days == 1 else WEEK, None if asof is None else asof - np.timedelta64(1, "s")
    )
    return answer(Question((str(made[0] / file),), "at", spec=spec, **asked)).found


def signals(made, **asked):
    return looked(made, "signals.csv", text="text", attributes=SLICES, customer="customer", **asked)


@pytest.fixture(scope="module")
def all_signals(made):
    return signals(made)


def test_a_new_product_is_found_the_week_it_appears_with_its_words(made):
    one = signals(made, after="new-product").clusters[0]
    assert one.slice == {"product": "Tidewell kettle"}
    assert "descaling light" in one.terms


def test_looking_back_the_new_product_is_one_cluster(all_signals):
    assert sum(one.slice.get("product") == "Tidewell kettle" for one in all_signals.clusters) == 1


def test_a_survey_that_starts_is_named_as_a_possible_new_source(all_signals):
    one = next(one for one in all_signals.clusters if one.slice == {"channel": "survey"})
    assert any("as a new source would be" in note for note in one.possible_artefacts)


def test_parcels_marked_as_delivered_show_in_words(all_signals):
    assert any("as delivered" in term for one in all_signals.clusters for term in one.terms)


def test_the_customer_who_calls_again_and_again_is_one_customer(made, all_signals):
    (one,) = all_signals.repeated
    assert one.customer == made[1]["one-caller"]["customer"]
    assert one.contacts > 80


def test_the_label_change_is_found_the_week_it_is_made(made):
    found = looked(
        made,
        "interactions.parquet",
        after="label-change",
        outcome="wrong_item",
        attributes=("mechanism", "product"),
    )
    assert {"mechanism": "pick-and-pack"} in [one.slice for one in found.clusters]


def test_the_refund_rule_is_found_the_week_it_comes(made):
    found = looked(
        made, "interactions.parquet", after="refund-rule", outcome="refund_in_time", attributes=("region", "product"),
        where=("mechanism=returns-and-refunds",),
    )  # fmt: skip
    assert any(one.outcome == "refund_in_time = no" for one in found.clusters)


def test_the_outage_is_found_on_its_day(made):
    found = looked(
        made,
        "interactions.parquet",
        1,
        after="login-outage",
        outcome="signin_failed",
        attributes=("mechanism", "region"),
    )
    assert {"mechanism": "sign-in"} in [one.slice for one in found.clusters]
