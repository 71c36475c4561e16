"""Rows to cells: sums by hand, and rows that cannot be used."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon import lake
from andon.lake import BadInput, CellSpec
from andon.lake.cells import numbers_of, starts
from tests.lake.workbook import write_workbook


def cells(tmp_path, text, **spec):
    path = tmp_path / "rows.csv"
    path.write_text(text, "utf-8")
    spec = {"at": "at", "every": "day", "by": ("mechanism",)} | spec
    return lake.reduce(lake.open_source(path), CellSpec(**spec))


def refused(tmp_path, text, **spec):
    path = tmp_path / "rows.csv"
    path.write_text(text, "utf-8")
    source = lake.open_source(path)
    return lake.refusals(
        source, lake.plan(source, CellSpec(**({"at": "at", "every": "day", "by": ()} | spec)))
    )


ROWS = "at,mechanism,y\n2024-01-01,B,2\n2024-01-01,B,4\n2024-01-02,B,\n2024-01-01,A,5\n"


def test_cells_hold_count_sum_and_sum_of_squares(tmp_path):
    found = cells(tmp_path, ROWS, outcome="y")
    assert found.by["mechanism"].levels == ["A", "B"]
    assert found.by["mechanism"].codes.tolist() == [0, 1, 1]
    assert found.at.astype("datetime64[D]").astype(str).tolist() == ["2024-01-01", "2024-01-01", "2024-01-02"]
    assert found.n.tolist() == [1, 2, 0]
    assert found.total.tolist() == [5, 6, 0]
    assert found.squares.tolist() == [25, 20, 0]


def test_a_missing_outcome_is_counted_as_missing_and_not_refused(tmp_path):
    tally = cells(tmp_path, ROWS, outcome="y").tally
    assert (tally.read, tally.used, tally.refused, tally.missing) == (4, 4, 0, 1)


def test_a_denominator_is_summed_where_there_is_an_outcome(tmp_path):
    text = "at,mechanism,y,d\n2024-01-01,A,1,10\n2024-01-01,A,,5\n2024-01-01,A,2,20\n"
    found = cells(tmp_path, text, outcome="y", of="d")
    assert (found.n[0], found.total[0], found.over, found.broken) == (30, 3, 0, 0)


def test_customers_are_counted_once(tmp_path):
    text = "at,mechanism,c\n2024-01-01,A,x\n2024-01-01,A,x\n2024-01-01,A,y\n"
    assert cells(tmp_path, text, customer="c").customers.tolist() == [2]


def test_names_that_differ_in_spaces_are_one_and_question_marks_are_not_given(tmp_path):
    found = cells(tmp_path, "at,mechanism\n2024-01-01,A\n2024-01-01, A \n2024-01-01,?\n2024-01-01,\n")
    assert found.by["mechanism"].levels == ["(not given)", "A"]
    assert found.rows.tolist() == [2, 2]


def test_na_may_be_the_name_of_a_mechanism(tmp_path):
    assert cells(tmp_path, "at,mechanism\n2024-01-01,NA\n").by["mechanism"].levels == ["NA"]


def test_values_of_one_column_are_alternatives_and_columns_combine(tmp_path):
    text = "at,mechanism,x\n2024-01-01,A,1\n2024-01-01,B,1\n2024-01-01,C,1\n2024-01-01,A,2\n"
    found = cells(tmp_path, text, where=(("mechanism", "A"), ("mechanism", "B"), ("x", "1")))
    assert (found.tally.used, found.tally.filtered) == (2, 2)


def test_a_value_that_is_not_there_suggests_one_that_is(tmp_path):
    with pytest.raises(BadInput, match="Did you mean “Refunds”"):
        cells(tmp_path, "at,mechanism\n2024-01-01,Refunds\n", where=(("mechanism", "Refund"),))


def test_a_column_may_differ_in_case_and_spaces(tmp_path):
    text = "Date received,mechanism\n2024-01-01,A\n"
    assert len(cells(tmp_path, text, at="date_received")) == 1


def test_unreadable_rows_are_refused_with_line_column_value_and_reason(tmp_path):
    text = "at,y\n2024-01-01,1\n2024-02-31,2\n0001-01-01,3\n2999-01-01,4\n,5\n2024-01-02,six\n"
    found = refused(tmp_path, text, outcome="y")
    assert [(row.row, row.column, row.value) for row in found] == [
        (3, "at", "2024-02-31"), (4, "at", "0001-01-01"), (5, "at", "2999-01-01"), (6, "at", ""), (7, "y", "six"),
    ]  # fmt: skip
    assert [row.reason for row in found] == [
        "not a time written as the others are", "the time lies before 1901", "the time lies after 2099",
        "no time given", "not a number",
    ]  # fmt: skip


def test_as_many_rows_are_refused_as_are_listed(tmp_path):
    text = "at,mechanism,y\n2024-01-01,A,1\nnever,A,2\n2999-01-01,A,3\n2024-01-02,A,x\n2024-01-03,A\n"
    found = cells(tmp_path, text, outcome="y")
    assert found.tally.refused == len(refused(tmp_path, text, outcome="y")) == 4
    assert found.tally.read == 5


def test_broken_lines_are_refused_and_later_lines_keep_their_number(tmp_path):
    text = "at,y\n2024-01-01,7\n2024-01-02\n2024-01-03,7,1\n2024-01-04,x\n2024-01-05,8\n2024-01-06,9\n"
    found = refused(tmp_path, text, outcome="y")
    assert [(row.row, row.reason) for row in found] == [
        (3, "the line has too few fields"), (4, "the line has too many fields"), (5, "not a number"),
    ]  # fmt: skip


def test_a_negative_denominator_is_refused(tmp_path):
    text = "at,mechanism,y,d\n2024-01-01,A,1,-10\n2024-01-01,A,1,10\n"
    assert cells(tmp_path, text, outcome="y", of="d").tally.refused == 1
    assert [row.reason for row in refused(tmp_path, text, outcome="y", of="d")] == ["a negative denominator"]


def test_day_and_month_are_told_apart_over_the_whole_column(tmp_path):
    early = "".join(f"0{i % 9 + 1}/0{i % 7 + 1}/2024,A\n" for i in range(6000))
    found = cells(tmp_path, "at,mechanism\n" + early + "31/12/2024,A\n")
    assert found.until == np.datetime64("2024-12-31")


def test_an_order_that_stays_open_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("at\n" + "".join(f"0{i}/0{i}/2024\n" for i in range(1, 9)))
    source = lake.open_source(tmp_path / "a.csv")
    assert "equally well" in lake.plan(source, CellSpec("at", "day", ())).notes[0]


def test_dates_of_two_orders_are_noticed(tmp_path):
    text = "at\n" + "".join(f"{d}/6/2024\n" for d in range(1, 29)) + "6/30/2024\n6/29/2024\n"
    (tmp_path / "a.csv").write_text(text)
    source = lake.open_source(tmp_path / "a.csv")
    assert "2 values fit month/day/year only" in lake.plan(source, CellSpec("at", "day", ())).notes[0]


def test_zones_are_brought_to_utc(tmp_path):
    text = "at,mechanism\n2024-01-01T00:30:00+02:00,A\n2024-01-01T00:30:00Z,A\n"
    found = cells(tmp_path, text)
    assert found.at.astype("datetime64[D]").astype(str).tolist() == ["2023-12-31", "2024-01-01"]


def test_times_with_and_without_a_zone_cannot_be_mixed(tmp_path):
    text = "at,mechanism\n" + "2024-01-01T10:00:00Z,A\n2024-01-01T10:00:00,A\n" * 50
    with pytest.raises(BadInput, match="mixes times with a zone"):
        cells(tmp_path, text)


def test_a_text_outcome_names_what_it_holds(tmp_path):
    with pytest.raises(BadInput, match="“Refunds”"):
        cells(tmp_path, "at,mechanism\n2024-01-01,Refunds\n", outcome="mechanism")


def test_files_with_different_columns_are_united_by_name(tmp_path):
    (tmp_path / "a.csv").write_text("at,mechanism,y\n2024-01-01,A,1\n")
    (tmp_path / "b.csv").write_text("y;at\n2;2024-01-01\n")
    found = lake.reduce(lake.open_source(tmp_path), CellSpec("at", "day", ("mechanism",), "y"))
    assert dict(zip(found.by["mechanism"].levels, found.total.tolist(), strict=True)) == {
        "(not given)": 2,
        "A": 1,
    }


def test_a_workbook_keeps_its_dates_and_numbers(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {
        "Cover": [["Report of the service desk"]],
        "Data": [["at", "mechanism", "y"], [dt.date(2024, 1, 1), "A & B", 1.5], [dt.date(2024, 1, 2), "A & B", 2]],
    })  # fmt: skip
    source = lake.open_source(path)
    assert dict(source.columns) == {"at": "time", "mechanism": "text", "y": "number"}
    assert source.notes == ["a.xlsx has 2 sheets; “Data” was read."]
    assert lake.reduce(source, CellSpec("at", "month", ("mechanism",), "y")).total.tolist() == [3.5]


@pytest.mark.parametrize("every", ["second", "hour", "day", "week", "month", "quarter", "year"])
@given(moment=st.datetimes(dt.datetime(1901, 1, 8), dt.datetime(2099, 12, 31)))
def test_a_moment_lies_in_the_period_that_is_numbered_for_it(every, moment):
    at = np.array([moment], "datetime64[s]")
    number = numbers_of(at, every)
    assert starts(number, every)[0] <= at[0] < starts(number + 1, every)[0]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.datetimes(dt.datetime(1901, 1, 8), dt.datetime(2099, 12, 31)), min_size=1, max_size=30))
def test_the_engine_numbers_periods_as_we_do(moments):
    import duckdb
    import narwhals as nw
    import pyarrow as pa

    from andon.lake.cells import period

    con = duckdb.connect()
    con.register("t", pa.table({"at": pa.array(moments, pa.timestamp("us"))}))
    frame = nw.from_native(con.sql("SELECT * FROM t"))
    at = np.array(moments, "datetime64[s]")
    for every in ("second", "hour", "day", "week", "month", "quarter", "year"):
        found = (
            frame.select(period(nw.col("at"), every).alias("p")).to_native().to_arrow_table()["p"].to_numpy()
        )
        np.testing.assert_array_equal(found, numbers_of(at, every))
