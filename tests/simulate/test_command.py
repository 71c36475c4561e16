"""`andon simulate`, as somebody types it."""

import json

import pytest
from click.testing import CliRunner

from andon.cli.simulate import simulate

SMALL = [
    *("--people", "24", "--months", "2", "--interactions", "2000", "--signals", "60"),
    *("--end", "2026-03-01"),
]


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(simulate, [str(word) for word in words])


def test_it_writes_the_files_and_says_what_was_planted(run, tmp_path):
    found = run("--out", tmp_path / "org", *SMALL)
    assert found.exit_code == 0
    assert "refund-rule" in found.stdout
    assert (tmp_path / "org" / "interactions.parquet").stat().st_size > 0


def test_the_end_is_the_first_day_that_is_not_covered(run, tmp_path):
    run("--out", tmp_path, *SMALL)
    window = json.loads((tmp_path / "truth.json").read_text())["window"]
    assert window == {"from": "2026-01-01T00:00:00Z", "to": "2026-03-01T00:00:00Z"}


def test_truth_adds_the_true_effects(run, tmp_path):
    run("--out", tmp_path, *SMALL, "--truth")
    effects = json.loads((tmp_path / "truth.json").read_text())["effects"]
    assert set(effects) == {"mechanisms", "teams", "workers", "worker_and_mechanism", "spreads"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--people", 3), "Use --people 19 or more"),
        (("--end", "0001-02-01"), "Use another --end"),
        (("--signals", 3000), "Use --signals 2000 or fewer"),
    ],
)
def test_what_cannot_be_built_is_refused_with_status_2_and_a_remedy(run, tmp_path, words, says):
    found = run("--out", tmp_path / "org", *SMALL, *words)
    assert found.exit_code == 2
    assert says in " ".join(found.stderr.split())
    assert not (tmp_path / "org").exists()


def test_nobody_is_named_on_the_terminal(run, tmp_path):
    found = run("--out", tmp_path, *SMALL)
    weak = next(
        c for c in json.loads((tmp_path / "truth.json").read_text())["causes"] if c["id"] == "weak-person"
    )
    assert str(weak["worker"]) not in found.stdout
