"""Journeys of the made-up organisation: what was planted shows in them."""

import json
from datetime import date

import numpy as np
import pytest

from andon import lake
from andon.culture.journeys.showing import shown
from andon.culture.journeys.slicing import ALL, FROM, sliced
from andon.lake.contacts import ContactSpec, contacts
from andon.simulate import Sizes, simulate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def organisation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "out"
    simulate(folder, end=date(2026, 11, 22), sizes=Sizes(interactions=200_000, signals=100))
    spec = ContactSpec("at", "customer", ("mechanism",), "wait_time", "transfers", "abandoned", "effort")
    slices = sliced(contacts(lake.open_source(str(folder / "interactions.parquet")), spec))
    causes = json.loads((folder / "truth.json").read_text())["causes"]
    return {key: shown(one) for key, one in slices.found.items()}, {one["id"]: one for one in causes}


def quarters(slices, name):
    """First day of each quarter, and the step in it."""
    found = {key.removeprefix(FROM): one["steps"] for key, one in slices.items() if key.startswith(FROM)}
    return {day: next(one for one in steps if one["name"] == name) for day, steps in sorted(found.items())}


def test_a_target_on_calls_shows_in_how_many_are_passed_on_and_how_many_come_back(organisation):
    slices, causes = organisation
    since = np.datetime64(causes["handling-target"]["from"].rstrip("Z")[:10])
    phone = quarters(slices, "phone-line")
    before = [one for day, one in phone.items() if np.datetime64(day) + np.timedelta64(91, "D") <= since]
    after = [one for day, one in phone.items() if np.datetime64(day) >= since]
    assert before
    assert after
    passed = [one["passed"] / one["contacts"] for one in (*before, *after)]
    assert max(passed[: len(before)]) < min(passed[len(before) :])
    back = [one["saving"]["saved"]["value"] / one["saving"]["contacts"] for one in (*before, *after)]
    assert max(back[: len(before)]) < min(back[len(before) :])


def test_waiting_and_giving_up_show_where_customers_queue_and_nowhere_else(organisation):
    steps = organisation[0][ALL]["steps"]
    assert {one["name"] for one in steps if one["gave_up"]} == {"phone-line", "live-chat"}
    assert {one["name"] for one in steps if one["wait"]} == {"phone-line", "live-chat"}


def test_the_hardest_step_takes_most_effort_and_brings_most_customers_back(organisation):
    steps = organisation[0][ALL]["steps"]
    assert max(steps, key=lambda one: one["effort"])["name"] == "complaint-desk"
    share = {one["name"]: one["saving"]["saved"]["value"] / one["saving"]["contacts"] for one in steps}
    assert max(share, key=lambda name: share[name]) == "complaint-desk"


def test_one_customer_with_86_contacts_makes_no_way_of_many(organisation):
    slices, _ = organisation
    assert not [one for one in slices[ALL]["paths"] if len(one["steps"]) > 4]
