"""Metrics that matter: what everybody reads of them, and what rests on those that do not."""

from datetime import timedelta

import pytest
from tests.culture.audited import HARM, TREND, audit, bent, interval, metric
from tests.house.permissions import EVERYBODY
from tests.web.reading import flowing

from andon.mechanisms.models import Measure
from andon.standards import actions as standards

pytestmark = pytest.mark.django_db
PAGE = "/metrics/"


@pytest.fixture
def time(cast) -> Measure:
    """How long a label takes; its target is four minutes."""
    return Measure.objects.create(
        mechanism=cast.labels, slug="time", name="Time for a label", outcome="handling_time", kind="value",
        unit="seconds", good="low", target=240.0,
    )  # fmt: skip


def test_before_any_data_the_page_says_how_to_start(as_alice):
    assert "No metric has been audited yet." in flowing(as_alice.get(PAGE))


def test_what_matters_is_told_in_units_of_the_customer_with_its_interval(as_alice):
    audit()
    page = flowing(as_alice.get(PAGE))
    assert "<h1>One of 2 metrics moves Repeat contact.</h1>" in page
    assert (
        "All else alike, yes instead of no goes with Repeat contact 11 percentage points lower (10 to 12), "
        "which is better for customers."
    ) in page


def test_what_does_not_matter_says_how_much_it_could_be_at_most(as_alice):
    audit()
    page = flowing(as_alice.get(PAGE))
    assert (
        "a difference in Repeat contact of at most 0.6 percentage points; 2 percentage points would matter."
        in page
    )


@pytest.mark.parametrize(
    ("kind", "effect", "words"),
    [
        (
            "too much",
            0.05,
            "it makes no difference up to about 8 min (somewhere from 7.7 min to 8.3 min); beyond that",
        ),
        ("too little", -0.05, "it makes no difference beyond about 8 min"),
        ("U", 0.05, "Repeat contact is best at about 8 min"),
        ("inverted U", -0.05, "Repeat contact is worst at about 8 min"),
    ],
)
def test_the_shape_is_told(as_alice, kind, effect, words):
    audit(metrics=[metric("handling_time", "matters", shape=bent(kind, effect))])
    assert words in flowing(as_alice.get(PAGE))


def test_what_cannot_be_told_says_why_and_what_it_may_be(as_alice):
    why = "the numbers allow for nothing as well as for something that matters"
    audit(metrics=[metric("handling_time", "cannot tell", why=why, per_step={
        "from": 1.0, "to": 2.0, "kind": "one more", **interval(0.01, 0.03)})])  # fmt: skip
    page = flowing(as_alice.get(PAGE))
    assert f"It cannot be told, as {why}: one more of it may go with Repeat contact anywhere from" in page
    assert "No metric that moves Repeat contact was found." in page


def test_raw_numbers_that_mislead_and_metrics_that_go_along_are_said(as_alice):
    opposite = {"unit": "all cases", "units": 900, **interval(0.1), "p": 0.001, "opposite": True}
    joint = {**interval(0.1), "p": 0.2, "alike": ["talk_time"], "carried_by": "talk_time"}
    audit(metrics=[metric("handling_time", between=[opposite], joint=joint)])
    page = flowing(as_alice.get(PAGE))
    assert "Raw numbers of all cases say the opposite." in page
    assert (
        "It goes along with “Talk time”; taken together, “Talk time” carries it and this adds nothing."
        in page
    )


def test_targets_met_by_harm_and_numbers_that_improve_for_nobody_stand_above(as_alice):
    audit(content={"harms": [HARM], "trends": [TREND]})
    page = flowing(as_alice.get(PAGE))
    assert "Address labels: Handling time piles up just below 8 min, with 2.4 times as many cases" in page
    assert "Transfers there is higher by 0.25 than what lies around lets one expect." in page
    assert "Handling time fell by 59 s, which counts as better, while Repeat contact got worse by 4.6" in page


def test_one_outcome_and_one_mechanism_are_shown_at_a_time(as_alice):
    audit("csat", unit="score", good="high", metrics=[metric("transfers")])
    audit("csat", "labels", unit="score", good="high", metrics=[metric("wait_time")])
    audit()
    assert "Transfers" in flowing(as_alice.get(PAGE))
    assert "Waiting time" in flowing(as_alice.get(PAGE, {"of": "csat", "in": "labels"}))
    assert "move Repeat contact" in flowing(
        as_alice.get(PAGE, {"of": "repeat_contact", "in": "labels"})
    ).replace("moves", "move")


@pytest.mark.parametrize("asked", [{"of": "\x00"}, {"of": "no such"}, {"in": "../labels"}, {"in": "'--"}])
def test_what_was_never_audited_shows_the_first_audit(as_alice, asked):
    audit()
    assert "metrics moves Repeat contact" in flowing(as_alice.get(PAGE, asked))


def test_an_audit_that_could_not_be_made_says_why(as_alice):
    audit(problem="Every outcome is the same.", metrics=[])
    assert "Every outcome is the same." in flowing(as_alice.get(PAGE))


def test_a_mechanism_of_which_nothing_could_be_told_is_not_offered(as_alice):
    audit()
    audit(mechanism="labels")
    audit(mechanism="refunds", problem="Every outcome is the same.", metrics=[])
    page = flowing(as_alice.get(PAGE))
    assert '<option value="labels">' in page
    assert '<option value="refunds">' not in page


def test_a_target_that_rests_on_what_customers_do_not_feel_is_named(as_alice, time):
    audit()
    page = flowing(as_alice.get(PAGE))
    assert "Target of 4 min" in page
    assert "Address labels: Time for a label" in page
    assert "It makes no difference to Repeat contact." in page


def test_a_mechanism_by_itself_names_what_rests_on_its_own_numbers(as_alice, time):
    audit()
    audit(mechanism="labels")
    audit(mechanism="refunds")
    assert "Target of 4 min" in flowing(as_alice.get(PAGE, {"in": "labels"}))
    assert "Target of 4 min" not in flowing(as_alice.get(PAGE, {"in": "refunds"}))


def test_a_number_that_gets_better_as_customers_fare_worse_is_named(as_alice, time):
    audit(metrics=[metric("handling_time", "matters", -0.1, "monotone")])
    assert "Repeat contact gets worse where this counts as better." in flowing(as_alice.get(PAGE))


def test_what_customers_feel_is_not_named(as_alice, time):
    audit(metrics=[metric("handling_time", "matters", 0.1, "monotone")])
    assert "In force, and customers do not feel it" not in flowing(as_alice.get(PAGE))


def test_the_mechanism_itself_speaks_before_everywhere(as_alice, time):
    audit(metrics=[metric("handling_time", "matters", 0.1, "monotone")])
    audit(mechanism="labels")
    assert "It makes no difference to Repeat contact." in flowing(as_alice.get(PAGE))


def objective_of(cast, time, person=None, days=30):
    asked = {"by": cast.hana if person is None else person, "now": cast.now}
    made = standards.write_objective("Quicker labels", why="", person=person, due=None, **asked)
    standards.add_key_result(
        made, title="Seconds for a label", baseline=300.0, target=240.0, unit="seconds", good="low", measure=time,
        **asked,
    )  # fmt: skip
    return made


def standard_of(cast, time):
    role = standards.add_role(
        "Agent", purpose="Helps.", serves="Customers are helped.", by=cast.hana, now=cast.now
    )
    return standards.bring_in_standard(
        role, name="Four minutes a label", statement="No label takes longer.", serves="Shorter waits.", team=None,
        measure=time, behaviour=None, outcome_measure=None, level=240.0,
        starts=(cast.now - timedelta(days=9)).date(), agreed_before=(cast.now - timedelta(days=99)).date(),
        source="Handbook", by=cast.hana, now=cast.now,
    )  # fmt: skip


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_reads_which_standard_rests_on_it(cast, client, time, who):
    standard_of(cast, time)
    audit()
    client.force_login(getattr(cast, who))
    assert "Four minutes a label" in flowing(client.get(PAGE))


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_somebodys_own_objective_is_named_to_their_line_and_hr_partners_only(cast, client, time, who):
    objective_of(cast, time, person=cast.alice)
    audit()
    client.force_login(getattr(cast, who))
    seen = "Seconds for a label" in flowing(client.get(PAGE))
    assert seen == (who in {"alice", "martin", "lena", "hana"})


def test_an_objective_that_was_given_up_is_not_in_force(cast, as_alice, time):
    made = objective_of(cast, time)
    audit()
    assert "Seconds for a label" in flowing(as_alice.get(PAGE))
    made.dropped_at = cast.now
    made.save()
    assert "Seconds for a label" not in flowing(as_alice.get(PAGE))


def test_the_standard_and_the_objective_say_it_themselves(cast, as_alice, time):
    version = standard_of(cast, time)
    made = objective_of(cast, time)
    audit()
    for where in (f"/standards/{version.standard_id}/", f"/objectives/{made.pk}/"):
        assert "As far as can be told, customers do not feel what this rests on." in flowing(
            as_alice.get(where)
        )


def test_without_an_audit_nothing_is_said_against_a_standard(cast, as_alice, time):
    version = standard_of(cast, time)
    assert "customers do not feel" not in flowing(as_alice.get(f"/standards/{version.standard_id}/"))


@pytest.mark.parametrize("many", [2, 40])
def test_questions_to_the_database_do_not_grow(cast, as_alice, time, django_assert_max_num_queries, many):
    for i in range(many):
        audit(mechanism=f"way-{i}")
        Measure.objects.create(
            mechanism=cast.labels,
            slug=f"time-{i}",
            name=f"Time {i}",
            outcome="handling_time",
            good="low",
            target=9.0,
        )
    audit()
    with django_assert_max_num_queries(16):
        as_alice.get(PAGE)
