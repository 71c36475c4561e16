"""Person and process separated from what lies in the lake, and what is kept of it."""

import json

import pytest

from andon.attribution.actions import separate, to_separate
from andon.attribution.models import Estimate, Separation
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person
from tests.attribution.conftest import CASES, WEEKS
from tests.attribution.separated import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "measures")]


def only() -> Separation:
    return Separation.objects.get(outcome="settled")


def settle() -> Separation:
    separate(NOW, ["settled"])
    return only()


def test_measures_of_one_outcome_share_what_is_computed(happened):
    happened()
    assert to_separate() == ["minutes", "settled"]
    assert separate(NOW) == 2
    assert Separation.objects.filter(problem="").count() == 2


def test_the_shares_are_those_of_a_whole_and_the_mechanism_has_the_most_but_chance(happened):
    happened()
    shares = {one["name"]: one["share"] for one in settle().shares}
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert sorted(shares, key=shares.get)[-2:] == ["mechanism", "chance"]


def test_mechanisms_are_told_by_name_with_their_interval(happened):
    happened()
    rows = settle().mechanisms
    assert [(row["name"], row["slug"]) for row in rows] == [(f"Way {i}", f"way-{i}") for i in range(4)]
    assert all(row["low"] < row["adjusted"] < row["high"] for row in rows)


def test_everybody_on_the_staff_list_gets_an_estimate_of_their_own(happened):
    happened()
    settle()
    assert Estimate.objects.count() == 16
    mine = Estimate.objects.visible_to(Person.objects.get(number="101")).get()
    assert (mine.n, mine.mechanisms) == (WEEKS * 4 * CASES, 4)
    assert mine.low < mine.adjusted < mine.high


def test_who_is_not_on_the_staff_list_is_counted_and_not_kept(happened):
    happened(worker=lambda case: case["worker"] + 8)
    separation = settle()
    assert (separation.workers, separation.unknown, Estimate.objects.count()) == (16, 8, 8)


def test_who_has_left_keeps_nothing_new(happened, staff):
    happened()
    staff[0].left = NOW.date()
    staff[0].save()
    settle()
    assert not Estimate.objects.filter(person=staff[0]).exists()
    assert only().unknown == 1


def test_a_number_that_lost_its_zeros_in_a_spreadsheet_is_found(happened, staff):
    Person.objects.filter(number="103").update(number="00103")
    happened()
    settle()
    assert Estimate.objects.filter(person=staff[2]).exists()


def test_a_number_that_may_mean_two_people_means_nobody(happened, staff):
    Person.objects.filter(number="103").update(number="00103")
    Person.objects.create_person(number="0103", name="Another")
    happened()
    settle()
    assert Estimate.objects.count() == 15


def test_computing_again_replaces_and_keeps_the_address(happened):
    happened()
    before = settle().pk
    after = settle()
    assert (after.pk, Estimate.objects.count()) == (before, 16)


def test_no_person_is_in_what_everybody_reads(happened, staff):
    happened(worker=lambda case: f"W{case['worker']}X")
    settle()
    fields = {field.name: getattr(only(), field.name) for field in Separation._meta.concrete_fields}
    told = json.dumps(fields, default=str)
    assert "W10" not in told
    assert "Person " not in told


def test_of_few_people_nothing_is_kept_of_tenths_of_them(happened):
    happened()
    separation = settle()
    assert "predicted" not in separation.model["calibration"]
    assert "shortfall_seen" not in separation.model["calibration"]
    assert (separation.counts, separation.rankings, separation.model["connectivity"]) == ({}, [], {})


def test_what_is_kept_is_json_that_every_database_takes(happened):
    happened(people=5)
    separation = settle()
    for field in ("shares", "mechanisms", "teams", "model", "rankings"):
        assert "NaN" not in json.dumps(getattr(separation, field))


def test_sentences_speak_of_no_option_of_the_command_line(happened):
    happened()
    separation = settle()
    told = [separation.standard_basis, separation.sentence, *separation.warnings, *separation.notes]
    assert not [text for text in told if "--" in text or ".json" in text]


@pytest.mark.parametrize(
    ("brought", "word"),
    [
        ({"leave_out": ["worker"]}, "do not say who served"),
        ({"people": 4}, "Fewer than 5 people"),
        ({"settled": lambda case: "yes"}, "same outcome"),
        ({"leave_out": ["settled"]}, "settled"),
        ({"settled": lambda case: case["minutes"]}, "proportion"),
    ],
)
def test_what_cannot_be_separated_says_why_and_spoils_nothing_else(happened, brought, word):
    happened(**brought)
    separation = settle()
    assert word in separation.problem
    assert (separation.sentence, separation.shares, Estimate.objects.count()) == ("", [], 0)


def test_an_outcome_that_cannot_be_separated_any_more_keeps_no_old_numbers(happened):
    happened()
    settle()
    Measure.objects.filter(outcome="settled").update(kind="value", outcome="alike")
    separate(NOW)
    assert not Separation.objects.filter(outcome="settled").exists()
    assert "same outcome" in Separation.objects.get(outcome="alike").problem


def test_without_data_nothing_is_kept(happened):
    assert separate(NOW) == 0
    assert not Separation.objects.exists()


def test_without_a_team_in_the_data_there_are_no_teams(happened):
    happened(leave_out=["team"])
    assert (settle().teams, settle().small_teams) == ([], {})


def test_cases_without_a_team_are_no_team(happened):
    happened(team=lambda case: "" if case["worker"] > 110 else "North")
    assert [row["name"] for row in settle().teams] == ["North"]


def test_a_team_of_few_is_not_named_and_cannot_be_told_from_the_rest(happened):
    happened(team=lambda case: "Duo" if case["worker"] < 103 else "Six" if case["worker"] > 110 else "Eight")
    separation = settle()
    assert [row["name"] for row in separation.teams] == ["Eight"]
    assert separation.small_teams == {"teams": 2, "people": 8}
    assert "Duo" not in json.dumps(separation.model) + json.dumps(separation.funnels)


def test_mechanisms_that_share_a_name_keep_their_short_names_apart(happened):
    Mechanism.objects.filter(slug="way-1").update(name="Way 0")
    happened()
    assert [row["name"] for row in settle().mechanisms] == ["Way 2", "Way 3", "way-0", "way-1"]
