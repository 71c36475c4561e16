"""`andon clusters` on files, as a user calls it."""

import csv
import json
import re

import numpy as np
import pytest
from click.testing import CliRunner

from andon.cli import main
from tests.analysis.clusters.made import LAST_SUNDAY, planted, quiet

FIELDS = {
    "slice", "terms", "from", "to", "observed", "expected", "ratio", "p_adjusted", "customers", "examples", "sentence",
    "possible_artefacts",
}  # fmt: skip
ALL = (
    "--at",
    "when",
    "--text",
    "said",
    "--customer",
    "customer",
    "--attribute",
    "product",
    "--attribute",
    "region",
)


def write(path, records):
    names = list(records.attributes)
    order = np.argsort(records.at, kind="stable")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["when", "said", "customer", *names])
        for i in order.tolist():
            values = [f.levels[f.codes[i]] for f in records.attributes.values()]
            customer = records.customers.levels[records.customers.codes[i]]
            out.writerow([str(records.at[i]).replace("T", " "), records.texts[i], customer, *values])
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    records = planted(quiet(1), 15, 51, words="<b>blue screen</b> appears", product="product 6")
    return write(tmp_path_factory.mktemp("data") / "said.csv", records)


def call(*arguments):
    return CliRunner().invoke(main, ["clusters", *map(str, arguments)])


@pytest.fixture(scope="module")
def found(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "clusters"
    result = call(data, *ALL, "--asof", LAST_SUNDAY, "--out", out)
    assert result.exit_code == 0, result.output
    return result, out, json.loads((out / "clusters.json").read_text("utf-8"))


def test_the_planted_cluster_is_written_with_all_that_is_promised(found):
    _, _, written = found
    (one,) = written
    assert set(one) >= FIELDS
    assert one["slice"] == {"product": "product 6"}
    assert (one["from"], one["to"]) == ("2024-12-23", "2024-12-29")
    assert (one["observed"], one["customers"]) == (15, 15)
    assert any("blue screen" in term or "screen" in term for term in one["terms"])


def test_examples_are_the_numbers_of_rows_as_a_spreadsheet_counts(found, data):
    lines = data.read_text("utf-8").splitlines()
    (one,) = found[2]
    assert all("blue screen" in lines[row - 1] for row in one["examples"])


def test_examples_of_several_files_name_the_file(data, tmp_path):
    copy = tmp_path / "more.csv"
    copy.write_text("when,said,customer,product,region\n2024-01-05,hello,c1,product 1,region 1\n", "utf-8")
    assert call(data, copy, *ALL, "--asof", LAST_SUNDAY, "--out", tmp_path / "o").exit_code == 0
    written = json.loads((tmp_path / "o" / "clusters.json").read_text("utf-8"))
    assert written[0]["examples"][0].keys() == {"file", "row"}


def test_the_summary_says_how_it_was_looked(found):
    summary = json.loads((found[1] / "summary.json").read_text("utf-8"))
    assert summary["rows_read"] == summary["rows_used"] + summary["rows_outside_windows"]
    assert summary["window"] == "7 days"
    assert summary["asof"].startswith("2024-12-29")
    assert summary["slices_looked_at"] > 1000
    assert summary["method"]


def test_the_report_quotes_what_was_said_and_lets_nothing_in(found):
    report = (found[1] / "report.html").read_text("utf-8")
    assert "&lt;b&gt;blue screen&lt;/b&gt;" in report
    assert "<b>blue" not in report
    assert not re.search(r'(src|href)="(?!#)', report)
    assert "default-src 'none'" in report


def test_the_terminal_says_the_sentence(found):
    assert "One cluster beyond chance." in found[0].output
    assert "product = product 6" in found[0].output


def test_rows_that_cannot_be_used_are_refused_and_named(data, tmp_path):
    broken = tmp_path / "broken.csv"
    broken.write_text(data.read_text("utf-8") + "yesterday,hello,c1,region 1,product 1,channel 1\n", "utf-8")
    assert call(broken, *ALL, "--out", tmp_path / "o").exit_code == 0
    refused = list(csv.DictReader((tmp_path / "o" / "refused.csv").open(encoding="utf-8")))
    assert [(row["column"], row["value"]) for row in refused] == [("when", "yesterday")]
    assert json.loads((tmp_path / "o" / "summary.json").read_text("utf-8"))["rows_refused"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--at", "wen"), "Did you mean “when”?"),
        (("--at", "when", "--attribute", "colour"), "There is no column “colour”."),
        (("--at", "when", "--window", "soon"), "is no length of time"),
        (("--at", "when", "--asof", "lately"), "is not a date"),
        (("--at", "when", "--asof", "2020-01-01"), "Give a later --asof."),
        (("--at", "when", "--where", "product=none such"), "No row has"),
        (("--at", "said"), "no times"),
    ],
)
def test_what_cannot_be_used_ends_with_2_and_writes_nothing(data, tmp_path, arguments, said):
    result = call(data, *arguments, "--out", tmp_path / "o")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "o").exists()


def test_only_the_rows_asked_for_are_looked_at(data, tmp_path):
    assert call(data, *ALL, "--where", "product=product 6", "--out", tmp_path / "o").exit_code == 0
    summary = json.loads((tmp_path / "o" / "summary.json").read_text("utf-8"))
    assert (
        summary["rows_filtered"]
        == summary["rows_read"] - summary["rows_used"] - summary["rows_outside_windows"]
    )


def test_months_make_windows_of_months(tmp_path):
    lines = [
        f"2025-{m:02d},{p}"
        for m in range(1, 13)
        for p in "abc"
        for _ in range(30 + 90 * (m == 7 and p == "b"))
    ]
    (tmp_path / "m.csv").write_text("month,p\n" + "\n".join(lines) + "\n", "utf-8")
    assert (
        call(tmp_path / "m.csv", "--at", "month", "--attribute", "p", "--out", tmp_path / "o").exit_code == 0
    )
    written = json.loads((tmp_path / "o" / "clusters.json").read_text("utf-8"))
    (one,) = written
    assert (one["slice"], one["from"], one["to"]) == ({"p": "b"}, "2025-07-01", "2025-07-31")
    assert json.loads((tmp_path / "o" / "summary.json").read_text("utf-8"))["window"] == "one month"
