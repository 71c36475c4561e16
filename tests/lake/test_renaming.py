"""Somebody's number in a file of the lake becomes a pseudonym: in every row, and nothing else changes."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.lake.renaming import rename, values


@pytest.fixture
def path(tmp_path):
    rows = {"at": [1, 2, 3, 4], "worker": ["11", "12", None, "11"], "late": [True, False, True, False]}
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


def test_every_row_of_theirs_has_the_other_name(path):
    assert rename(path, "worker", ["11"], "erased-1") == 2
    assert pq.read_table(path)["worker"].to_pylist() == ["erased-1", "12", None, "erased-1"]


def test_nothing_else_changes(path):
    before = pq.read_table(path).drop_columns(["worker"]).to_pylist()
    rename(path, "worker", ["11"], "erased-1")
    assert pq.read_table(path).drop_columns(["worker"]).to_pylist() == before


def test_a_file_without_them_is_not_written(path):
    stamp = path.stat().st_mtime_ns
    assert rename(path, "worker", ["99"], "erased-1") == 0
    assert path.stat().st_mtime_ns == stamp


def test_a_file_that_names_nobody_is_left_alone(tmp_path):
    pq.write_table(pa.table({"at": [1]}), tmp_path / "b.parquet")
    assert rename(tmp_path / "b.parquet", "worker", ["11"], "erased-1") == 0
    assert values(tmp_path / "b.parquet", "worker") == []


def test_a_quote_in_a_number_is_only_a_quote(path):
    assert rename(path, "worker", ["11"], "o'erased") == 2
    assert "o'erased" in values(path, "worker")


def test_nothing_is_left_beside_it(path):
    rename(path, "worker", ["11"], "erased-1")
    assert [one.name for one in path.parent.iterdir()] == ["a.parquet"]
