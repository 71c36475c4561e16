"""`andon journeys` on files, as a user calls it."""

import csv
import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from andon.cli.journeys import journeys as command

START = datetime(2026, 1, 5)
COLUMNS = (
    "who", "when", "step", "channel", "settled", "effort", "seconds", "transfers", "hung up", "ticket",
)  # fmt: skip
ASKED = ("--customer", "who", "--at", "when", "--step", "step")


def contact(who, day, step, **more):
    usual = {
        "channel": "phone",
        "settled": "yes",
        "effort": 3,
        "seconds": 60,
        "transfers": 0,
        "hung up": "no",
    }
    return usual | {"who": who, "when": (START + timedelta(days=day)).isoformat(), "step": step} | more


def planted():
    """Two hundred customers at random; after an order, every third has to ask by chat two days later."""
    rng = np.random.default_rng(8)
    rows = [
        contact(f"customer {who}", float(rng.uniform(0, 200)), ("order", "refund")[int(rng.integers(2))])
        for who in range(200)
        for _ in range(3)
    ]
    asked = [
        contact(row["who"], (datetime.fromisoformat(row["when"]) - START) / timedelta(days=1) + 2, "chat",
                channel="chat", settled="no", effort=6, transfers=1, **{"hung up": "yes"})
        for i, row in enumerate(one for one in rows if one["step"] == "order")
        if i % 3 == 0
    ]  # fmt: skip
    return [*rows, *asked]


def write(path, rows, columns=COLUMNS):
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        out.writeheader()
        out.writerows(rows)
    return path


def run(out, *asked):
    return CliRunner().invoke(command, [*map(str, asked), "--out", str(out)], catch_exceptions=False)


def followed(tmp_path, rows, *more, columns=ASKED):
    answer = run(tmp_path / "out", write(tmp_path / "data.csv", rows), *columns, *more)
    assert answer.exit_code == 0, answer.output
    return json.loads((tmp_path / "out" / "journeys.json").read_text())


def step(found, name):
    return next(one for one in found["steps"] if one["step"] == name)


def test_what_a_fix_would_save_is_found_where_it_was_planted(tmp_path):
    found = followed(tmp_path, planted())
    asked = step(found, "chat")["contacts"]
    saved = step(found, "order")["saving"]["saved"]
    assert saved["low"] < asked / found["months"] < saved["high"]
    assert step(found, "order")["saving"]["told_apart"]
    assert not step(found, "refund")["saving"]["told_apart"]
    assert "A fix at “order” would save most" in found["sentence"]


def test_ways_waits_hand_overs_giving_up_effort_and_outcomes_are_there(tmp_path):
    found = followed(
        tmp_path, planted(), "--channel", "channel", "--outcome", "settled", "--effort", "effort", "--wait", "seconds",
        "--passed", "transfers", "--gave-up", "hung up",
    )  # fmt: skip
    chat = step(found, "chat")
    assert chat["passed_on"] == chat["gave_up"] == chat["contacts"]
    assert (chat["effort"], chat["wait_seconds"], chat["outcome"], chat["hand_overs"]) == (
        6,
        60,
        0,
        chat["contacts"],
    )
    assert ["order", "chat"] in [one["steps"] for one in found["paths"]]
    passage = next(one for one in found["passages"] if (one["from"], one["to"]) == ("order", "chat"))
    assert passage["hours"] == pytest.approx(48, abs=5)
    assert found["channels"]["several"] > 50
    assert found["outcome"][0]["outcome"] > found["outcome"][1]["outcome"]


def test_the_report_is_whole_and_names_no_customer(tmp_path):
    followed(tmp_path, planted(), "--channel", "channel")
    report = (tmp_path / "out" / "report.html").read_text()
    assert "What a fix at a step would save customers" in report
    assert 'role="img" aria-label="The ways of customers, contact by contact.' in report
    for text in (report, (tmp_path / "out" / "journeys.json").read_text()):
        assert "customer 1" not in text
    assert "http:" not in report.replace("http://www.w3.org/2000/svg", "")


def test_what_was_not_asked_for_is_null_and_not_zero(tmp_path):
    found = followed(tmp_path, planted())
    for one in found["steps"]:
        assert one["passed_on"] is one["gave_up"] is one["wait_seconds"] is one["outcome"] is None
    assert found["channels"] is found["outcome"] is None


def test_ways_of_few_customers_are_not_shown_unless_asked_for(tmp_path):
    rows = [
        *planted(),
        contact("x", 1, "order"),
        contact("x", 2, "seldom"),
        *(contact("y", i, "seldom") for i in range(6)),
    ]
    found = followed(tmp_path, rows)
    assert "seldom" not in json.dumps(found)
    assert step(found, "Other steps")["contacts"] == 7
    assert step(followed(tmp_path, rows, "--fewest", 1), "seldom")["customers"] == 2


def test_rows_of_a_log_are_visits_and_coming_back_is_a_repeat(tmp_path):
    way = ("desk", "desk", "network", "network", "desk", "desk")
    rows = [contact(f"case {i}", i + place / 24, name) for i in range(30) for place, name in enumerate(way)]
    found = followed(tmp_path, rows, "--log")
    assert (found["journeys"], found["contacts"]) == (30, 90)
    assert (step(found, "desk")["repeats"], step(found, "network")["repeats"]) == (30, 0)
    assert step(found, "network")["passed_on"] == 30
    assert step(found, "desk")["passed_on"] == 30
    assert "more than one visit" in found["sentence"]


def test_rows_of_one_contact_are_one_that_begins_with_the_first_and_is_as_the_last_says(tmp_path):
    rows = []
    for i in range(30):
        rows += [
            contact(f"c{i}", i, "order", ticket=f"t{i}"),
            contact(f"c{i}", i + 1, "chat", ticket=f"t{i}", transfers=4),
        ]
    found = followed(tmp_path, rows, "--contact", "ticket", "--transfers", "transfers")
    assert found["contacts"] == found["journeys"] == 30
    assert [one["step"] for one in found["steps"]] == ["order"]
    assert step(found, "order")["hand_overs"] == 120


def test_several_columns_make_a_step_and_rows_can_be_chosen(tmp_path):
    found = followed(tmp_path, planted(), "--step", "channel")
    assert {one["step"] for one in found["steps"]} == {"order · phone", "refund · phone", "chat · chat"}
    found = followed(tmp_path, planted(), "--where", "step=refund")
    assert [one["step"] for one in found["steps"]] == ["refund"]
    assert any("one step only" in note for note in found["warnings"])


def test_the_gap_decides_when_a_journey_is_over(tmp_path):
    rows = [contact(f"c{i}", 10 * i + day, "order") for i in range(20) for day in (0, 3)]
    assert followed(tmp_path, rows, "--gap", 2)["journeys"] == 40
    assert followed(tmp_path, rows, "--gap", 4)["journeys"] == 20
    assert followed(tmp_path, rows, "--gap", 4)["gap_days"] == 4


def test_rows_that_cannot_be_read_are_refused_with_the_reason(tmp_path):
    rows = planted()
    rows[3]["when"], rows[5]["who"], rows[7]["transfers"] = "yesterdayish", "", "plenty"
    found = followed(tmp_path, rows, "--passed", "transfers")
    assert (found["rows_read"], found["rows_refused"]) == (len(rows), 2)
    assert found["rows_without_customer_or_time"] == 2
    refused = (tmp_path / "out" / "refused.csv").read_text()
    assert "yesterdayish" in refused
    assert "plenty" in refused


def test_a_column_of_contacts_in_place_of_customers_is_noticed(tmp_path):
    rows = [contact(f"c{i}", i / 3, ("order", "chat")[i % 2]) for i in range(100)]
    assert any("is “who” the column of customers" in note for note in followed(tmp_path, rows)["warnings"])


def test_stragglers_make_no_year_of_a_month(tmp_path):
    rows = [contact(f"c{i % 200}", i / 40, ("order", "chat")[i % 2]) for i in range(1200)]
    rows.append(contact("c1", 400, "order"))
    found = followed(tmp_path, rows)
    assert found["months"] == pytest.approx(1, abs=0.1)
    assert any("Nearly all contacts lie between" in note for note in found["warnings"])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("--customer", "whom", "--at", "when", "--step", "step"), "There is no column “whom”."),
        (("--customer", "who", "--at", "step", "--step", "step"), "step"),
        (("--customer", "who", "--at", "when", "--step", "nowhere"), "There is no column “nowhere”."),
        ((*ASKED, "--gave-up", "seconds"), "holds numbers other than 0 and 1"),
        ((*ASKED, "--wait", "channel"), "holds texts where numbers"),
        ((*ASKED, "--where", "step"), "has no equals sign"),
        ((*ASKED, "--where", "step=nothing"), "No row has “step” = “nothing”."),
    ],
)
def test_what_cannot_be_used_is_said_with_a_remedy_and_nothing_is_written(tmp_path, asked, says):
    answer = run(tmp_path / "out", write(tmp_path / "data.csv", planted()), *asked)
    assert answer.exit_code == 2
    assert says in " ".join(answer.output.split())
    assert "Traceback" not in answer.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("rows", [[], [contact("", 1, "order")]])
def test_a_file_without_customers_is_said_to_be_one(tmp_path, rows):
    answer = run(tmp_path / "out", write(tmp_path / "data.csv", rows), *ASKED)
    assert answer.exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("more", [("--gap", "0"), ("--gap", "soon"), ("--fewest", "0"), ("--frobnicate",)])
def test_an_option_that_makes_no_sense_is_refused(tmp_path, more):
    assert run(tmp_path / "out", write(tmp_path / "data.csv", planted()), *ASKED, *more).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    answer = run(tmp_path / "out", tmp_path / "nothing.csv", *ASKED)
    assert answer.exit_code == 2
    assert "nothing.csv" in answer.output


def test_one_contact_of_one_customer_is_enough_to_be_followed(tmp_path):
    found = followed(tmp_path, [contact("c", 1, "order")], "--fewest", 1)
    assert (found["journeys"], found["of_one_contact"], found["customers"]) == (1, 1, 1)


def test_the_reference_tells_of_every_option_and_of_every_key(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "journeys.md").read_text("utf-8")
    section = page.split("## Options")[1].split("\n## ")[0]
    told = re.findall(r"^\| `(--[a-z-]+)|\(or `(--[a-z-]+)`\)", section, re.MULTILINE)
    options = {option for one in command.params for option in one.opts if option.startswith("--")}
    assert {one or other for one, other in told} == options
    keys = page.split("## journeys.json")[1].split("\n## ")[0]
    found = followed(tmp_path, planted(), "--channel", "channel", "--outcome", "settled")
    for name in {*found, *found["steps"][0], *found["paths"][0], *found["passages"][0], *found["picture"][0]}:
        assert f"`{name}`" in keys, name
