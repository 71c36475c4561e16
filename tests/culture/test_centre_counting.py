"""The numbers of a contact centre counted from rows, by their standard definitions."""

from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon import lake
from andon.culture.centre import actions
from andon.culture.centre.counting import counts, limits_of
from andon.mechanisms.models import Measure, Mechanism
from tests.cast import NOW

START = datetime(2026, 1, 5, 10)


@pytest.fixture
def counted(tmp_path):
    """`counted(rows)`: the mean of each number, of all contacts and of each mechanism."""

    def make(rows, measures=()):
        found = counts(lake.open_source([written(tmp_path / "x.parquet", rows)]), measures)
        means = {
            key: {slug: cells.total.sum() / cells.n.sum() for slug, cells in by.items()}
            for key, by in found.cells.items()
        }
        return found, means

    return make


def written(path, rows):
    moments = [{"at": START + timedelta(minutes=i), "mechanism": "phone"} | row for i, row in enumerate(rows)]
    names = dict.fromkeys(name for row in moments for name in row)
    pq.write_table(pa.Table.from_pylist([{name: row.get(name) for name in names} for row in moments]), path)
    return str(path)


def test_handling_time_is_its_own_column_or_talk_and_wrap_up_together(counted):
    rows = [{"talk_time": 100, "wrap_time": 20}, {"talk_time": 200, "wrap_time": 40}, {"talk_time": 900}]
    found, means = counted(rows)
    assert means["handling"][""] == 180
    assert found.columns["handling"] == ("talk_time", "wrap_time")
    found, means = counted([{"handling_time": 60, "talk_time": 1, "wrap_time": 1}])
    assert means["handling"][""] == 60


def test_occupancy_is_a_share_of_hours_not_a_mean_of_shares(counted):
    _, means = counted([{"handling_time": 300, "idle_time": 100}, {"handling_time": 10, "idle_time": 90}])
    assert means["occupancy"][""] == pytest.approx(310 / 500)


def test_occupancy_counts_contacts_in_which_both_are_known(counted):
    _, means = counted([{"handling_time": 300, "idle_time": 100}, {"handling_time": 5000}])
    assert means["occupancy"][""] == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([5, 4, 3, 1], 0.5),  # of five: 4 and 5
        ([7, 6, 5, 1], 0.5),  # of seven: 6 and 7
        ([10, 9, 8, 1], 0.5),  # of ten: 9 and 10
        ([1, 0, 0, 0], 0.25),  # satisfied or not
        ([95, 40, 60, 5], 50),  # of a hundred: the mean
    ],
)
def test_satisfied_are_the_two_best_answers_of_the_scale(counted, answers, told):
    _, means = counted([{"csat": one} for one in answers])
    assert means["csat"][""] == told


def test_contacts_are_mechanisms_in_which_somebody_waits_talks_or_is_handed_on(counted):
    rows = [
        {"wait_time": 9, "csat": 5},
        {"mechanism": "store", "csat": 1},
        {"mechanism": "chat", "transfers": 0, "csat": 4},
    ]
    found, means = counted(rows)
    assert found.mechanisms == ["chat", "phone"]
    assert means["csat"] == {"": 1.0, "phone": 1.0, "chat": 1.0}


def test_where_no_mechanism_is_known_as_one_all_are_contacts(counted):
    found, _ = counted([{"csat": 5}, {"mechanism": "store", "csat": 1}])
    assert found.mechanisms == ["phone", "store"]


def test_what_no_column_holds_is_not_counted(counted):
    found, _ = counted([{"csat": 5, "talk_time": 3}])
    assert set(found.cells) == {"csat", "talk"}


def test_a_column_that_is_empty_is_not_counted_as_nothing(counted):
    _, means = counted([{"csat": 5, "nps": None}])
    assert means.get("nps", {}) == {}


def measure(slug, unit, **more):
    return Measure(mechanism=Mechanism(slug=slug), outcome="wait_time", unit=unit, **more)


def test_the_limit_to_answer_within_is_the_registers_limit_else_its_target_in_seconds():
    told = limits_of([
        measure("phone", "seconds", spec_upper=120.0, target=90.0), measure("chat", "minutes", target=1.0),
        measure("mail", "seconds"),
    ])  # fmt: skip
    assert told == {"phone": 120.0, "chat": 60.0}


@pytest.mark.django_db
def test_of_a_mechanism_that_very_few_serve_nothing_is_counted_by_itself_or_in_the_total(tmp_path):
    few = [{"mechanism": "desk", "worker": f"w{i % 4}", "talk_time": 60 + i % 7} for i in range(60)]
    many = [{"worker": f"w{i % 9}", "talk_time": 90 + i % 11} for i in range(60)]
    rows = [row | {"at": START + timedelta(days=i)} for part in (few, many) for i, row in enumerate(part)]
    made = actions.figures([written(tmp_path / "x.parquet", rows)], NOW)
    assert [(one.key, one.mechanism, one.n) for one in made] == [("talk", "", 60), ("talk", "phone", 60)]
