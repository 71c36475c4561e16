"""`andon review` finds the planted causes where truth.json says they are."""

import csv

import pytest
from click.testing import CliRunner

from andon.cli.review import review

pytestmark = pytest.mark.slow
PLANTED = [
    ("label-change", "wrong_item", "low", "week"),
    ("refund-rule", "refund_in_time", "high", "week"),
    ("login-outage", "signin_failed", "low", "day"),
    ("slow-drift", "callback_kept", "high", "week"),
    ("handling-target", "repeat_contact", "low", "week"),
    ("handling-target", "transfers", "low", "week"),
    ("backlog-day", "time_to_resolve", "low", "day"),
]


def exceptions(files, mechanism, outcome, good, every, out, *more):
    where = f"mechanism={mechanism}"
    words = ["--at", "at", "--where", where, "--outcome", outcome, "--good", good, "--every", every, *more]
    found = CliRunner().invoke(review, [str(files.interactions), *words, "--out", str(out)])
    assert found.exit_code == 0, found.output
    with (out / "exceptions.csv").open(encoding="utf-8", newline="") as file:
        return [row["at"][:10] for row in csv.DictReader(file)]


@pytest.mark.parametrize(("id_", "outcome", "good", "every"), PLANTED)
def test_the_strongest_exception_lies_in_the_time_of_the_cause(house, tmp_path, id_, outcome, good, every):
    cause = house.causes[id_]
    strongest = exceptions(house, cause["mechanism"], outcome, good, every, tmp_path)[0]
    assert cause["from"][:10] <= strongest < cause["to"][:10] or strongest == cause["from"][:10]


def test_mondays_are_a_season_and_not_a_special_cause(house, tmp_path):
    season = ("--season", "week")
    found = exceptions(house, "phone-line", "wait_time", "low", "day", tmp_path, *season)
    ordinary = [day for day in found if "-11-" not in day and "-12-" not in day]
    assert len(ordinary) < 0.05 * 549


def test_satisfaction_after_calls_stays_calm_when_the_target_is_set(house, tmp_path):
    assert len(exceptions(house, "phone-line", "csat", "high", "week", tmp_path)) <= 3
