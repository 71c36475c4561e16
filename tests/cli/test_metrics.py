"""`andon metrics` on files, as a user calls it."""

import csv
import gzip
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from andon.cli import main

COLUMNS = ("--at", "when", "--customer-outcome", "settled", "--worker", "agent", "--mechanism", "queue")


@dataclass
class Audited:
    """What a call left behind."""

    result: Result
    out: Path

    @property
    def metrics(self) -> dict:
        assert self.result.exit_code == 0, self.result.output
        return json.loads((self.out / "metrics.json").read_text("utf-8"))

    @property
    def summary(self) -> dict:
        return json.loads((self.out / "summary.json").read_text("utf-8"))

    @property
    def report(self) -> str:
        return (self.out / "report.html").read_text("utf-8")


def audit(out: Path, *arguments: object) -> Audited:
    return Audited(CliRunner().invoke(main, ["metrics", *map(str, arguments), "--out", str(out)]), out)


def rows(count: int = 4000) -> list[dict[str, str]]:
    rng = np.random.default_rng(5)
    hold, talk = rng.gamma(2, 50, count), rng.gamma(3, 60, count)
    queue = rng.integers(0, 3, count)
    ok = rng.random(count) < 0.85 - 0.1 * queue - 0.001 * hold
    day = np.datetime64("2025-03-03") + rng.integers(0, 120, count)
    return [
        {
            "when": str(day[i]), "agent": f"p{rng.integers(0, 25):02}", "site": f"site {i % 3}",
            "queue": ("Refunds", "Labels", "Returns")[queue[i]], "hold time": f"{hold[i]:.1f}",
            "talk": "" if i % 9 == 0 else f"{talk[i]:.1f}", "settled": "Yes" if ok[i] else "No",
        }
        for i in range(count)
    ]  # fmt: skip


def write(path: Path, made: list[dict[str, str]]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(made[0]))
    writer.writeheader()
    writer.writerows(made)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


@pytest.fixture(scope="module")
def made():
    return rows()


@pytest.fixture(scope="module")
def data(made, tmp_path_factory):
    return write(tmp_path_factory.mktemp("data") / "cases.csv", made)


@pytest.fixture(scope="module")
def found(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "found"
    return audit(
        out, data, *COLUMNS, "--metric", "hold time", "--metric", "talk", "--team", "site", "--good", "high"
    )


def test_everything_promised_is_written(found):
    assert found.result.exit_code == 0, found.result.output
    names = sorted(path.name for path in found.out.iterdir())
    assert names == ["metrics.json", "metrics.parquet", "report.html", "summary.json"]


def test_each_metric_has_all_that_was_promised(found):
    metrics = found.metrics
    assert {"metrics", "harms", "trends", "warnings", "sentence", "matters"} <= metrics.keys()
    for one in metrics["metrics"]:
        assert {
            "metric", "effect", "low", "high", "p", "p_adjusted", "per_step", "units", "shape", "between", "verdict",
            "sentence",
        } <= one.keys()  # fmt: skip
        assert one["verdict"] in ("matters", "does not matter", "cannot tell")
        assert one["low"] <= one["effect"] <= one["high"]
        assert 0 <= one["p"] <= one["p_adjusted"] <= 1
        assert {"from", "to", "effect", "low", "high"} <= one["per_step"].keys()
        for stretch in one["shape"]["bins"]:
            assert {"name", "metric", "n", "value", "low", "high"} <= stretch.keys()


def test_what_was_planted_is_found(found):
    hold, talk = found.metrics["metrics"]
    assert (hold["metric"], hold["verdict"]) == ("hold time", "matters")
    assert hold["low"] < -0.001 < hold["high"]
    assert talk["verdict"] != "matters"
    assert talk["cases"] < hold["cases"]


def test_the_table_has_a_row_a_metric_in_the_order_asked(found):
    table = pq.read_table(found.out / "metrics.parquet")
    assert table["metric"].to_pylist() == ["hold time", "talk"]
    assert table.column_names[:8] == [
        "metric",
        "cases",
        "verdict",
        "effect",
        "low",
        "high",
        "p",
        "p_adjusted",
    ]


def test_the_summary_says_what_became_of_the_rows(found):
    summary = found.summary
    assert (summary["rows_read"], summary["rows_used"], summary["rows_refused"]) == (4000, 4000, 0)
    assert summary["kind"] == "yes or no"
    assert summary["errors_by"] == "worker"
    assert sum(summary["verdicts"].values()) == 2


def test_the_report_asks_for_nothing_and_names_nobody(found):
    assert not re.search(r"(src|href)=\"https?:", found.report)
    assert "<script" not in found.report
    assert not re.search(r"\bp\d\d\b", found.report + found.result.output)
    assert found.report.count('role="img"') >= 3


def test_the_terminal_is_short_and_says_where_to_read_on(found):
    assert found.result.output.startswith("One of two metrics matters to customers.")
    assert "report.html" in found.result.output


def test_parquet_and_gzip_say_the_same(made, data, found, tmp_path):
    columns = {name: [row[name] or None for row in made] for name in made[0]}
    pq.write_table(pa.table(columns), tmp_path / "cases.parquet")
    packed = write(tmp_path / "cases.csv.gz", made)
    asked = (*COLUMNS, "--metric", "hold time", "--metric", "talk", "--team", "site", "--good", "high")
    for number, path in enumerate((tmp_path / "cases.parquet", packed)):
        assert audit(tmp_path / f"out{number}", path, *asked).metrics["metrics"] == found.metrics["metrics"]


def test_without_worker_and_mechanism_it_warns(data, tmp_path):
    found = audit(
        tmp_path / "out", data, "--at", "when", "--customer-outcome", "settled", "--metric", "hold time"
    )
    assert any("Without --worker" in note for note in found.metrics["warnings"])
    assert any("--good" in note for note in found.metrics["warnings"])
    assert found.summary["errors_by"] == "period"


def test_only_the_rows_asked_for_are_used(data, tmp_path):
    found = audit(tmp_path / "out", data, *COLUMNS, "--metric", "hold time", "--where", "queue=Labels")
    assert 0 < found.summary["rows_used"] < 4000
    assert found.summary["rows_filtered"] == 4000 - found.summary["rows_used"]


def test_rows_that_cannot_be_used_are_refused_with_reasons(made, tmp_path):
    broken = [dict(row) for row in made[:400]]
    broken[3]["when"] = "yesterday"
    broken[5]["settled"] = "perhaps"
    broken[7]["agent"] = ""
    data = write(tmp_path / "broken.csv", broken)
    found = audit(tmp_path / "out", data, *COLUMNS, "--metric", "hold time")
    assert found.summary["rows_refused"] == 2
    assert found.metrics["metrics"][0]["cases"] == 397
    refused = (tmp_path / "out" / "refused.csv").read_text("utf-8")
    assert "yesterday" in refused
    assert "perhaps" in refused


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--metric", "holdtime2"), "There is no column “holdtime2”"),
        (("--metric", "queue"), "is given as --metric and as --mechanism"),
        (("--metric", "site"), "texts where numbers"),
        (("--metric", "hold time", "--limit", "hold time"), "has no equals sign"),
        (("--metric", "hold time", "--limit", "talk=3"), "is no --metric"),
        (("--metric", "hold time", "--limit", "hold time=soon"), "does not end in a number"),
        (("--metric", "hold time", "--better", "hold time=up"), "high or low"),
        (("--metric", "hold time", "--matters", "-1"), "is no size"),
        (("--metric", "hold time", "--where", "queue=Nowhere"), "No row has"),
    ],
)
def test_what_cannot_be_used_is_said_and_nothing_is_written(data, tmp_path, arguments, said):
    found = audit(tmp_path / "out", data, *COLUMNS, *arguments)
    assert found.result.exit_code == 2
    assert said in " ".join(found.result.output.split())
    assert not (tmp_path / "out").exists()


def test_an_outcome_that_never_differs_is_turned_down(made, tmp_path):
    data = write(tmp_path / "same.csv", [{**row, "settled": "Yes"} for row in made[:50]])
    found = audit(tmp_path / "out", data, *COLUMNS, "--metric", "talk")
    assert found.result.exit_code == 2
    assert "nothing can move them" in found.result.output


def test_options_that_are_missing_are_named():
    result = CliRunner().invoke(main, ["metrics", "x.csv", "--at", "when"])
    assert result.exit_code == 2
    assert "--customer-outcome" in result.output
