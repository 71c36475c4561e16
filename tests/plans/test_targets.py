"""What a plan may ask for and must promise."""

from dataclasses import replace
from datetime import date

import pytest

from andon.plans.rules.targets import Content, Support, Target, checkpoints, from_gap, kept_promises, problems

PERSON, MANAGER = 11, 10
TARGET = Target("Late parcels", "the chart", "2026-05-01", 0.09, 0.05, "share", "low", 7)
REVIEWS = Support("Reviews together", "reviews", MANAGER, "2026-03-20")
TRAINING = Support("A course", "training", MANAGER, "2026-03-25")
PLAN = Content("Customers wait.", 60, (TARGET,), (REVIEWS, TRAINING), ("2026-03-16",), (1,))


def said(content, level=0.05, customer_gap=True):
    return " ".join(problems(content, level=level, customer_gap=customer_gap, person=PERSON))


def test_a_fair_plan_has_no_problem():
    assert said(PLAN) == ""


def with_target(**more):
    return replace(PLAN, targets=(replace(TARGET, **more),))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": " "}, "what exactly"),
        ({"source": ""}, "will come from"),
        ({"due": "soon"}, "by which day"),
        ({"target": None}, "a figure, or what will be seen"),
        ({"baseline": None}, "where it stands now"),
        ({"target": 0.09}, "no better than where it stands"),
        ({"target": 0.02}, "more than the standard"),
    ],
)
def test_a_target_is_specific_measurable_sourced_dated_and_fair(more, words):
    assert words in said(with_target(**more))


def test_a_behaviour_is_asked_for_in_words():
    assert (
        said(with_target(target=None, baseline=None, measure=None, seen="Eight of ten chats end so.")) == ""
    )


@pytest.mark.parametrize("days", [29, 91])
def test_it_lasts_thirty_to_ninety_days(days):
    assert "30 to 90 days" in said(replace(PLAN, days=days))


def test_nobody_is_left_alone_with_a_plan():
    assert "nobody is left alone" in said(replace(PLAN, supports=()))


def test_where_the_gap_is_the_customers_something_brings_the_person_closer_to_them():
    only = replace(PLAN, supports=(TRAINING,))
    assert "closer to customers" in said(only)
    assert said(only, customer_gap=False) == ""


def test_what_is_owed_to_the_person_is_owed_by_somebody_else():
    assert "somebody else owes it" in said(replace(PLAN, supports=(replace(REVIEWS, owed_by=PERSON),)))


def test_without_evidence_there_is_no_plan():
    assert "evidence" in said(replace(PLAN, evidence=()))


def test_the_target_comes_from_the_gap_and_never_goes_beyond_the_standard():
    target = from_gap(
        "x", adjusted=0.09, level=0.05, unit="share", good="low", source="s", due=date(2026, 5, 1), measure=7
    )
    assert (target.baseline, target.target) == (0.09, 0.05)


def test_checkpoints_are_two_weeks_apart_and_on_the_last_day():
    assert checkpoints(date(2026, 3, 2), 45) == ("2026-03-16", "2026-03-30", "2026-04-16")


def test_a_promise_is_not_taken_back():
    assert "“A course”" in kept_promises((REVIEWS, TRAINING), (REVIEWS,))
    assert kept_promises((REVIEWS,), (REVIEWS, TRAINING)) == ""


def test_content_is_the_same_after_it_was_kept():
    assert Content.of(PLAN.as_data()) == PLAN
