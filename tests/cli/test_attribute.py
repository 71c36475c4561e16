"""`andon attribute` on files, as a user calls it."""

import json
import re

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tests.cli.attributing import COLUMNS, attribute, rows, write

SETTLED = (*COLUMNS, "--outcome", "settled", "--good", "high")
FULL = (*SETTLED, "--team", "site", "--covariate", "wait", "--covariate", "channel", "--at", "when")


@pytest.fixture(scope="module")
def made():
    return rows()


@pytest.fixture(scope="module")
def data(made, tmp_path_factory):
    return write(tmp_path_factory.mktemp("data") / "cases.csv", made)


@pytest.fixture(scope="module")
def found(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "found"
    return attribute(out, data, *FULL, "--standard", "0.7")


# What it leaves behind


def test_the_columns_are_those_promised_and_no_others(found):
    assert found.result.exit_code == 0, found.result.output
    assert found.table().column_names == [
        "worker", "n", "mechanisms", "raw", "adjusted", "low", "high", "p_below", "reliability", "verdict", "why",
    ]  # fmt: skip


def test_rows_go_by_worker_and_never_by_score(found):
    workers = found.table()["worker"].to_pylist()
    assert workers == sorted(workers)
    assert len(workers) == 40


def test_the_person_who_is_far_below_is_found_and_hardly_anybody_else(found):
    named = [worker for worker, row in found.people.items() if row["verdict"] == "below standard"]
    assert "p07" in named
    assert len(named) <= 2


def test_intervals_hold_the_estimate_and_chances_are_chances(found):
    for row in found.people.values():
        assert row["low"] <= row["adjusted"] <= row["high"]
        assert 0 <= row["p_below"] <= 1
        assert 0 <= row["reliability"] <= 1
        assert row["n"] > 0
        assert row["mechanisms"] == 4


def test_every_reason_says_how_many_cases_and_mechanisms_it_rests_on(found):
    assert all(
        re.match(rf"{row['n']:,} cases in 4 mechanisms\. ", row["why"]) for row in found.people.values()
    )


def test_mechanisms_and_teams_have_effects_with_intervals(found):
    mechanisms, teams = found.table("mechanisms"), found.table("teams")
    assert mechanisms.column_names[:6] == ["mechanism", "n", "workers", "raw", "effect", "low"]
    effect = dict(zip(mechanisms["mechanism"].to_pylist(), mechanisms["effect"].to_pylist(), strict=True))
    assert min(effect, key=effect.get) == "Sign-in"
    assert teams["team"].to_pylist() == [f"site {i}" for i in range(4)]
    for row in mechanisms.to_pylist():
        assert row["low"] <= row["effect"] <= row["high"]
        assert row["adjusted_low"] <= row["adjusted"] <= row["adjusted_high"]


def test_the_summary_says_all_that_was_promised(found):
    summary = found.summary
    assert (summary["rows_read"], summary["rows_used"], summary["rows_refused"]) == (20_000, 20_000, 0)
    assert summary["kind"] == "proportion"
    assert summary["standard"]["value"] == 0.7
    assert summary["standard"]["given"] is True
    assert sum(summary["verdicts"].values()) == 40
    assert summary["gradient_norm"] < 0.1
    assert summary["calibration"]["passed"] is True
    assert summary["connectivity"]["components"] == 1
    assert {"criterion", "parts", "converged"} <= summary["model"].keys()
    assert len(summary["models_compared"]) >= 3
    assert all({"name", "share", "low", "high"} <= share.keys() for share in summary["shares"])


def test_the_summary_says_what_a_raw_ranking_would_have_said(found):
    lowest, tested = found.summary["raw_ranking"]
    assert lowest["named"] == 4
    assert {"below", "meets", "cannot_tell", "cleared"} <= tested.keys()


def test_the_report_asks_for_nothing_and_names_nobody(found):
    assert not re.search(r"(src|href)=\"https?:", found.report)
    assert not re.search(r"\bp\d\d\b", found.report)
    assert "The rule “lowest tenth by raw numbers” would have named" in found.report


def test_the_terminal_names_nobody(found):
    assert not re.search(r"\bp\d\d\b", found.result.output)


def test_running_again_replaces_what_was_there(data, tmp_path):
    out = tmp_path / "out"
    (out).mkdir()
    (out / "mine.txt").write_text("stays")
    for _ in range(2):
        assert attribute(out, data, *SETTLED, "--standard", "0.7").result.exit_code == 0
    assert (out / "mine.txt").exists()
    assert pq.read_table(out / "teams.parquet").num_rows == 0


def test_ids_that_are_whole_numbers_stay_whole_numbers(data, tmp_path):
    table = pa.csv.read_csv(data)
    ids = pa.array([int(name[1:]) for name in table["agent"].to_pylist()], pa.int32())
    path = tmp_path / "cases.parquet"
    pq.write_table(table.set_column(0, "agent", ids), path)
    workers = attribute(tmp_path / "out", path, *SETTLED).table()["worker"]
    assert pa.types.is_integer(workers.type)
    assert workers.to_pylist() == list(range(40))


def test_several_mechanism_columns_combine(data, tmp_path):
    found = attribute(tmp_path / "out", data, *SETTLED, "--mechanism", "channel")
    assert "Labels · mail" in found.table("mechanisms")["mechanism"].to_pylist()


def test_only_the_rows_asked_for_are_used(data, tmp_path):
    summary = attribute(tmp_path / "out", data, *SETTLED, "--where", "channel=mail").summary
    assert summary["rows_used"] == 6667
    assert summary["rows_filtered"] == 13_333


def test_rows_that_cannot_be_used_are_refused_with_their_place(made, tmp_path):
    spoilt = [{**row, "settled": "who knows" if i == 3 else row["settled"]} for i, row in enumerate(made)]
    found = attribute(tmp_path / "out", write(tmp_path / "cases.csv", spoilt), *SETTLED)
    assert found.summary["rows_refused"] == 1
    refused = (found.out / "refused.csv").read_text("utf-8").splitlines()
    assert refused[1].startswith("cases.csv,5,settled,who knows,")


def test_rows_without_worker_or_outcome_are_left_out_and_said(made, tmp_path):
    spoilt = [
        {**row, "agent": "" if i < 7 else row["agent"], "settled": "?" if i in (10, 11) else row["settled"]}
        for i, row in enumerate(made)
    ]
    summary = attribute(tmp_path / "out", write(tmp_path / "cases.csv", spoilt), *SETTLED).summary
    assert (summary["rows_without_worker"], summary["rows_without_outcome"]) == (7, 2)
    assert any("7 rows name no worker" in warning for warning in summary["warnings"])


def test_who_did_not_say_which_side_is_good_is_told_what_was_assumed(data, tmp_path):
    summary = attribute(tmp_path / "out", data, *COLUMNS, "--outcome", "settled").summary
    assert summary["good"] == "high"
    assert summary["good_given"] is False
    assert any("--good low" in warning for warning in summary["warnings"])


# What is turned down


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*COLUMNS, "--outcome", "setled"), "Did you mean “settled”"),
        ((*COLUMNS, "--outcome", "channel"), "holds texts where numbers or yes/no should be"),
        ((*COLUMNS, "--outcome", "settled", "--team", "agent"), "given as --worker and as --team"),
        ((*SETTLED, "--standard", "120"), "is no share"),
        ((*SETTLED, "--standard", "nan"), "no number to reach"),
        ((*SETTLED, "--where", "channel=fax"), "No row has “channel” = “fax”"),
        ((*SETTLED, "--at", "channel"), "texts that are no times"),
        ((*COLUMNS, "--outcome", "wait", "--kind", "count"), "numbers with decimals"),
        ((*SETTLED, "--covariate", "settled"), "given as --outcome and as --covariate"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_and_nothing_is_written(data, tmp_path, arguments, said):
    found = attribute(tmp_path / "out", data, *arguments)
    assert found.result.exit_code == 2
    assert said in found.result.output
    assert not (tmp_path / "out").exists()


def test_outcomes_that_are_all_the_same_are_turned_down(made, tmp_path):
    path = write(tmp_path / "cases.csv", [{**row, "settled": "yes"} for row in made[:50]])
    found = attribute(tmp_path / "out", path, *SETTLED)
    assert found.result.exit_code == 2
    assert "no differences to explain" in found.result.output


def test_three_rows_are_enough_for_an_answer_that_says_nothing_can_be_said(made, tmp_path):
    three = [{**row, "settled": "no" if i else "yes"} for i, row in enumerate(made[:3])]
    summary = attribute(tmp_path / "out", write(tmp_path / "cases.csv", three), *FULL).summary
    assert summary["verdicts"]["below standard"] == summary["verdicts"]["meets standard"] == 0


def test_the_summary_is_strict_json(found):
    def refuse(name):
        raise AssertionError(name)

    json.loads((found.out / "summary.json").read_text("utf-8"), parse_constant=refuse)
