"""`andon link` on files, as a user calls it."""

import gzip
import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.cli.link import link as command
from tests.cli.linking import COLUMNS, YEARS, link, survey, visits, write
from tests.lake.workbook import write_workbook

NUMBERS = {"r", "low", "high", "p_adjusted"}


@pytest.fixture(scope="module")
def staff():
    return survey()


@pytest.fixture(scope="module")
def customers(tmp_path_factory):
    return write(tmp_path_factory.mktemp("customers") / "visits.csv", visits())


@pytest.fixture(scope="module")
def found(staff, customers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    return link(
        folder / "out", write(folder / "survey.csv", staff), customers, *COLUMNS, "--employee", "load"
    )


def again(tmp_path, rows, customers, *more):
    return link(tmp_path / "out", write(tmp_path / "survey.csv", rows), customers, *COLUMNS, *more)


# What it leaves behind


def test_every_pair_is_there_with_what_was_promised(found):
    assert [(one["employee_measure"], one["customer_measure"]) for one in found.json["links"]] == [
        ("mood", "late / all"),
        ("load", "late / all"),
    ]
    for one in found.json["links"]:
        assert {"period", "between", "within", "lags", "sentence"} <= one.keys()
        assert one["between"].keys() >= NUMBERS
        assert one["within"].keys() >= NUMBERS
        assert one["period"] == "year"


def test_beside_the_links_stand_units_periods_and_warnings(found):
    assert found.json["units"]["both"] == 40
    assert found.json["periods"] == {"every": "year", "first": "2016", "last": "2018", "count": 3}
    assert isinstance(found.json["warnings"], list)


def test_what_is_planted_is_found_both_ways_and_what_is_not_is_not(found):
    mood, load = found.link("mood"), found.link("load")
    assert mood["between"]["verdict"] == mood["within"]["verdict"] == "association"
    assert mood["between"]["r"] < 0
    assert mood["within"]["r"] < 0
    assert load["between"]["verdict"] != "association"
    assert load["within"]["verdict"] != "association"


def test_intervals_hold_the_estimate_and_chances_are_chances(found):
    for one in found.json["links"]:
        for told in (one["between"], one["within"], *one["lags"]):
            assert told["low"] <= told["r"] <= told["high"]
            assert 0 < told["p"] <= told["p_adjusted"] <= 1


def test_lags_go_both_ways(found):
    assert [(lag["leads"], lag["lag"]) for lag in found.link()["lags"]] == [("employee", 1), ("customer", 1)]


def test_the_size_is_in_units_of_the_customers(found):
    step = found.link()["within"]["per_step"]
    assert step["step"] == 0.1
    assert step["change"] == pytest.approx(-0.03, abs=0.006)
    assert "percentage points" in found.link()["sentence"]


def test_the_report_stands_alone_and_holds_every_sentence(found):
    assert "default-src 'none'" in found.report
    assert not re.search(r"(src|href)=\"https?:", found.report)
    assert "<script" not in found.report
    assert found.report.count("This is about teams, not about persons.") == 2


def test_units_are_in_order_of_their_name_and_never_of_what_they_reached(found):
    table = found.report.split("Table of units, by name")[2]
    names = re.findall(r"<td>(R\d\d)</td>", table)[:40]
    assert names == sorted(names)
    assert len(names) == 40


def test_the_terminal_says_each_sentence(found):
    assert found.link()["sentence"] in found.result.output
    assert "Read on in" in found.result.output


def test_nothing_is_refused_where_everything_could_be_read(found):
    assert not (found.out / "refused.csv").exists()


def test_running_again_with_the_same_seed_says_the_same(staff, customers, tmp_path, found):
    assert again(tmp_path, staff, customers).link() == again(tmp_path, staff, customers).link()


# However units and years are written


SPELLINGS = {
    "whole years": lambda year: year,
    "years with a decimal": lambda year: f"{year}.0",
    "dates": lambda year: f"{year}-01-01",
    "days of the survey": lambda year: f"15/10/{year}",
    "years with spaces": lambda year: f" {year} ",
}


@pytest.mark.parametrize("how", SPELLINGS)
def test_years_are_read_however_they_are_written(how, staff, customers, tmp_path, found):
    rows = [row | {"when": SPELLINGS[how](row["when"])} for row in staff]
    one = again(tmp_path, rows, customers)
    assert one.json["periods"]["every"] == "year"
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


@pytest.mark.parametrize("text", ["{}/{:02}", "{}-{:02}", "FY{}/{:02}", "{}/20{:02}"])
def test_years_written_as_2016_17_begin_in_april(text, staff, customers, tmp_path):
    rows = [row | {"when": text.format(row["when"], (row["when"] + 1) % 100)} for row in staff]
    one = again(tmp_path, rows, customers)
    assert one.json["periods"] == {"every": "year", "first": "2016/17", "last": "2018/19", "count": 3}
    assert "Years were taken to begin in April" in one.warnings
    assert "2018/19 holds nine months" in one.warnings


def test_years_may_begin_when_the_user_says(staff, customers, tmp_path):
    assert again(tmp_path, staff, customers, "--year-begins", "7").json["periods"]["first"] == "2016/17"


def test_units_are_matched_without_regard_to_case_spaces_and_punctuation(staff, customers, tmp_path, found):
    rows = [row | {"site": f"  {row['site'].lower()} "} for row in staff]
    rows = [row | {"site": row["site"].replace("r0", "r-0")} for row in rows]
    one = again(tmp_path, rows, customers)
    assert one.json["units"]["both"] == 40
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])
    assert "matched although written differently" in one.warnings


def test_units_that_are_in_one_file_only_are_left_out_and_named(staff, customers, tmp_path):
    rows = [row for row in staff if row["site"] != "R07"] + [staff[0] | {"site": "Elsewhere"}]
    one = again(tmp_path, rows, customers)
    assert one.json["units"]["employee_only"] == {"count": 1, "names": ["Elsewhere"]}
    assert one.json["units"]["customer_only"]["names"] == ["R07"]
    assert "“Elsewhere”" in one.warnings


def test_rows_given_twice_are_said_and_change_nothing(staff, customers, tmp_path, found):
    one = again(tmp_path, [*staff, *staff[:6]], customers)
    assert "Six rows are exact copies" in one.warnings
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


def test_columns_of_the_customers_may_be_named_otherwise(staff, tmp_path, found):
    rows = [
        {"code": row["site"], "month": row["when"], "late": row["late"], "all": row["all"]}
        for row in visits()
    ]
    theirs = write(tmp_path / "visits.csv", rows)
    one = again(tmp_path, staff, theirs, "--unit-customer", "code", "--at-customer", "month")
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


def test_the_only_column_of_times_is_taken_where_the_other_file_alone_has_the_one_named(
    staff, tmp_path, found
):
    rows = [
        {"site": row["site"], "month": row["when"], "late": row["late"], "all": row["all"]}
        for row in visits()
    ]
    one = again(tmp_path, staff, write(tmp_path / "visits.csv", rows))
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])
    assert "“month” is its only column of times" in one.warnings


def test_parquet_with_years_as_decimals_and_gzipped_csv_are_read(staff, customers, tmp_path, found):
    table = pa.Table.from_pylist([row | {"when": float(row["when"])} for row in staff])
    pq.write_table(table, tmp_path / "survey.parquet")
    zipped = tmp_path / "visits.csv.gz"
    zipped.write_bytes(gzip.compress(customers.read_bytes()))
    one = link(tmp_path / "out", tmp_path / "survey.parquet", zipped, *COLUMNS)
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


def test_a_workbook_is_read(staff, customers, tmp_path, found):
    rows = [list(staff[0]), *(list(row.values()) for row in staff)]
    book = write_workbook(tmp_path / "survey.xlsx", {"Survey": rows})
    one = link(tmp_path / "out", book, customers, *COLUMNS)
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


def test_a_glob_names_several_files(staff, customers, tmp_path, found):
    for year in YEARS:
        write(tmp_path / f"survey-{year}.csv", [row for row in staff if row["when"] == year])
    one = link(tmp_path / "out", f"{tmp_path}/survey-*.csv", customers, *COLUMNS)
    assert one.link()["between"]["r"] == pytest.approx(found.link()["between"]["r"])


def test_only_the_rows_asked_for_are_used(staff, customers, tmp_path):
    rows = [row | {"wave": "main" if row["when"] < 2018 else "pilot"} for row in staff]
    assert again(tmp_path, rows, customers, "--where", "wave=main").json["periods"]["last"] == "2017"


# Means of rows, single answers, missing values


def test_without_a_denominator_a_measure_is_the_mean_of_its_rows(staff, tmp_path):
    rows = [{"site": r["site"], "when": r["when"], "late": r["late"] / r["all"]} for r in visits()]
    columns = COLUMNS[:-2]
    one = link(tmp_path / "out", write(tmp_path / "s.csv", staff), write(tmp_path / "v.csv", rows), *columns)
    assert one.link()["customer_measure"] == "late"
    assert one.link()["between"]["verdict"] == "association"


def test_single_answers_are_used_from_five_on(staff, customers, tmp_path):
    rows = [row for row in staff for _ in range(3 if row["site"] == "R01" else 6)]
    one = again(tmp_path, [row | {"no": i} for i, row in enumerate(rows)], customers)
    assert "fewer than five were left out" in one.warnings
    assert one.link()["between"]["units"] == 39


def test_what_cannot_be_read_is_listed_with_its_place(staff, customers, tmp_path):
    rows = [row | {"mood": "suppressed" if i == 4 else row["mood"]} for i, row in enumerate(staff)]
    one = again(tmp_path, rows, customers)
    refused = (one.out / "refused.csv").read_text("utf-8").splitlines()
    assert refused[1].startswith("survey.csv,6,mood,suppressed,")
    assert one.json["rows_refused"] == 1


def test_a_measure_that_never_varies_is_no_number(staff, customers, tmp_path):
    one = again(tmp_path, [row | {"mood": 5} for row in staff], customers).link()
    assert one["between"]["r"] is None
    assert "does not vary" in one["sentence"]


def test_five_sites_are_too_few(staff, customers, tmp_path):
    one = again(tmp_path, [row for row in staff if row["site"] < "R05"], customers)
    assert "few units" in one.link()["sentence"]
    assert one.link()["between"]["verdict"] == "cannot tell"


# What is turned down: exit status 2, nothing written, the place and the remedy


def refused(tmp_path, *arguments):
    one = link(tmp_path / "out", *arguments)
    assert one.result.exit_code == 2
    assert not one.out.exists()
    return " ".join(one.result.output.split())


@pytest.fixture
def ours(staff, tmp_path):
    return write(tmp_path / "survey.csv", staff)


def test_a_file_that_is_not_there(ours, tmp_path):
    assert "There is no file" in refused(tmp_path, ours, tmp_path / "none.csv", *COLUMNS)


def test_a_column_that_is_not_there_is_named_with_its_file(ours, customers, tmp_path):
    columns = ["mod" if one == "mood" else one for one in COLUMNS]
    said = refused(tmp_path, ours, customers, *columns)
    assert "EMPLOYEE_DATA: There is no column “mod”. Did you mean “mood”" in said


def test_a_unit_the_customers_name_otherwise_brings_its_remedy(ours, tmp_path):
    theirs = write(tmp_path / "v.csv", [{"code": 1, "when": 2016, "late": 1, "all": 2}])
    assert "--unit-customer" in refused(tmp_path, ours, theirs, *COLUMNS)


def test_a_column_of_times_that_neither_has(ours, customers, tmp_path):
    columns = ["nonsense" if one == "when" else one for one in COLUMNS]
    assert "EMPLOYEE_DATA: There is no column “nonsense”" in refused(tmp_path, ours, customers, *columns)


def test_persons_are_no_units(staff, customers, tmp_path):
    rows = write(tmp_path / "p.csv", [{"employee_id": 1, **row} for row in staff])
    columns = ["employee_id" if one == "site" else one for one in COLUMNS]
    assert "looks like persons" in refused(tmp_path, rows, customers, *columns)


def test_files_without_a_common_unit(staff, customers, tmp_path):
    rows = write(tmp_path / "p.csv", [row | {"site": f"X{row['site']}"} for row in staff])
    assert "No unit is in both files" in refused(tmp_path, rows, customers, *COLUMNS)


def test_files_without_a_common_time(staff, customers, tmp_path):
    rows = write(tmp_path / "p.csv", [row | {"when": row["when"] + 10} for row in staff])
    said = refused(tmp_path, rows, customers, *COLUMNS)
    assert "EMPLOYEE_DATA has 2026 to 2028, CUSTOMER_DATA 2016 to 2018" in said


def test_a_measure_of_words(staff, customers, tmp_path):
    rows = write(tmp_path / "p.csv", [row | {"mood": "fine"} for row in staff])
    assert "holds texts where numbers" in refused(tmp_path, rows, customers, *COLUMNS)


def test_years_cannot_be_told_apart_by_month(ours, customers, tmp_path):
    assert "cannot be told apart by month" in refused(tmp_path, ours, customers, *COLUMNS, "--every", "month")


def test_a_denominator_that_is_the_measure(ours, customers, tmp_path):
    columns = ["late" if one == "all" else one for one in COLUMNS]
    assert "as a measure and as --of" in refused(tmp_path, ours, customers, *columns)


def test_a_side_that_is_neither(ours, customers, tmp_path):
    assert "neither high nor low" in refused(tmp_path, ours, customers, *COLUMNS, "--good", "up")


def test_rows_that_nobody_has(ours, customers, tmp_path):
    assert "Neither file has a column “wave”" in refused(
        tmp_path, ours, customers, *COLUMNS, "--where", "wave=1"
    )


@pytest.mark.parametrize(
    "option", [("--fdr", "0"), ("--lags", "-1"), ("--year-begins", "13"), ("--seed", "x")]
)
def test_numbers_that_make_no_sense(option, ours, customers, tmp_path):
    refused(tmp_path, ours, customers, *COLUMNS, *option)


def test_the_options_are_those_of_the_reference():
    page = Path(__file__).parents[2] / "docs" / "reference" / "link.md"
    section = page.read_text("utf-8").split("## Options")[1].split("\n## ")[0]
    named = [option for one in command.params for option in one.opts if option.startswith("--")]
    assert sorted(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE)) == sorted(named)


def test_what_links_hold_is_in_the_reference(found):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "link.md").read_text("utf-8")
    link = found.link()
    keys = {*found.json, *link, *link["between"], *link["lags"][0]} - {"p"}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


# Weeks, quarters and single months


def rewritten(tmp_path, staff_at, customers_at):
    """Both files with other times, of periods 0 to 11."""
    rows = [(f"T{i:02}", t, i % 5 + (t * i) % 7) for i in range(12) for t in range(12)]
    ours = [{"site": site, "when": staff_at(t), "mood": x} for site, t, x in rows]
    theirs = [{"site": site, "when": customers_at(t), "late": x, "all": 20} for site, t, x in rows]
    return link(
        tmp_path / "out", write(tmp_path / "a.csv", ours), write(tmp_path / "b.csv", theirs), *COLUMNS
    ).json


def quarter(t):
    return f"{2020 + t // 4}-Q{t % 4 + 1}"


def month(t):
    return f"{2020 + t // 12}-{t % 12 + 1:02}"


def monday(t):
    return str(np.datetime64("2024-01-01") + np.timedelta64(7 * t, "D"))


@pytest.mark.parametrize(
    ("staff_at", "customers_at", "every", "count"),
    [
        (quarter, quarter, "quarter", 12),
        (quarter, month, "quarter", 4),
        (monday, monday, "week", 12),
        (month, lambda t: f"{month(t)}-17 08:30", "month", 12),
        (lambda t: "2021-05", lambda t: "2021-05", "month", 1),
    ],
)
def test_the_period_is_the_coarser_of_both_files(tmp_path, staff_at, customers_at, every, count):
    found = rewritten(tmp_path, staff_at, customers_at)["periods"]
    assert (found["every"], found["count"]) == (every, count)


def test_numbers_that_cannot_be_squared_are_refused(staff, customers, tmp_path):
    rows = write(tmp_path / "p.csv", [row | {"mood": f"{row['load']}e200"} for row in staff])
    assert "Such numbers cannot be compared" in refused(tmp_path, rows, customers, *COLUMNS)
