"""`andon review` on files, as a user calls it."""

import gzip
import json
import re

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.cli.reviewing import review, rows, write

COLUMNS = [
    "mechanism",
    "measure",
    "at",
    "n",
    "value",
    "centre",
    "lower",
    "upper",
    "exception",
    "rules",
    "reason",
]
AT = ("--at", "at", "--mechanism", "mechanism")
LATE = (*AT, "--outcome", "late", "--good", "low")


@pytest.fixture(scope="module")
def made():
    return rows()


@pytest.fixture(scope="module")
def data(made, tmp_path_factory):
    return write(tmp_path_factory.mktemp("data") / "cases.csv", made)


@pytest.fixture(scope="module")
def reviewed(data, tmp_path_factory):
    return review(tmp_path_factory.mktemp("out") / "review", data, *LATE)


def changed(made, change):
    return [{**row, **change(i, row)} for i, row in enumerate(made)]


# What it leaves behind


def test_the_planted_change_is_found_and_nothing_else(reviewed):
    assert reviewed.out_of_spec == {"Refunds"}
    found = next(one for one in reviewed.summary["mechanisms"] if one["out"])
    assert found["since"].startswith("2024-10-07")
    assert found["ongoing"]


def test_points_have_the_columns_and_types_promised(reviewed):
    points = pq.read_table(reviewed.out / "points.parquet")
    assert points.column_names == COLUMNS
    assert points.schema.field("at").type == pa.timestamp("us", "UTC")
    assert points.schema.field("exception").type == pa.bool_()
    assert len(points) == reviewed.summary["points"] == 3 * 52
    assert set(points["measure"].to_pylist()) == {"late"}


def test_exceptions_are_the_marked_points_strongest_first(reviewed):
    points = pq.read_table(reviewed.out / "points.parquet").to_pylist()
    exceptions = reviewed.exceptions
    assert list(exceptions[0]) == COLUMNS
    assert len(exceptions) == sum(point["exception"] for point in points) == reviewed.summary["exceptions"]
    distance = [float(e["value"]) - float(e["centre"]) for e in exceptions]
    assert distance[0] == max(distance)
    assert all(e["reason"] and e["rules"] for e in exceptions)


def test_moments_of_exceptions_are_written_to_the_second(reviewed):
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e["at"]) for e in reviewed.exceptions)


def test_the_day_that_systems_write_for_none_is_refused_and_makes_no_point(made, tmp_path):
    at = [{**made[0], "at": "1900-01-01"}, *made]
    found = review(tmp_path / "out", write(tmp_path / "none.csv", at), *LATE, "--every", "day")
    assert [(row["row"], row["reason"]) for row in found.refused] == [("2", "the time lies before 1901")]
    assert found.summary["rows_used"] == len(made)
    assert min(pq.read_table(found.out / "points.parquet")["at"].to_pylist()).year == 2024


def test_as_many_dates_of_one_order_as_of_the_other_are_said_to_be_mixed(made, tmp_path):
    orders = ("03/04/2024", "13/04/2024", "04/13/2024", "05/04/2024", "06/04/2024", "07/04/2024")
    mixed = [{**row, "at": at} for row, at in zip(made, orders * 20, strict=False)]
    found = review(tmp_path / "out", write(tmp_path / "mixed.csv", mixed), *LATE)
    assert len(found.refused) == 20
    assert any("others may be swapped without showing it" in note for note in found.summary["warnings"])


def test_the_summary_says_what_was_chosen_and_why(reviewed):
    summary = reviewed.summary
    assert (summary["rows_read"], summary["rows_refused"], summary["series"]) == (6552, 0, 3)
    assert (summary["kind"], summary["chart"], summary["every"]) == ("proportion", "p chart", "week")
    assert "yes or no" in summary["why"]
    assert isinstance(summary["warnings"], list)


def test_the_report_is_one_file_that_asks_for_nothing(reviewed):
    page = (reviewed.out / "report.html").read_text("utf-8")
    links = re.findall(r'(?:src|href)="([^"#][^"]*)"', page)
    assert links == []
    assert "url(" not in re.sub(r"url\(#", "", page)
    assert "One of three mechanisms is out of spec." in page
    assert page.index("Out of the ordinary") < page.index("Everything, most unusual first")
    assert "How it was computed" in page


def test_nobody_is_named_in_any_output(data, tmp_path):
    found = review(tmp_path / "out", data, *LATE, "--worker", "worker", "--team", "worker")
    assert found.out_of_spec == {"Refunds"}
    for file in ("report.html", "summary.json", "exceptions.csv"):
        assert not re.search(r"clerk-", (found.out / file).read_text("utf-8"))


def test_the_terminal_shows_a_line_a_mechanism_with_a_sparkline(reviewed):
    assert "One of three mechanisms is out of spec" in reviewed.result.output
    for name in ("Refunds", "Labels", "Sign-in"):
        assert re.search(rf"{name}\s+[▁▂▃▄▅▆▇█ ]{{8,}}", reviewed.result.output)


def test_an_earlier_review_in_the_folder_is_replaced(data, made, tmp_path):
    broken = write(tmp_path / "broken.csv", changed(made, lambda i, row: {"at": "never"} if i == 3 else {}))
    assert (review(tmp_path / "out", broken, *LATE).out / "refused.csv").exists()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    again = review(tmp_path / "out", data, *LATE)
    assert not (again.out / "refused.csv").exists()
    assert (again.out / "notes.txt").read_text() == "mine"


# Files of all kinds say the same


@pytest.mark.parametrize(("encoding", "separator"), [
    ("utf-8-sig", ";"), ("utf-16", ","), ("utf-16-le", "\t"), ("latin-1", "|"), ("utf-8", "\t"),
])  # fmt: skip
def test_encodings_and_separators_make_no_difference(made, reviewed, tmp_path, encoding, separator):
    found = review(tmp_path / "out", write(tmp_path / "a.csv", made, encoding, separator), *LATE)
    assert found.exceptions == reviewed.exceptions


def test_gzip_parquet_and_several_files_make_no_difference(made, data, reviewed, tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(data.read_bytes()))
    pq.write_table(pyarrow.csv.read_csv(data), tmp_path / "a.parquet")
    write(tmp_path / "half 1.csv", made[:3000])
    write(tmp_path / "half 2.csv", made[3000:], separator=";")
    for i, paths in enumerate(([tmp_path / "a.csv.gz"], [tmp_path / "a.parquet"], [tmp_path / "half *.csv"])):
        assert review(tmp_path / f"out {i}", *paths, *LATE).exceptions == reviewed.exceptions


@pytest.mark.parametrize(
    "format_", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%d %b %Y", "%s"]
)
def test_times_may_be_written_in_many_ways(made, reviewed, tmp_path, format_):
    import datetime as dt

    def rewritten(_, row):
        at = dt.datetime.fromisoformat(row["at"]).replace(tzinfo=dt.UTC)
        return {"at": str(int(at.timestamp())) if format_ == "%s" else at.strftime(format_)}

    found = review(tmp_path / "out", write(tmp_path / "a.csv", changed(made, rewritten)), *LATE)
    assert found.exceptions == reviewed.exceptions


def test_decimal_commas_are_numbers(made, tmp_path):
    plain = review(tmp_path / "one", write(tmp_path / "a.csv", made), *AT, "--outcome", "minutes")
    comma = changed(made, lambda i, row: {"minutes": row["minutes"].replace(".", ",")})
    other = review(
        tmp_path / "two", write(tmp_path / "b.csv", comma, separator=";"), *AT, "--outcome", "minutes"
    )
    one, two = (pq.read_table(found.out / "points.parquet") for found in (plain, other))
    assert one["value"].to_pylist() == pytest.approx(two["value"].to_pylist())


def test_months_quarters_and_names_with_spaces(tmp_path):
    made = [
        {"Month received": f"20{y}-{m:02}", "Sort of case": "A b", "Late?": "No"}
        for y in (23, 24)
        for m in range(1, 13)
    ]
    found = review(tmp_path / "out", write(tmp_path / "a.csv", made * 9), "--at", "Month received",
                   "--mechanism", "Sort of case", "--outcome", "Late?")  # fmt: skip
    assert (found.summary["every"], found.summary["points"], found.summary["kind"]) == (
        "month",
        24,
        "proportion",
    )


# Options


def test_rows_are_counted_without_an_outcome(data, tmp_path):
    summary = review(tmp_path / "out", data, *AT, "--where", "late=yes").summary
    assert (summary["kind"], summary["measure"]) == ("count", "rows")
    assert summary["rows_used"] + summary["rows_filtered"] == summary["rows_read"] == 6552


def test_where_takes_alternatives_of_one_column(data, tmp_path):
    found = review(
        tmp_path / "out", data, *LATE, "--where", "mechanism=Refunds", "--where", "mechanism=Labels"
    )
    assert {one["mechanism"] for one in found.summary["mechanisms"]} == {"Refunds", "Labels"}


def test_mechanisms_combine(data, tmp_path):
    found = review(tmp_path / "out", data, "--at", "at", "--mechanism", "mechanism", "--mechanism", "late")
    assert "Refunds · yes" in {one["mechanism"] for one in found.summary["mechanisms"]}


@pytest.mark.parametrize("kind", ["proportion", "value", "count", "rate", "between"])
def test_every_kind_finds_the_change(data, tmp_path, kind):
    found = review(tmp_path / "out", data, *LATE[:-2], "--kind", kind)
    assert found.out_of_spec == {"Refunds"}


@pytest.mark.parametrize("rules", ["nelson", "western-electric", "nhs", "anhoj"])
def test_every_rule_set_finds_the_change(data, tmp_path, rules):
    found = review(tmp_path / "out", data, *LATE, "--rules", rules)
    assert found.out_of_spec == {"Refunds"}
    assert found.summary["rules"] == rules


@pytest.mark.parametrize(("every", "points"), [("day", 364), ("week", 52), ("month", 12), ("quarter", 4)])
def test_the_period_can_be_asked_for(data, tmp_path, every, points):
    assert review(tmp_path / "out", data, "--at", "at", "--every", every).summary["points"] == points


def test_baseline_phase_season_limits_and_target_are_taken(data, tmp_path):
    found = review(tmp_path / "out", data, *LATE, "--every", "day", "--season", "week",
                   "--baseline", "2024-01..2024-06", "--phase", "2024-10-07",
                   "--upper", "0.5", "--target", "5", "--fdr", "0.1")  # fmt: skip
    assert found.summary["season"] == "week"
    assert found.summary["fdr"] == 0.1


def test_counted_data_have_a_denominator(made, tmp_path):
    weeks = [{"week": f"2024-W{w:02}", "late": str(3 + 9 * (w > 40)), "of": "100"} for w in range(1, 53)]
    summary = review(
        tmp_path / "out", write(tmp_path / "a.csv", weeks), "--at", "week", "--outcome", "late", "--of", "of"
    ).summary
    assert (summary["kind"], summary["every"], summary["series_out"]) == ("proportion", "week", 1)


# Bad input


@pytest.mark.parametrize(("arguments", "words"), [
    (("--at", "att"), "Did you mean “at”"),
    ((*AT, "--outcome", "lat"), "Did you mean “late”"),
    ((*AT, "--outcome", "worker"), "holds texts where numbers"),
    (("--at", "minutes"), "no times"),
    ((*AT, "--where", "mechanism"), "no equals sign"),
    ((*AT, "--where", "mechanism=Refund"), "Did you mean “Refunds”"),
    ((*AT, "--worker", "workr"), "Did you mean “worker”"),
    ((*AT, "--baseline", "soon"), "neither a number"),
    ((*AT, "--baseline", "2024-06..2024-01"), "ends before it begins"),
    ((*AT, "--phase", "7/10/24"), "not a date"),
    ((*AT, "--season", "year"), "too short"),
    ((*AT, "--outcome", "minutes", "--kind", "proportion"), "yes/no or 0/1"),
    ((*AT, "--every", "fortnight"), "fortnight"),
])  # fmt: skip
def test_a_question_that_cannot_be_answered_says_why_and_leaves_nothing(data, tmp_path, arguments, words):
    found = review(tmp_path / "out", data, *arguments)
    assert found.result.exit_code == 2
    assert words in found.result.output
    assert "Traceback" not in found.result.output
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_named(data, tmp_path):
    pq.write_table(pyarrow.csv.read_csv(data), tmp_path / "a.parquet")
    whole = bytearray((tmp_path / "a.parquet").read_bytes())
    whole[100:1500] = b"\0" * 1400
    (tmp_path / "a.parquet").write_bytes(bytes(whole))
    found = review(tmp_path / "out", tmp_path / "a.parquet", *LATE)
    assert found.result.exit_code == 2
    assert "a.parquet" in found.result.output
    assert not found.out.exists()


def test_an_empty_table_is_turned_down(tmp_path):
    (tmp_path / "a.csv").write_text("at,mechanism,late\n")
    found = review(tmp_path / "out", tmp_path / "a.csv", *LATE)
    assert (found.result.exit_code, "no rows" in found.result.output) == (2, True)


def test_a_file_in_the_place_of_the_folder_is_left_alone(data, tmp_path):
    (tmp_path / "out").write_text("mine")
    assert review(tmp_path / "out", data, *LATE).result.exit_code == 2
    assert (tmp_path / "out").read_text() == "mine"


def test_refused_rows_are_listed_and_the_rest_is_reviewed(made, tmp_path):
    strange = {5: "0001-01-01", 6: "2999-12-31", 7: "", 8: "yesterday"}
    data = write(tmp_path / "a.csv", changed(made, lambda i, row: {"at": strange.get(i, row["at"])}))
    found = review(tmp_path / "out", data, *LATE)
    assert found.summary["rows_refused"] == 4
    assert [(row["row"], row["column"], row["value"]) for row in found.refused] == [
        ("7", "at", "0001-01-01"), ("8", "at", "2999-12-31"), ("9", "at", ""), ("10", "at", "yesterday"),
    ]  # fmt: skip
    assert found.out_of_spec == {"Refunds"}


def test_a_thousand_mechanisms_make_a_report_that_says_what_is_drawn(tmp_path):
    table = pa.table(
        {"at": [f"2024-{m:02}-01" for m in range(1, 13)] * 1000, "m": [f"m{i // 12}" for i in range(12000)]}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = review(
        tmp_path / "out", tmp_path / "a.parquet", "--at", "at", "--mechanism", "m", "--every", "month"
    )
    assert found.summary["series"] == 1000
    assert "The 500 most unusual of 1,000 series are drawn" in (found.out / "report.html").read_text("utf-8")


def test_the_summary_is_plain_json(reviewed):
    json.loads((reviewed.out / "summary.json").read_text("utf-8"), parse_constant=pytest.fail)


def test_the_help_names_every_option(data):
    from click.testing import CliRunner

    from andon.cli import main

    text = CliRunner().invoke(main, ["review", "--help"]).output
    for option in ("at", "outcome", "of", "kind", "mechanism", "worker", "team", "where", "good", "every",
                   "upper", "lower", "target", "baseline", "phase", "season", "rules", "fdr", "out"):  # fmt: skip
        assert f"--{option} " in text


def test_help_comes_without_loading_the_libraries():
    import subprocess
    import sys

    code = (
        "import sys; from andon.cli import main\ntry: main(['review', '--help'])\nexcept SystemExit: pass\n"
    )
    code += "assert not {'django', 'numpy', 'duckdb', 'altair'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
