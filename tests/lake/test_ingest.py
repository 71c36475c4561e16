"""From a file of what happened to customers to the lake: what is written, what is refused, what is said."""

import csv
import datetime as dt

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon import lake
from andon.lake import BadInput, CellSpec, Terms
from andon.lake.customers import pseudonym_sql
from andon.lake.tables import literal
from tests.lake.workbook import write_workbook

NOW = dt.datetime(2025, 6, 30, 12, tzinfo=dt.UTC)
TERMS = Terms(NOW, "a secret")
WORDS = {"at": "at", "mechanism": "mechanism"}


@pytest.fixture
def take(tmp_path):
    """`take(text)` is what was taken in of a CSV file, and the rows in the lake."""

    def ingest(text, mapping=WORDS, terms=TERMS, progress=lambda done: None):
        path = tmp_path / "rows.csv"
        path.write_text(text, "utf-8")
        out, refused = tmp_path / "lake" / "rows.parquet", tmp_path / "refused.csv"
        source = lake.open_source(path)
        taken = lake.ingest(source, mapping, out, refused, progress, terms=terms)
        return taken, pq.read_table(out).to_pylist()

    return ingest


def reasons(taken):
    return {(row.row, row.column): row.reason for row in taken.refused}


def test_rows_are_typed(take):
    taken, (row,) = take('at,mechanism,late,minutes,colour\n01/31/2025,Labels,yes,"1.204,5",red\n')
    assert row == {
        "at": dt.datetime(2025, 1, 31), "mechanism": "Labels", "late": 1.0, "minutes": 1204.5, "colour": "red",
    }  # fmt: skip
    assert (taken.rows, taken.grain) == (1, "day")
    assert taken.starts == taken.ends == dt.datetime(2025, 1, 31, tzinfo=dt.UTC)


def test_times_with_a_zone_are_kept_in_utc(take):
    _, (row,) = take("at,mechanism\n2025-01-31 09:00+02:00,Labels\n")
    assert row["at"] == dt.datetime(2025, 1, 31, 7)


def test_a_mechanism_is_written_by_the_short_name_the_house_gives(take):
    short = Terms(NOW, "", lambda name: name.strip().lower())
    _, found = take("at,mechanism\n2025-01-01,LABELS\n2025-01-02, labels \n", terms=short)
    assert {row["mechanism"] for row in found} == {"labels"}


def test_the_house_is_asked_once_for_each_name(take):
    asked = []
    take(
        "at,mechanism\n" + "2025-01-01,A\n" * 5 + "2025-01-01,?\n",
        terms=Terms(NOW, "", lambda n: asked.append(n) or n),
    )
    assert asked == ["A"]


def test_every_row_that_is_refused_is_named_once_with_its_place(take):
    taken, found = take(
        "at,mechanism\n2025-01-01,A\n2025-01-02\n,\nsoon,A\n2025-07-09,\n2025-01-03,?\n1800-01-01,A\n2025-01-04,A\n"
    )
    assert reasons(taken) == {
        (3, ""): "the line has too few fields",
        (4, "at"): "no time given",
        (5, "at"): "not a time written as the others are",
        (6, "at"): "the time lies in the future",
        (7, "mechanism"): "no mechanism given",
        (8, "at"): "the time lies before 1901",
    }
    assert len(found) == 2


def test_refused_rows_are_in_a_file_for_whoever_mends_them(take, tmp_path):
    take("at,mechanism\n2025-01-01,A\nsoon,A\n")
    with open(tmp_path / "refused.csv", encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["row", "column", "value", "reason"],
            ["3", "at", "soon", "not a time written as the others are"],
        ]


def test_an_earlier_file_of_refused_rows_goes_when_none_is_refused(take, tmp_path):
    (tmp_path / "refused.csv").write_text("of another time")
    take("at,mechanism\n2025-01-01,A\n")
    assert not (tmp_path / "refused.csv").exists()


@pytest.mark.parametrize(
    "times",
    [
        ["13/01/2025", "02/03/2025", "2025-01-05"],
        ["01/13/2025", "02/03/2025", "soon"],
        ["n/a", "unknown", "2025-02-01 09:00"],
        ["45000", "45001", "x"],
        ["2025-01", "2025-02", ""],
        ["2025-01-01T10:00:00Z", "2025-01-01T10:00:00+05:30", "0001-01-01T00:00:00Z"],
    ],
)
def test_a_time_is_read_and_refused_as_on_the_command_line(take, tmp_path, times):
    taken, found = take("at,mechanism\n" + "".join(f"{time},A\n" for time in times))
    source = lake.open_source(tmp_path / "rows.csv")
    todo = lake.plan(source, CellSpec("at", "second"))
    assert list(taken.refused) == lake.refusals(source, todo)
    moments = lake.reduce(source, CellSpec("at", "second")).at.astype("datetime64[us]").tolist()
    assert sorted({row["at"] for row in found}) == moments


def test_a_number_that_cannot_be_read_is_left_blank_and_said(take):
    taken, found = take(
        "at,mechanism,minutes\n2025-01-01,A,5\n2025-01-01,A,6\n2025-01-01,A,long\n2025-01-01,A,n/a\n"
    )
    assert [row["minutes"] for row in found] == [5, 6, None, None]
    assert taken.notes == ["“minutes” is not a number in 1 row; there it was left blank."]


def test_an_unusual_way_of_writing_numbers_is_said(take):
    taken, _ = take('at,mechanism,minutes\n2025-01-01,A,"5,5"\n')
    assert taken.notes == ["“minutes” was read as numbers with a decimal comma."]


def test_a_customer_is_the_same_pseudonym_in_sql_and_in_python(take):
    text = "at,mechanism,customer\n2025-01-01,A,  Eve\u00a0 Ω \n2025-01-01,A,\n"
    _, found = take(text, WORDS | {"customer": "customer"})
    assert [row["customer"] for row in found] == [lake.pseudonym("eve ω", "a secret"), None]


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12))
def test_any_customer_is_the_same_pseudonym_in_sql_and_in_python(who):
    text = pseudonym_sql(literal(who), "a 'secret'")
    ((found,),) = duckdb.sql(f"SELECT {text}").fetchall()
    assert (found or "") == lake.pseudonym(who, "a 'secret'")


def test_a_number_for_a_name_is_the_same_from_a_spreadsheet(tmp_path):
    rows = [["at", "mechanism", "customer"], [dt.date(2025, 1, 1), 17, 1042]]
    write_workbook(tmp_path / "a.xlsx", {"one": rows})
    mapping = WORDS | {"customer": "customer"}
    out = tmp_path / "a.parquet"
    lake.ingest(lake.open_source(tmp_path / "a.xlsx"), mapping, out, tmp_path / "r.csv", terms=TERMS)
    (row,) = pq.read_table(out).to_pylist()
    assert (row["mechanism"], row["customer"]) == ("17", lake.pseudonym("1042", "a secret"))


def test_columns_called_like_ours_are_told_apart(take):
    text = "at,mechanism,Team,team (2),__why,__0\n2025-01-01,A,North,East,x,y\n"
    _, (row,) = take(text)
    assert list(row) == ["at", "mechanism", "Team (2)", "team (2) (2)", "__why", "__0"]


def test_columns_that_can_be_measured_are_named_by_mechanism(take):
    lines = (f"2025-01-01,{name},{i % 2},{i},{3}\n" for name in "AB" for i in range(30))
    taken, _ = take("at,mechanism,late,minutes,same\n" + "".join(lines) + "2025-01-01,C,1,1,1\n")
    both = [("late", "truth"), ("minutes", "number")]
    assert taken.outcomes == {"A": both, "B": both, "C": []}


def test_progress_only_grows(take):
    told = []
    take("at,mechanism\n2025-01-01,A\n", progress=told.append)
    assert told == sorted(told)
    assert told[-1] < 1


def test_no_row_that_can_be_used_is_bad_input_and_leaves_no_file(take, tmp_path):
    with pytest.raises(BadInput, match="The first is refused because no mechanism given"):
        take("at,mechanism\n2025-01-01,\n2025-01-01,?\n")
    assert list((tmp_path / "lake").iterdir()) == []


def test_a_column_of_cases_is_no_column_of_mechanisms(take):
    with pytest.raises(BadInput, match="2,001 different names"):
        take("at,mechanism\n" + "".join(f"2025-01-01,case {i}\n" for i in range(2001)))


def test_a_needed_column_that_is_not_named_is_asked_for(take):
    with pytest.raises(BadInput, match="“mechanism”"):
        take("at,mechanism\n2025-01-01,A\n", {"at": "at"})


def test_a_column_that_is_not_there_is_suggested(take):
    with pytest.raises(BadInput, match="Did you mean “mechanism”"):
        take("at,mechanism\n2025-01-01,A\n", {"at": "at", "mechanism": "mechanisn"})


@pytest.mark.parametrize("value", ["=HYPERLINK(1)", "+1+cmd", "-2-3", "@SUM(A1)", "\t=1"])
def test_a_refused_value_that_a_spreadsheet_would_run_gets_an_apostrophe(value):
    assert lake.harmless(value) == f"'{value}"


@pytest.mark.parametrize("value", ["-5", "+4.2", "-1,5", "plain", "", "a=b"])
def test_a_refused_number_or_word_is_written_as_it_was(value):
    assert lake.harmless(value) == value
