"""What is planted is found, once and under its name; what is not is not."""

import numpy as np
import pytest

from andon.analysis.clusters.spec import Records
from andon.analysis.clusters.windows import ONE_DAY
from andon.lake import Factor
from tests.analysis.clusters.made import START, looked, only, planted, quiet

LAST, DURING, AFTER = 51, "2024-12-29", "2025-01-05"  # the last week, its Sunday
NEW = "blue screen appears"


@pytest.fixture(scope="module")
def calm():
    return quiet(1)


def test_nothing_is_found_where_nothing_happens(calm):
    assert looked(calm).clusters == ()
    assert looked(calm, DURING).clusters == ()


@pytest.mark.parametrize("asof", [None, DURING])
def test_one_value_that_rises_is_named_alone(calm, asof):
    one = only(looked(planted(calm, 35, LAST, product="product 4"), asof))
    assert one.slice == {"product": "product 4"}
    assert (str(one.begin)[:10], str(one.end)[:10]) == ("2024-12-23", "2024-12-30")
    assert one.p_adjusted < 0.05
    assert one.ratio == one.observed / one.expected


@pytest.mark.parametrize("asof", [None, DURING])
def test_two_values_that_rise_together_are_named_both(calm, asof):
    one = only(looked(planted(calm, 22, LAST, product="product 4", region="region 2"), asof))
    assert one.slice == {"product": "product 4", "region": "region 2"}


def test_what_happened_in_the_middle_is_found_by_looking_back(calm):
    one = only(looked(planted(calm, 40, 30, product="product 4")))
    assert (one.slice, str(one.begin)[:10]) == ({"product": "product 4"}, "2024-07-29")


def test_looking_as_of_an_earlier_day_knows_nothing_of_later_ones(calm):
    assert looked(planted(calm, 40, LAST, product="product 4"), "2024-12-22").clusters == ()


def test_what_is_over_is_no_cluster_of_today(calm):
    assert looked(planted(calm, 40, LAST - 3, product="product 4"), DURING).clusters == ()


def test_a_phrase_that_is_new_is_found_whole(calm):
    one = only(looked(planted(calm, 15, LAST, words=NEW), DURING))
    assert (one.slice, one.terms[0]) == ({}, NEW)
    assert one.observed == one.customers == 15


def test_a_phrase_that_only_one_product_has_is_told_with_it(calm):
    one = only(looked(planted(calm, 15, LAST, words=NEW, product="product 6"), DURING))
    assert (one.slice, one.terms[0]) == ({"product": "product 6"}, NEW)


def test_a_word_of_a_language_without_spaces_is_found(calm):
    one = only(looked(planted(calm, 15, LAST, words="登录页面白屏"), DURING))
    assert one.terms[0] == "登录页面白屏"


def test_more_of_everything_is_everything_and_nothing_else(calm):
    one = only(looked(planted(calm, 110, LAST), DURING))
    assert (one.slice, one.terms) == ({}, ())
    assert "over everything" in one.sentence


def test_one_customer_who_writes_forty_times_is_no_cluster_but_is_told(calm):
    found = looked(planted(calm, 40, LAST, product="product 4", one_customer=True), DURING)
    assert found.clusters == ()
    assert [(one.customer, one.contacts) for one in found.repeated] == [("new 0", 40)]
    assert "One customer (new 0) wrote 40 times" in found.repeated[0].sentence


def test_a_text_delivered_again_and_again_counts_once(calm):
    again = planted(calm, 30, LAST, words="x", product="product 4")
    texts = [*again.texts[:-30], *["My parcel never came, order 123 of 2024!"] * 30]
    found = looked(Records(again.at, again.attributes, texts), DURING)
    assert found.collapsed == 29
    assert not any("parcel" in " ".join(one.terms) for one in found.clusters)


def test_examples_are_of_different_customers_and_hold_the_words(calm):
    records = planted(calm, 15, LAST, words=NEW)
    one = only(looked(records, DURING))
    assert len({int(records.customers.codes[i]) for i in one.examples}) == len(one.examples) == 5
    assert all(NEW in records.texts[i] for i in one.examples)


def test_a_value_that_begins_may_be_a_new_source(calm):
    one = only(looked(planted(calm, 60, LAST, channel="survey"), DURING))
    assert one.slice == {"channel": "survey"}
    assert any(
        "No row had channel = survey before 23 December 2024" in note for note in one.possible_artefacts
    )
    assert any("as a new source would be" in note for note in one.possible_artefacts)


def test_a_rise_on_one_day_may_be_a_backlog(calm):
    one = only(looked(planted(calm, 50, LAST, days=1, product="product 4"), DURING))
    assert any("are from 23 December 2024 alone" in note for note in one.possible_artefacts)


def test_the_first_windows_are_compared_with_what_came_after(calm):
    one = only(looked(planted(calm, 45, 0, product="product 4")))
    assert one.slice == {"product": "product 4"}
    assert any("compared with what came after" in note for note in one.possible_artefacts)


def test_two_causes_are_two_clusters(calm):
    both = planted(
        planted(calm, 40, LAST, product="product 4"), 40, LAST, seed=1, region="region 3", product="product 1"
    )
    assert {tuple(one.slice.values()) for one in looked(both, DURING).clusters} == {
        ("product 4",), ("region 3", "product 1")}  # fmt: skip


def test_what_everything_grows_by_is_no_cluster_of_its_parts():
    found = looked(quiet(3, growth=1.5))
    assert found.clusters == ()


def test_days_are_compared_with_the_same_days_of_the_week():
    assert looked(quiet(4, weeks=20, texts=False), window=ONE_DAY).clusters == ()


# Little data


def test_two_records_are_too_few_and_no_mistake():
    found = looked(Records(START + np.array([0, 86400]) * np.timedelta64(1, "s"), {}, ["a", "b"]))
    assert (found.clusters, found.judged) == ((), 0)
    assert "5 are needed to compare one with others" in " ".join(found.warnings)


def test_times_alone_are_enough(calm):
    one = only(looked(Records(planted(calm, 110, LAST).at), DURING))
    assert (one.slice, one.customers) == ({}, None)


def test_empty_texts_are_no_words(calm):
    assert looked(Records(calm.at, {}, [""] * len(calm))).clusters == ()


def test_a_column_of_numbers_of_rows_is_left_out_and_said(calm):
    ids = Factor(np.arange(len(calm), dtype=np.int32), [f"id {i}" for i in range(len(calm))])
    found = looked(Records(calm.at, {"id": ids}))
    assert any(note.startswith("“id” was left out") for note in found.warnings)


def test_one_record_of_1970_does_not_make_fifty_years_of_history(calm):
    stray = planted(calm, 40, LAST, product="product 4")
    at = stray.at.copy()
    at[0] = np.datetime64("1970-01-01", "s")
    found = looked(Records(at, stray.attributes))
    assert only(found).slice == {"product": "product 4"}
    assert len(found.grid) <= 53


def test_records_later_than_now_are_left_out(calm):
    at = calm.at.copy()
    at[5] = np.datetime64("2031-01-01", "s")
    found = looked(Records(at, calm.attributes), now=np.datetime64("2025-01-01", "s"))
    assert "One row is later than today and left out." in found.warnings
    assert found.used == len(calm) - 1


# Outcomes


def late(records, share, product, week, seed=0):
    rng = np.random.default_rng(seed)
    usual = rng.random(len(records)) < 0.1
    factor = records.attributes["product"]
    these = (factor.codes == factor.levels.index(product)) & (
        records.at >= START + np.timedelta64(week * 7, "D")
    )
    return np.where(these, rng.random(len(records)) < share, usual).astype(float)


def test_a_share_that_rises_in_one_value_is_found():
    records = quiet(5, a_day=60, texts=False)
    y = late(records, 0.7, "product 2", 50)
    found = looked(Records(records.at, records.attributes, None, None, y), DURING, outcome="late")
    one = only(found)
    assert one.slice == {"product": "product 2"}
    assert "late = yes" in one.sentence


def test_an_outcome_of_numbers_is_looked_through_at_both_ends():
    records = quiet(5, a_day=60, texts=False)
    y = np.where(late(records, 0.8, "product 2", 50) == 1, 1.0, 4 + np.arange(len(records)) % 2)
    found = looked(Records(records.at, records.attributes, None, None, y), DURING, outcome="stars")
    assert ({"product": "product 2"}, "stars of 1 or less") in [
        (one.slice, one.outcome) for one in found.clusters
    ]
