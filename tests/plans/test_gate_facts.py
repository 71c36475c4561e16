"""The six conditions, each on what the house knows; one thing amiss at a time."""

from datetime import date, timedelta

import pytest

from andon.attribution.models import Estimate
from andon.escalations.actions import raise_escalation
from andon.growth.models import FollowUp
from andon.plans.facts import examine
from andon.standards.models import Acknowledgement, Holding
from tests.plans import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(cast):
    return story.ready(cast)


def gate(cast):
    return examine(cast.alice, cast.version, cast.now)


def condition(cast, number):
    return gate(cast).conditions[number - 1]


def test_the_gate_opens_when_all_six_are_met(ready):
    assert [(one.number, one.why) for one in gate(ready).conditions if not one.met] == []


def test_a_standard_known_for_a_month_only_is_not_enough(ready):
    Acknowledgement.objects.update(at=ready.now - timedelta(days=30))
    assert not condition(ready, 1).met
    assert "90 days" in condition(ready, 1).remedy


def test_a_mechanism_that_went_out_of_control_is_mended_first(ready):
    story.out(ready)
    assert not condition(ready, 2).met
    assert condition(ready, 2).remedy.startswith("Mend “Address labels” first")


def test_a_mechanism_that_misses_its_limits_for_everybody_is_mended_first(ready):
    story.calm_chart(ready, level=0.07)
    assert "misses its limits" in condition(ready, 2).why


def test_an_open_question_about_the_mechanism_is_answered_first(ready):
    question = raise_escalation(by=ready.lena, now=ready.now, mechanism=ready.labels, note="?")
    assert f"escalation {question.number}" in condition(ready, 2).why


def test_an_old_chart_says_nothing_of_today(ready):
    ready.late.chart.through = ready.now - timedelta(days=60)
    ready.late.chart.save()
    assert "too long ago" in condition(ready, 2).why


def test_below_another_line_than_the_agreed_one_is_cannot_tell_when_the_interval_reaches_it(ready):
    Estimate.objects.filter(person=ready.alice).update(adjusted=0.055, low=0.045, high=0.065)
    found = condition(ready, 3)
    assert not found.met
    assert found.why.startswith("Cannot tell.")
    assert "nobody agreed" in found.why


def test_against_the_agreed_line_the_verdict_counts(ready):
    ready.separation.standard, ready.separation.standard_basis = 0.05, ""
    ready.separation.save()
    assert condition(ready, 3).met
    Estimate.objects.filter(person=ready.alice).update(verdict="cannot tell")
    assert not condition(ready, 3).met


def test_an_interval_counts_only_where_chances_were_right_on_held_out_periods(ready):
    ready.separation.verdicts = False
    ready.separation.save()
    assert "held out" in condition(ready, 3).why


def test_old_data_say_how_it_was(ready):
    ready.separation.ends = ready.now - timedelta(days=90)
    ready.separation.save()
    assert "too long ago" in condition(ready, 3).why


def test_somebody_of_whom_the_data_say_nothing_is_not_judged(ready):
    Estimate.objects.filter(person=ready.alice).delete()
    assert not condition(ready, 3).met


def test_coaching_without_a_follow_up_is_not_enough(ready):
    FollowUp.objects.all().delete()
    assert not condition(ready, 4).met


def test_a_promise_that_did_not_come_keeps_the_gate_closed(cast):
    story.add_second_hr(cast)
    story.agreed(cast)
    story.coached(cast, deliver=False)
    assert "Training on the new labels" in condition(cast, 4).why


def test_evidence_that_was_not_seen_is_not_used(cast):
    story.agreed(cast)
    story.evidenced(cast, seen=False)
    assert not condition(cast, 5).met


def test_without_evidence_there_is_nothing_to_answer(cast):
    story.agreed(cast)
    assert condition(cast, 5).why == "There is no evidence about this standard on the record."


def others_below(cast, n):
    for estimate in Estimate.objects.exclude(person__in=[cast.alice, cast.bob])[:n]:
        Estimate.objects.filter(pk=estimate.pk).update(adjusted=0.12, low=0.11, high=0.13)


def test_somebody_else_with_evidence_as_strong_and_nothing_done_keeps_it_closed(ready):
    others_below(ready, 2)
    found = condition(ready, 6)
    assert not found.met
    assert "fewer than five" in found.why
    assert "2" not in found.why.replace("42", "")


def test_a_larger_number_is_told_as_a_count(ready):
    others_below(ready, 7)
    assert "7 have the same or stronger evidence" in condition(ready, 6).why


def test_a_small_role_is_not_counted_at_all(ready):
    Holding.objects.exclude(person__in=[ready.alice, ready.bob]).update(ends=date(2025, 1, 1))
    others_below(ready, 2)
    found = condition(ready, 6)
    assert found.met
    assert not any(letter.isdigit() for letter in found.why)


def test_a_level_of_easier_work_is_put_on_the_mix(ready):
    ready.separation.mechanisms = [{"name": "Address labels", "slug": "labels", "adjusted": 0.012}]
    ready.separation.save()
    found = condition(ready, 3)
    assert not found.met
    assert "which is" in found.why


def test_one_bad_stretch_of_time_opens_no_gate(ready):
    Estimate.objects.filter(person=ready.alice).update(lasting=0.04)
    found = condition(ready, 3)
    assert not found.met
    assert "one event" in found.why


def test_being_below_without_the_worst_stretch_too_opens_it(ready):
    Estimate.objects.filter(person=ready.alice).update(lasting=0.08)
    assert condition(ready, 3).met
