"""Bringing a file of what happened to customers."""

from datetime import timedelta

import duckdb
import pytest
from django.utils import timezone

from andon.lake import pseudonym
from andon.mechanisms.models import Measure, Mechanism
from andon.signals import actions
from andon.signals.models import Dataset
from andon.signals.registering import good_side
from tests.signals.conftest import NOW

pytestmark = pytest.mark.django_db


def happening(i: int = 0, **rest) -> dict:
    day = f"2025-0{i % 6 + 1}-{i % 28 + 1:02d} 09:00"
    return {
        "when": day,
        "mechanism": "Address labels",
        "late": "yes" if i % 9 == 0 else "no",
        "minutes": 30 + i % 7,
    } | rest


@pytest.fixture
def happened(write):
    def bring(rows: list[dict], name: str = "happened.csv", **mapping) -> Dataset:
        dataset = actions.bring(name, write(name, rows), "interactions", None, NOW)
        actions.map_columns(dataset, {**dataset.preview["guess"], **mapping}, None, NOW)
        dataset.refresh_from_db()
        return dataset

    return bring


def lake(dataset: Dataset) -> list[dict]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{dataset.lake_path}')").to_arrow_table().to_pylist()


def test_rows_reach_the_lake_typed(happened):
    dataset = happened([happening(0)])
    assert dataset.state == "done", dataset.problem
    row = lake(dataset)[0]
    assert (row["mechanism"], row["late"], row["minutes"]) == ("address-labels", 1.0, 30.0)
    assert row["at"].isoformat() == "2025-01-01T09:00:00"


def test_a_mechanism_on_record_is_found_by_its_name_and_by_its_short_name(happened):
    Mechanism.objects.create(slug="labels", name="Address Labels")
    dataset = happened(
        [happening(0), happening(1, mechanism="LABELS"), happening(2, mechanism=" address  labels ")]
    )
    assert {row["mechanism"] for row in lake(dataset)} == {"labels"}
    assert Mechanism.objects.count() == 1


def test_an_unknown_mechanism_is_written_down_with_measures_and_said(happened):
    dataset = happened([happening(i) for i in range(200)])
    mechanism = Mechanism.objects.get()
    assert (mechanism.slug, mechanism.name, mechanism.owner) == ("address-labels", "Address labels", None)
    kinds = dict(Measure.objects.values_list("outcome", "kind"))
    assert kinds == {"late": "proportion", "minutes": "value", "": "count"}
    assert Measure.objects.get(outcome="late").good == "low"
    assert any("was not in the register" in note for note in dataset.notes)


def test_the_charts_are_there_at_once(happened):
    happened([happening(i) for i in range(400)])
    assert not Measure.objects.filter(chart=None).exists()


def test_a_row_without_a_time_or_a_mechanism_is_refused_by_row(happened):
    rows = [happening(1), happening(2, when="soon"), happening(3, when=""), happening(4, mechanism="")]
    dataset = happened([*rows, happening(5, when="2999-01-01 10:00"), happening(6)])
    reasons = {r.row: r.reason for r in dataset.refusals.all()}
    assert reasons == {
        3: "not a time written as the others are",
        4: "no time given",
        5: "no mechanism given",
        6: "the time lies after 2099",
    }
    assert (dataset.rows, dataset.refused) == (2, 4)


def test_the_near_future_is_refused_too(happened):
    dataset = happened(
        [happening(1), happening(2, when=f"{timezone.now() + timedelta(days=5):%Y-%m-%d %H:%M}")]
    )
    assert dataset.refusals.get().reason == "the time lies in the future"


def test_a_customer_is_the_same_pseudonym_as_in_what_they_say(happened, settings):
    dataset = happened([happening(1, customer="  Eve@X.org ")])
    assert lake(dataset)[0]["customer"] == pseudonym("eve@x.org", settings.SECRET_KEY)


def test_no_row_can_be_used_is_a_failure_with_the_remedy(happened):
    dataset = happened([happening(1, mechanism=""), happening(2, mechanism="?")])
    assert dataset.state == "failed"
    assert "No row of this file can be used" in dataset.problem
    assert not dataset.lake_path.exists()


def test_a_column_called_like_one_of_ours_keeps_its_data(happened):
    dataset = happened([happening(1, team="North", squad="Red")], team="squad")
    row = lake(dataset)[0]
    assert (row["team"], row["team (2)"]) == ("Red", "North")


def test_texts_where_times_should_be_fail_with_the_place(happened):
    dataset = happened([happening(i, when="soon") for i in range(5)])
    assert dataset.state == "failed"
    assert "“when”" in dataset.problem


def test_a_column_of_cases_is_no_column_of_mechanisms(happened):
    dataset = happened([happening(i, mechanism=f"case {i}") for i in range(2001)])
    assert dataset.state == "failed"
    assert "2,001 different names" in dataset.problem


def test_months_are_times(happened):
    dataset = happened([happening(0, when=f"2024-{m:02d}") for m in range(1, 13)])
    assert dataset.rows == 12
    assert set(Measure.objects.values_list("every", flat=True)) == {"month"}


def test_the_same_bytes_are_not_counted_twice(happened):
    first = happened([happening(i) for i in range(3)])
    second = actions.bring("again.csv", first.path, "interactions", None, NOW)
    assert second.pk == first.pk


def test_taken_out_and_brought_again(happened):
    dataset = happened([happening(1)])
    path = dataset.path
    actions.take_out(dataset, None, NOW)
    assert Dataset.objects.in_lake().count() == 0
    assert actions.bring("again.csv", path, "interactions", None, NOW).pk != dataset.pk


@pytest.mark.parametrize(("column", "side"), [
    ("late", "low"), ("waiting_time", "low"), ("resolved_first", "high"), ("refund_in_time", "high"),
    ("csat", "high"),
    ("repeat_contact", "low"), ("made_sla", "high"), ("errors", "low"),
])  # fmt: skip
def test_the_better_side_is_guessed_by_the_name(column, side):
    assert good_side(column) == side


def test_an_export_that_overlaps_an_earlier_one_says_how_many_rows_count_twice(happened):
    happened([happening(i, case=i) for i in range(60)], "January.csv")
    later = happened([happening(i, case=i) for i in range(40, 100)], "February.csv")
    assert any("20 of its 60 rows are exact copies of rows in “January.csv”" in note for note in later.notes)


def test_files_of_different_cases_are_not_said_to_overlap(happened):
    happened([happening(i, case=i) for i in range(60)], "January.csv")
    later = happened([happening(i, case=1000 + i) for i in range(60)], "February.csv")
    assert not any("exact copies" in note for note in later.notes)
