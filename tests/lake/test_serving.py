"""Which team served a customer before they spoke up."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.lake.serving import served_by

ROWS = [
    ("2026-01-05T10:00", "ann", "phone", "North"),
    ("2026-01-08T10:00", "ann", "chat", "South"),
    ("2026-01-20T10:00", "ann", "phone", "West"),
    ("2026-01-06T10:00", "ben", "phone", None),
]


@pytest.fixture
def lake(tmp_path):
    at, customer, mechanism, team = zip(*ROWS, strict=True)
    moments = pa.array(np.array(at, "datetime64[us]"))
    table = pa.table({"at": moments, "customer": customer, "mechanism": mechanism, "team": team})
    pq.write_table(table, tmp_path / "it's.parquet")
    return [tmp_path / "it's.parquet"]


def team(lake, who: str, at: str, what: str = "") -> str:
    [found] = served_by(lake, [who], [what], np.array([at], "datetime64[us]"))
    return found


def test_the_last_team_before_counts(lake):
    assert team(lake, "ann", "2026-01-09T00:00") == "South"


def test_what_came_later_does_not(lake):
    assert team(lake, "ann", "2026-01-06T00:00") == "North"


def test_where_the_mechanism_is_known_only_interactions_through_it_count(lake):
    assert team(lake, "ann", "2026-01-09T00:00", "phone") == "North"


def test_after_a_month_nobody_is_taken_for_the_one_who_served(lake):
    assert team(lake, "ann", "2026-03-09T00:00") == ""


def test_a_stranger_and_one_whose_team_is_unknown_have_none(lake):
    assert team(lake, "eve", "2026-01-09T00:00") == ""
    assert team(lake, "ben", "2026-01-09T00:00") == ""
    assert team(lake, "", "2026-01-09T00:00") == ""


def test_without_data_nobody_is_known():
    assert served_by([], ["ann"], [""], np.array(["2026-01-09"], "datetime64[us]")) == [""]


def test_files_that_name_no_team_leave_it_open(tmp_path):
    pq.write_table(
        pa.table({"at": pa.array(np.array(["2026-01-05"], "datetime64[us]"))}), tmp_path / "a.parquet"
    )
    assert team([tmp_path / "a.parquet"], "ann", "2026-01-09") == ""
