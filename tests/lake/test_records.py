"""A first look at a file, the guess of its columns, and its rows one by one."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon import lake
from andon.lake import BadInput, Reading
from tests.lake.workbook import write_workbook


def opened(tmp_path, text):
    path = tmp_path / "rows.csv"
    path.write_text(text, "utf-8")
    return lake.open_source(path)


def test_a_first_look_shows_the_first_rows_as_texts(tmp_path):
    seen = lake.preview(opened(tmp_path, "at,y\n2024-01-01, 1 \n2024-01-02,\n2024-01-03,3\n"), n=2)
    assert seen.columns == {"at": "text", "y": "text"}
    assert seen.rows == [["2024-01-01", "1"], ["2024-01-02", ""]]


def test_a_first_look_cuts_long_texts(tmp_path):
    assert len(lake.preview(opened(tmp_path, f"a,b\n{'x' * 900},1\n")).rows[0][0]) == 300


def test_a_first_look_at_names_alone_asks_for_rows(tmp_path):
    with pytest.raises(BadInput, match="no rows below"):
        lake.preview(opened(tmp_path, "at,y\n"))


def test_a_whole_number_of_a_spreadsheet_is_shown_without_a_point(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"one": [["number", "share"], [17, 0.5]]})
    assert lake.preview(lake.open_source(tmp_path / "a.xlsx")).rows == [["17", "0.5"]]


def test_a_column_may_be_called_like_one_of_ours(tmp_path):
    (record,) = lake.records(opened(tmp_path, "__at,__part_1,__time\n1,2,3\n"))
    assert record.cells == {"__at": "1", "__part_1": "2", "__time": "3"}


def test_a_row_keeps_its_place_behind_a_broken_line(tmp_path):
    source = opened(tmp_path, "a,b\n1,2\n1,2,3\n5,6\n")
    source.keep(list(source.columns))
    assert [(record.row, record.cells["a"]) for record in lake.records(source)] == [(2, "1"), (4, "5")]


def test_a_row_of_a_workbook_keeps_its_place_below_a_title(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"one": [["A report"], [], ["name", "n", "m"], ["x", 1, 2]]})
    assert [record.row for record in lake.records(lake.open_source(tmp_path / "a.xlsx"))] == [4]


def test_moments_come_with_the_rows(tmp_path):
    source = opened(tmp_path, "at,b\n31.01.2024,2\nsoon,2\n")
    time = lake.read_time(source, "at").reading
    assert [record.at for record in lake.records(source, time)] == [dt.datetime(2024, 1, 31), None]


def test_rows_of_a_table_elsewhere_cannot_be_looked_up():
    with pytest.raises(TypeError, match="no rows in files"):
        next(lake.records(object(), Reading("at")))


NAMES = {"at": ("at", "date received"), "text": ("text", "comment"), "rating": ("comment", "stars")}


def test_columns_are_known_by_their_usual_names():
    found = lake.guess_columns(["Stars", "Date_Received", "Comment"], NAMES)
    assert found == {"at": "Date_Received", "text": "Comment", "rating": "Stars"}


def test_the_best_name_wins_wherever_it_stands():
    assert lake.guess_columns(["date received", "at"], NAMES) == {"at": "at"}


def test_of_equal_names_the_first_column_is_taken():
    assert lake.guess_columns(["Text", "TEXT"], NAMES) == {"text": "Text"}


def test_accents_and_width_do_not_matter():
    assert lake.plain_name("Geschäftsﬀäll_Ｎo.") == lake.plain_name("geschaftsffall no")


@given(st.lists(st.sampled_from(["at", "AT", "comment", "stars", "Date received", "colour", ""]), max_size=7))
def test_a_column_is_given_to_one_word_only(columns):
    found = lake.guess_columns(columns, NAMES)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= set(columns)
