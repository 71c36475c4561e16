"""What a file truly is, and what is said of those that cannot be read."""

import gzip
import zipfile

import pytest

from andon.lake import BadInput, open_source
from andon.lake.dialect import dialect_of
from andon.lake.files import File, find

TABLE = "at,mechanism\n2024-01-01,Größe\n2024-01-02,Labels\n"


def test_a_file_is_what_its_first_bytes_say(tmp_path):
    (tmp_path / "a.parquet").write_text(TABLE)
    assert find([tmp_path / "a.parquet"])[0].kind == "text"


def test_a_glob_names_each_file_once(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(TABLE)
    found = find([str(tmp_path / "*.csv"), tmp_path / "a.csv"])
    assert [file.path.name for file in found] == ["a.csv", "b.csv"]


def test_a_folder_stands_for_the_data_in_it(tmp_path):
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "notes.md").write_text("no data")
    assert [file.path.name for file in find([tmp_path])] == ["a.csv"]


@pytest.mark.parametrize(("content", "words"), [
    (b"", "is empty"),
    (b"\xef\xbb\xbf\n\n", "is empty"),
    (b"%PDF-1.7", "is a PDF"),
    (b"\x89PNG\r\n", "is a picture"),
    (b'{"at": 1}', "is JSON"),
    (b"<!doctype html><p>", "is a web page"),
    (b"SQLite format 3\x00", "is an SQLite database"),
    (b"PAR1" + b"x" * 50, "is cut short"),
    (b"PK\x03\x04broken", "cut short or damaged"),
    (b"\x1f\x8b\x08broken", "cut short or damaged"),
])  # fmt: skip
def test_a_file_of_another_kind_is_turned_down_by_name(tmp_path, content, words):
    path = tmp_path / "data.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=words) as refused:
        find([path])
    assert "data.csv" in refused.value.problem
    assert refused.value.remedy


def test_a_zip_archive_is_to_be_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("data.csv", TABLE)
    with pytest.raises(BadInput, match="Unpack it"):
        find([tmp_path / "data.zip"])


def test_a_missing_file_suggests_its_neighbour(tmp_path):
    (tmp_path / "incidents.csv").write_text(TABLE)
    with pytest.raises(BadInput, match=r"Did you mean “incidents\.csv”"):
        find([tmp_path / "incident.csv"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_every_usual_encoding_gives_the_same_names(tmp_path, encoding):
    (tmp_path / "a.csv").write_text(TABLE, encoding)
    source = open_source(tmp_path / "a.csv")
    assert list(source.columns) == ["at", "mechanism"]
    assert sorted(source.sample("mechanism", 9)) == ["Größe", "Labels"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_fits_the_lines(tmp_path, separator):
    (tmp_path / "a.csv").write_text('x;y,z|w\n"1;2",2|3\n'.replace(",", separator) if separator == "," else
                                    f"a{separator}b\n1,5{separator}2\n")  # fmt: skip
    assert dialect_of(File(tmp_path / "a.csv", "text")).separator == separator


def test_names_that_are_empty_or_equal_are_told_apart(tmp_path):
    (tmp_path / "a.csv").write_text("at,,x,X\n2024-01-01,1,2,3\n")
    assert list(open_source(tmp_path / "a.csv").columns) == ["at", "column 2", "x", "X (2)"]


def test_a_name_that_has_a_number_already_is_told_apart_too(tmp_path):
    (tmp_path / "a.csv").write_text("a,a,a (2)\n1,2,3\n")
    source = open_source(tmp_path / "a.csv")
    assert {name: source.sample(name, 1) for name in source.columns} == {
        "a": ["1"], "a (2)": ["2"], "a (2) (2)": ["3"],
    }  # fmt: skip


def test_a_gzipped_file_that_breaks_off_is_bad_input(tmp_path):
    whole = gzip.compress((TABLE * 5000).encode())
    (tmp_path / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match="cut short"):
        open_source(tmp_path / "a.csv.gz")
