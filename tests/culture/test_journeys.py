"""Journeys from what lies in the lake and what customers said: planted ways are found, and few are never shown."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.analysis.journeys.spec import Band
from andon.culture.journeys import keeping
from andon.culture.journeys.models import JourneyReport
from andon.culture.journeys.showing import rounded, together
from andon.culture.journeys.slicing import ALL, AT, FROM, OTHER, UNKNOWN
from andon.mechanisms.models import Mechanism
from andon.signals.models import Dataset
from tests.culture.ways import FIRST, NOW, bring, register, row, say, usual

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.UPLOADS, settings.LAKE = tmp_path / "uploads", tmp_path / "lake"
    register("orders", "phone", "refunds", "chat")


def followed(key=ALL):
    report = keeping.refresh(NOW)
    assert report.problem == ""
    return report.slices.get(key=key).content


def step(kept, name):
    return next(one for one in kept["steps"] if one["name"] == name)


def passage(kept, start, end):
    return next((one for one in kept["passages"] if (one["start"], one["end"]) == (start, end)), None)


def test_a_planted_way_is_found_with_how_long_it_takes(tmp_path):
    planted = [
        row(1000 + i, 10 + i / 2 + day, name)
        for i in range(60)
        for day, name in ((0, "orders"), (2, "refunds"))
    ]
    bring(tmp_path, [*usual(), *planted])
    kept = followed()
    assert passage(kept, "orders", "refunds")["times"] >= 60
    assert passage(kept, "orders", "refunds")["hours"] == pytest.approx(48, abs=6)
    assert kept["paths"][0]["steps"] == ["orders", "refunds"]
    saving = {one["name"]: one["saving"]["saved"]["value"] for one in kept["steps"] if one["saving"]}
    assert max(saving, key=saving.get) == "orders"


def test_passing_on_and_giving_up_belong_to_the_step_where_they_happen(tmp_path):
    rows = usual()
    for i, one in enumerate(rows):
        one |= (
            {"transfers": i % 2, "abandoned": ""}
            if one["mechanism"] == "phone"
            else {"transfers": "", "abandoned": 0}
        )
        if one["mechanism"] == "refunds":
            one["abandoned"] = int(i % 4 == 0)
    bring(tmp_path, rows)
    kept = followed()
    phone, refunds, orders = (step(kept, name) for name in ("phone", "refunds", "orders"))
    assert phone["passed"] == pytest.approx(phone["contacts"] / 2, abs=10)
    assert (phone["gave_up"], orders["passed"]) == (None, None)
    assert refunds["gave_up"] == pytest.approx(refunds["contacts"] / 4, abs=20)
    assert refunds["left"] <= refunds["gave_up"]
    assert orders["gave_up"] == 0


def test_a_customer_in_two_channels_is_one_journey(tmp_path):
    bring(tmp_path, [*usual(), *(row(2000 + i, 20 + i, "orders") for i in range(40))])
    said = [
        {"at": (FIRST + timedelta(days=22 + i)).isoformat(), "text": f"Where is it? {i}", "customer": f"C{2000 + i} ",
         "mechanism": "orders", "channel": "email"}
        for i in range(40)
    ]  # fmt: skip
    before = followed()
    say(tmp_path, said)
    kept = followed()
    assert (
        passage(kept, "orders", "orders")["times"]
        >= 40
        > (passage(before, "orders", "orders") or {"times": 0})["times"]
    )
    assert kept["journeys"] == before["journeys"]


def test_what_is_said_about_nothing_that_is_known_is_a_step_of_its_own(tmp_path):
    bring(tmp_path, usual())
    say(
        tmp_path,
        [
            {"at": (FIRST + timedelta(days=i)).isoformat(), "text": f"Hm {i}", "customer": f"c{i}"}
            for i in range(30)
        ],
    )
    assert step(followed(), UNKNOWN)["contacts"] == 30


def test_a_message_within_the_hour_about_the_same_is_the_same_contact(tmp_path):
    bring(tmp_path, [*usual(), *(row(3000 + i, 30, "phone") for i in range(30))])
    before = followed()["contacts"]
    at = (FIRST + timedelta(days=30, minutes=40)).isoformat()
    note = {"at": at, "mechanism": "phone", "channel": "call note"}
    say(tmp_path, [note | {"customer": f"c{3000 + i}", "text": f"Called: {i}"} for i in range(30)])
    assert followed()["contacts"] == before


def test_an_answer_to_a_survey_is_no_contact_and_tells_the_effort_of_the_one_before(tmp_path):
    bring(tmp_path, [*usual(), *(row(3000 + i, 30, "chat") for i in range(30))])
    before = followed()
    at = (FIRST + timedelta(days=32)).isoformat()
    answer = {"at": at, "rating": 6, "rating_kind": "ces", "channel": "survey"}
    say(tmp_path, [answer | {"customer": f"c{3000 + i}", "text": f"Hard {i}"} for i in range(30)])
    kept = followed()
    assert kept["contacts"] == before["contacts"]
    assert (step(before, "chat")["effort"], step(kept, "chat")["effort"]) == (None, 6)


def test_slices_by_time_and_by_beginning_are_the_whole_together(tmp_path):
    bring(tmp_path, usual(800))
    report = keeping.refresh(NOW)
    kept = dict(report.slices.values_list("key", "content"))
    for prefix in (FROM, AT):
        parts = [one["journeys"] for key, one in kept.items() if key.startswith(prefix)]
        assert len(parts) > 1
        assert sum(parts) == pytest.approx(kept[ALL]["journeys"], abs=3 * len(parts))
    assert all(one["steps"][0]["contacts"] for one in kept.values())


def test_ways_of_four_customers_are_nowhere_and_those_of_five_are(tmp_path):
    register("rare-door")
    four = [row(4000 + i, 40 + day, name) for i in range(4) for day, name in ((0, "chat"), (1, "rare-door"))]
    many = [row(5000 + i, 60 + i, ("rare-door", "chat")[i % 2]) for i in range(80)]
    bring(tmp_path, [*usual(), *four, *many])
    report = keeping.refresh(NOW)
    for kept in report.slices.values_list("content", flat=True):
        assert passage(kept, "chat", "rare-door") is None
        assert not [one for one in kept["paths"] if one["steps"] == ["chat", "rare-door"]]
        assert not [one for one in kept["bands"] if (one["start"], one["end"]) == ("chat", "rare-door")]
    bring(tmp_path, [row(4900, 40 + day, name) for day, name in ((0, "chat"), (1, "rare-door"))], "fifth.csv")
    assert passage(followed(), "chat", "rare-door")["times"] == 5


def test_every_count_that_is_kept_is_rounded_to_five(tmp_path):
    bring(tmp_path, usual(777))
    for kept in keeping.refresh(NOW).slices.values_list("content", flat=True):
        assert _counts(kept)
        assert all(n % 5 == 0 for n in _counts(kept))


def _counts(kept) -> list[int]:
    numbers = [kept[name] for name in ("contacts", "customers", "journeys", "single", "open")]
    numbers += [one["journeys"] for one in [*kept["paths"], *kept["bands"]]]
    numbers += [one["times"] for one in kept["passages"]]
    for one in kept["steps"]:
        numbers += [
            one[name]
            for name in ("contacts", "customers", "begins", "ends", "repeats", "gave_up")
            if one[name]
        ]
    return numbers


def test_two_reports_that_differ_by_one_customer_give_nobody_away(tmp_path):
    """Somebody who knows everything but one customer's way, and compares yesterday's page with today's."""
    bring(tmp_path, usual())
    before = followed()
    bring(
        tmp_path,
        [row(9999, 40 + day, name) for day, name in ((0, "chat"), (1, "refunds"), (2, "chat"))],
        "one.csv",
    )
    kept = followed()
    assert "chat" not in json.dumps(kept)
    assert all(abs(one - other) in (0, 5) for one, other in zip(_counts(before), _counts(kept), strict=True))


def test_nobody_who_served_and_no_customer_is_in_what_is_kept(tmp_path):
    bring(tmp_path, [one | {"worker": "secretworker"} for one in usual()])
    text = json.dumps(list(keeping.refresh(NOW).slices.values_list("content", flat=True)))
    assert "secretworker" not in text
    assert "c12" not in text
    names = {
        field.name
        for model in (JourneyReport, JourneyReport.slices.rel.related_model)
        for field in model._meta.get_fields()
    }
    assert names.isdisjoint({"person", "by", "worker", "team", "customer"})


def test_what_cannot_be_followed_says_why(tmp_path):
    assert keeping.refresh(NOW).problem.startswith("The data do not say to whom it happened.")
    bring(tmp_path, [row(i, i, "phone") for i in range(20)])
    assert keeping.refresh(NOW).problem == keeping.TOO_FEW
    assert JourneyReport.objects.count() == 1


def test_signals_alone_can_be_followed(tmp_path):
    rows = [
        {
            "at": (FIRST + timedelta(days=i % 90)).isoformat(),
            "text": f"Word {i}",
            "customer": f"c{i % 70}",
            "mechanism": "chat",
        }
        for i in range(140)
    ]
    say(tmp_path, rows)
    kept = followed()
    assert kept["contacts"] > 100


def test_after_data_are_taken_out_their_journeys_are_gone(tmp_path):
    bring(tmp_path, usual())
    assert followed()["journeys"]
    Dataset.objects.update(state="removed")
    assert keeping.refresh(NOW).problem
    assert not JourneyReport.objects.get().slices.exists()


def test_very_many_customers_are_followed_through_a_fair_part_of_them(tmp_path, monkeypatch):
    bring(tmp_path, usual(6000))
    everybody = followed()
    monkeypatch.setattr("andon.culture.journeys.facts.MOST_ROWS", 1000)
    report = keeping.refresh(NOW)
    assert report.one_in == 16
    part = report.slices.get(key=ALL).content
    assert part["contacts"] == pytest.approx(everybody["contacts"] / 16, rel=0.2)


def test_a_mechanism_that_is_rare_is_counted_with_others(tmp_path):
    Mechanism.objects.create(slug="seldom", name="Seldom")
    bring(tmp_path, [*usual(), *(row(7000 + i, 3 * i, "seldom") for i in range(12))])
    kept = followed()
    assert {one["name"] for one in kept["steps"]} == {"orders", "phone", "refunds", OTHER}


@given(st.floats(0, 1e7))
def test_rounding_is_to_the_nearest_five(n):
    assert rounded(n) % 5 == 0
    assert abs(rounded(n) - n) <= 2.5


STEPS = st.sampled_from(["a", "b", "c", ""])
BANDS = st.lists(
    st.builds(
        lambda place, start, end, n: Band(place, start, end, n, n),
        st.integers(1, 3), st.sampled_from(["a", "b", "c"]), STEPS, st.integers(1, 12),
    ),
    max_size=25,
    unique_by=lambda one: (one.place, one.start, one.end),
)  # fmt: skip


@given(BANDS)
def test_rare_ways_are_counted_together_and_none_of_few_is_left(bands):
    found = together(bands, 5)
    assert all(one.customers >= 5 for one in found)
    assert sum(one.journeys for one in found) <= sum(one.journeys for one in bands)
    lost = sum(one.journeys for one in bands) - sum(one.journeys for one in found)
    assert lost <= 3 * 2 * 4  # fewer than five of each place, going on and ending there
