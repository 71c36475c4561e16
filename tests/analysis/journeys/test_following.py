"""Contacts to journeys: small ones of which everything is known, and rules that hold of any."""

import csv

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon import lake
from andon.analysis.journeys import JourneySpec, follow
from andon.lake import BadInput
from andon.lake.contacts import ContactSpec, contacts

ALL = JourneySpec(fewest=1)
COLUMNS = ("at", "who", "step", "channel", "wait", "transfers", "left", "effort")


def written(tmp_path, *rows, columns=COLUMNS):
    path = tmp_path / "contacts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])
    return lake.open_source(str(path))


def contact(day, who, step, channel="phone", wait=60, transfers=0, left="no", effort=""):
    return f"2026-03-{day:02} 10:00", who, step, channel, wait, transfers, left, effort


SPEC = ContactSpec("at", "who", ("step",), "wait", "transfers", "left", "effort")


def travelled(tmp_path, *rows, spec=ALL, reading=SPEC):
    return follow(contacts(written(tmp_path, *rows), reading), spec)


def step(found, name):
    return next(one for one in found.steps if one.name == name)


ANNA = [
    contact(1, "anna", "order"),
    contact(3, "anna", "delivery", transfers=2, effort=5),
    contact(4, "anna", "delivery", effort=3),
    contact(5, "anna", "refund", wait=600, left="yes"),
]
BEN = [contact(2, "ben", "order"), contact(20, "ben", "order")]


def test_contacts_of_one_customer_are_one_journey_whatever_the_order_of_rows(tmp_path):
    found = travelled(tmp_path, *reversed(ANNA))
    assert (found.journeys, found.customers, found.contacts) == (1, 1, 4)
    assert found.paths[0].steps == ("order", "delivery", "refund")


def test_after_a_long_while_a_new_journey_begins(tmp_path):
    assert travelled(tmp_path, *BEN).journeys == 2
    assert travelled(tmp_path, *BEN, spec=JourneySpec(gap=18, fewest=1)).journeys == 1


def test_coming_back_to_a_step_is_a_repeat_and_the_first_time_is_none(tmp_path):
    found = travelled(tmp_path, *ANNA, *BEN)
    assert [(one.name, one.repeats.times) for one in found.steps] == [
        ("delivery", 1),
        ("order", 0),
        ("refund", 0),
    ]


def test_waits_hand_overs_and_effort_belong_to_their_step(tmp_path):
    found = travelled(tmp_path, *ANNA)
    delivery = step(found, "delivery")
    assert (delivery.passed.times, delivery.hand_overs) == (1, 2)
    assert (delivery.effort, delivery.asked, delivery.wait) == (4, 2, 60)
    assert step(found, "refund").wait == 600
    assert np.isnan(step(found, "refund").effort)


def test_giving_up_last_of_all_is_a_journey_left(tmp_path):
    found = travelled(tmp_path, *ANNA, contact(1, "cem", "order", left="yes"), contact(2, "cem", "refund"))
    assert (step(found, "refund").gave_up.times, step(found, "refund").left.times) == (1, 1)
    assert (step(found, "order").gave_up.times, step(found, "order").left.times) == (1, 0)


def test_passages_say_how_often_and_how_long(tmp_path):
    found = {
        (one.start, one.end): (one.times, one.hours) for one in travelled(tmp_path, *ANNA, *BEN).passages
    }
    assert found == {
        ("order", "delivery"): (1, 48),
        ("delivery", "delivery"): (1, 24),
        ("delivery", "refund"): (1, 24),
    }


def test_paths_and_passages_of_few_customers_are_not_shown(tmp_path):
    many = [contact(day, f"c{i}", name) for i in range(5) for day, name in ((1, "order"), (2, "refund"))]
    found = travelled(tmp_path, *ANNA, *many, spec=JourneySpec())
    assert [(one.steps, one.customers) for one in found.paths] == [(("order", "refund"), 5)]
    assert [(one.start, one.end) for one in found.passages] == [("order", "refund")]
    assert found.few == 1


def test_one_customer_who_goes_a_way_often_is_not_shown_either(tmp_path):
    spec = JourneySpec(gap=1)
    assert (
        travelled(tmp_path, *[contact(3 * i + 1, "anna", "order") for i in range(9)], spec=spec).paths == ()
    )


def test_long_paths_are_cut_and_say_so(tmp_path):
    rows = [contact(i + 1, "anna", f"s{i}") for i in range(6)]
    (path,) = travelled(tmp_path, *rows, spec=JourneySpec(longest=4, fewest=1)).paths
    assert path.steps == ("s0", "s1", "s2", "s3")
    assert path.more


def test_several_columns_make_a_step(tmp_path):
    reading = ContactSpec("at", "who", ("step", "channel"))
    found = travelled(tmp_path, contact(1, "a", "order"), contact(2, "a", "order", "mail"), reading=reading)
    assert found.paths[0].steps == ("order · phone", "order · mail")


def test_rows_without_a_customer_belong_to_no_journey(tmp_path):
    nobody = [contact(1, name, "order") for name in ("", "?", " ", "NaN", "null", "N/A", "unknown")]
    found = travelled(tmp_path, *ANNA, *nobody)
    assert (found.contacts, found.nobody) == (4, 7)


def test_the_sentence_names_a_step_and_no_customer(tmp_path):
    said = travelled(tmp_path, *ANNA, *BEN).sentence
    assert said == (
        "33 % of three journeys needed more than one contact. "
        "Most come back to “delivery”: 50 % of its contacts had been there before."
    )


def test_what_is_not_given_is_not_known(tmp_path):
    found = travelled(tmp_path, *ANNA, reading=ContactSpec("at", "who", ("step",)))
    assert step(found, "delivery").passed is None
    assert step(found, "refund").gave_up is None


def test_what_only_some_steps_know_is_not_known_of_the_others(tmp_path):
    rows = [contact(1, "anna", "order", transfers=""), contact(2, "anna", "refund", transfers=0)]
    found = travelled(tmp_path, *rows)
    assert step(found, "order").passed is None
    assert step(found, "refund").passed.times == 0


def test_journeys_that_may_still_go_on_are_counted(tmp_path):
    found = travelled(tmp_path, *ANNA, *BEN)
    assert (found.journeys, found.open) == (3, 1)


def test_the_picture_follows_journeys_of_more_than_one_contact_contact_by_contact(tmp_path):
    found = {(one.place, one.start, one.end): one.journeys for one in travelled(tmp_path, *ANNA, *BEN).bands}
    assert found == {
        (1, "order", "delivery"): 1,
        (2, "delivery", "delivery"): 1,
        (3, "delivery", "refund"): 1,
    }


def test_only_the_rows_asked_for_are_followed(tmp_path):
    reading = ContactSpec("at", "who", ("step",), where=(("step", "delivery"),))
    assert travelled(tmp_path, *ANNA, reading=reading).contacts == 2


@pytest.mark.parametrize(
    ("column", "says"), [("whom", "no column “whom”"), ("blank", "No row names a customer")]
)
def test_a_column_of_customers_that_is_none_is_refused(tmp_path, column, says):
    rows = [(*row, "") for row in ANNA]
    source = written(tmp_path, *rows, columns=(*COLUMNS, "blank"))
    with pytest.raises(BadInput, match=says):
        contacts(source, ContactSpec("at", column, ("step",)))


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=30
    )
)
@settings(max_examples=25, deadline=None)
def test_everything_adds_up(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    found = travelled(folder, *[contact(*row) for row in rows], spec=JourneySpec(gap=3, fewest=1, paths=1000))
    assert sum(one.contacts.times for one in found.steps) == len(rows) == found.contacts
    for name in ("begins", "ends"):
        assert sum(getattr(one, name).times for one in found.steps) == found.journeys
    assert sum(one.times for one in found.passages) == found.contacts - found.journeys
    assert sum(one.journeys for one in found.paths) == found.journeys
    assert found.few == 0
    for one in found.steps:
        assert one.contacts.times - one.repeats.times == one.journeys
    several = found.journeys - found.single
    assert sum(one.journeys for one in found.bands if one.place == 1) == several
    for place in (1, 2):
        going = sum(one.journeys for one in found.bands if one.place == place and one.end)
        assert going == sum(one.journeys for one in found.bands if one.place == place + 1)
