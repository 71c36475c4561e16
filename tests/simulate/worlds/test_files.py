"""`andon simulate --world`: two files, of which one is the truth about the other."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from andon.cli.simulate import simulate
from andon.simulate.worlds import WORLDS

END = ("--end", "2026-11-22")


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(simulate, [str(word) for word in words])


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    found = CliRunner().invoke(simulate, ["--world", "plain", "--out", str(folder), "--seed", "4", *END])
    assert found.exit_code == 0
    return folder, found.stdout


def test_rows_and_truth_agree_on_every_worker(written):
    folder, _ = written
    rows = pq.read_table(folder / "world.parquet")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    worker, outcome = rows["worker"].to_numpy(), rows["outcome"].to_numpy().astype(float)
    n, total = np.bincount(worker)[1:], np.bincount(worker, outcome)[1:]
    assert [one["n"] for one in truth["workers"]] == n.tolist()
    assert [one["raw"] for one in truth["workers"]] == pytest.approx(total / n, abs=1e-5)


def test_below_is_said_of_whoever_is_below(written):
    truth = json.loads((written[0] / "truth.json").read_text(encoding="utf-8"))
    below = [one["adjusted"] < truth["standard"] for one in truth["workers"]]
    assert [one["below"] for one in truth["workers"]] == below
    assert truth["truly_below"] == sum(below)


def test_rows_are_in_order_of_time_on_working_days_before_the_end(written):
    at = pq.read_table(written[0] / "world.parquet")["at"].to_numpy()
    assert (at[1:] >= at[:-1]).all()
    assert at[-1] < np.datetime64("2026-11-22")
    assert set((at.astype("datetime64[D]").astype(int) + 3) % 7) == set(range(5))


def test_columns_are_those_that_are_documented(written):
    table = pq.read_table(written[0] / "world.parquet")
    assert table.column_names == ["at", "worker", "mechanism", "team", "outcome", "covariate"]


def test_what_is_not_in_the_data_is_not_in_the_file(run, tmp_path):
    run("--world", "hard-cases-unseen", "--out", tmp_path, *END)
    assert "covariate" not in pq.read_table(tmp_path / "world.parquet").column_names


def test_nobody_is_named_on_the_terminal(written):
    assert written[1].startswith("plain: Workers, mechanisms and teams differ")
    assert "workers are truly below the standard of 0.77." in written[1]


def test_the_same_seed_gives_the_same_bytes(run, tmp_path):
    digests = []
    for name in ("one", "two"):
        run("--world", "small-house", "--out", tmp_path / name, *END)
        digests.append([hashlib.sha256(f.read_bytes()).digest() for f in sorted((tmp_path / name).iterdir())])
    assert digests[0] == digests[1]


def test_sizes_do_not_go_with_a_world(run, tmp_path):
    found = run("--world", "plain", "--people", 30, "--out", tmp_path / "out")
    assert found.exit_code == 2
    assert "A world has its own sizes, and --people is not one of them." in " ".join(found.stderr.split())
    assert not (tmp_path / "out").exists()


def test_an_unknown_world_is_refused_with_the_names_there_are(run, tmp_path):
    found = run("--world", "flat", "--out", tmp_path)
    assert found.exit_code == 2
    assert all(name in found.stderr for name in WORLDS)


def test_every_world_is_in_the_reference():
    page = (Path(__file__).parents[3] / "docs/reference/simulate.md").read_text(encoding="utf-8")
    for recipe in WORLDS.values():
        assert f"| `{recipe.name}` | {recipe.sentence} |" in page
