"""What is done about a plan, by whom: permission, rules, ledger and what everybody is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.evidence.models import Entry, Reading
from andon.growth.actions import promises as support
from andon.growth.models import Promise
from andon.people.models import Person
from andon.plans import actions
from andon.plans.models import Examination, Plan, Version
from andon.plans.queries import owed_by
from andon.plans.rules.targets import Support
from andon.plans.words import stage_words
from tests.plans import story
from tests.plans.story import REASON, WHY

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


@pytest.fixture
def ready(cast):
    return story.ready(cast)


@pytest.fixture
def active(ready):
    ready.plan = story.active(ready)
    return ready


def fresh(plan):
    return Plan.objects.complete().get(pk=plan.pk)


def ledger(what):
    return Entry.objects.filter(what=what).count()


def test_looking_at_the_gate_is_logged_for_the_person_with_the_reason(ready):
    found = story.examined(ready)
    assert (found.by, found.reason, found.gate.open) == (ready.martin, WHY, True)
    assert Reading.objects.filter(person=ready.alice, reader=ready.martin, what="The gate to a plan").exists()
    assert ledger("plan.gate_examined") == 1


@pytest.mark.parametrize("reason", ["", "   ", "Because.", "Look at it"])
def test_nobody_looks_without_a_reason(ready, reason):
    with pytest.raises(ValidationError, match="the person will read it"):
        actions.examine(ready.alice, ready.version, reason, by=ready.martin, now=ready.now)
    assert not Examination.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "mona", "charlie", "olga", "ana", "adam", "frank", "lea"])
def test_only_the_line_and_hr_look(ready, who):
    with pytest.raises(PermissionDenied):
        actions.examine(ready.alice, ready.version, WHY, by=getattr(ready, who), now=ready.now)


def test_an_hr_partner_does_not_look_at_their_own_gate(ready):
    with pytest.raises(PermissionDenied):
        actions.examine(ready.hana, ready.version, WHY, by=ready.hana, now=ready.now)


def test_pressing_twice_looks_once(ready):
    assert story.examined(ready) == story.examined(ready)


def test_a_closed_gate_lets_nothing_be_drafted(ready):
    story.out(ready)
    looked = story.examined(ready)
    with pytest.raises(ValidationError, match="The gate is closed"):
        actions.propose(looked, story.content(ready), by=ready.martin, now=ready.now)


def test_a_gate_that_closed_since_it_was_looked_at_is_closed(ready):
    looked = story.examined(ready)
    story.out(ready)
    with pytest.raises(ValidationError, match="The gate is closed"):
        actions.propose(looked, story.content(ready), by=ready.martin, now=ready.now)


def test_hr_lets_one_condition_be_left_out_and_the_person_can_read_why(ready):
    story.out(ready)
    looked = story.examined(ready)
    made = actions.override(looked, 2, "The week was a fire drill.", by=ready.hana, now=ready.now)
    plan = actions.propose(looked, story.content(ready), by=ready.martin, now=ready.now)
    assert plan.case.overridden == {2}
    assert Examination.objects.of(ready.alice).get().overrides.get() == made
    assert ledger("plan.condition_overridden") == 1


@pytest.mark.parametrize("who", ["martin", "lena", "alice", "mona", "adam"])
def test_nobody_but_hr_makes_an_exception(ready, who):
    story.out(ready)
    with pytest.raises(PermissionDenied):
        actions.override(story.examined(ready), 2, REASON, by=getattr(ready, who), now=ready.now)


def test_proposing_twice_is_proposing_once(ready):
    looked = story.examined(ready)
    first = actions.propose(looked, story.content(ready), by=ready.martin, now=ready.now)
    assert actions.propose(looked, story.content(ready), by=ready.martin, now=ready.now) == first
    assert (first.steps.count(), first.versions.count()) == (1, 1)


def test_one_plan_at_a_time(ready):
    story.proposed(ready)
    later = ready.now + timedelta(hours=1)
    looked = actions.examine(ready.alice, ready.version, WHY, by=ready.martin, now=later)
    with pytest.raises(ValidationError, match="One at a time"):
        actions.propose(looked, story.content(ready), by=ready.martin, now=later)


def test_hr_does_not_propose(ready):
    looked = actions.examine(ready.alice, ready.version, WHY, by=ready.hana, now=ready.now)
    with pytest.raises(PermissionDenied):
        actions.propose(looked, story.content(ready), by=ready.hana, now=ready.now)


def test_the_gap_of_customers_asks_for_something_with_customers(ready):
    only = (Support("Training", "training", ready.martin.pk, "2026-03-20"),)
    with pytest.raises(ValidationError, match="closer to customers"):
        story.proposed(ready, supports=only)


def test_what_is_issued_is_owed(ready):
    plan = story.issued(ready)
    assert [one.promise.owed_by for one in plan.supports.all()] == [ready.martin] * 2
    assert plan.checkpoints.count() == 4
    assert plan.gate_at_issue is not None


def test_issuing_twice_promises_once(ready):
    plan = story.issued(ready)
    actions.issue(plan, by=ready.martin, now=ready.now)
    assert Promise.objects.filter(plan_support__plan=plan).count() == 2


def test_receipt_is_not_agreement_and_keeps_the_words(active):
    step = fresh(active.plan).steps.get(kind="acknowledged")
    assert (step.by, step.words) == (active.alice, "I have it, and do not agree.")


def test_a_refusal_is_witnessed_by_somebody_who_may_know(ready):
    plan = story.issued(ready)
    for nobody in (ready.bob, ready.mona, ready.martin, ready.alice):
        with pytest.raises(ValidationError, match="witness"):
            actions.refuse_receipt(plan, nobody, REASON, by=ready.martin, now=ready.now)
    assert actions.refuse_receipt(plan, ready.hana, REASON, by=ready.martin, now=ready.now).stage == "active"


def more_support(active):
    before = fresh(active.plan).content
    added = Support("A mentor", "mentoring", active.martin.pk, "2026-04-01")
    return replace(before, supports=(*before.supports, added))


def test_a_change_is_a_version_that_waits_for_its_receipt(active):
    plan = actions.revise(active.plan, more_support(active), REASON, by=active.martin, now=active.now)
    assert (plan.stage, plan.versions.count(), plan.supports.count()) == ("paused", 2, 3)
    with pytest.raises(ValidationError, match="not acknowledged"):
        actions.resume(plan, by=active.martin, now=active.now)
    assert actions.acknowledge(plan, by=active.alice, now=active.now).stage == "active"


def test_a_promise_is_not_taken_back_by_a_change(active):
    before = fresh(active.plan).content
    fewer = replace(before, supports=before.supports[:1])
    with pytest.raises(ValidationError, match="stays promised"):
        actions.revise(active.plan, fewer, REASON, by=active.martin, now=active.now)


def test_what_was_written_is_never_changed(active):
    version = Version.objects.get(plan=active.plan)
    version.content = {}
    with pytest.raises(Exception, match="never changed"):
        version.save()


def later(active, days=60):
    return active.now + timedelta(days=days)


def test_not_met_waits_for_support_and_then_for_a_second_human(active):
    due = later(active)
    with pytest.raises(ValidationError, match="did not come"):
        actions.decide(active.plan, "not met", REASON, by=active.martin, now=due)
    story.delivered(active, active.plan, due)
    actions.decide(active.plan, "not met", REASON, by=active.martin, now=due)
    for nobody in ("martin", "lena", "alice"):
        with pytest.raises((ValidationError, PermissionDenied)):
            actions.approve(active.plan, REASON, by=getattr(active, nobody), now=due)
    assert actions.approve(active.plan, REASON, by=active.hana, now=due).outcome == "not met"


def test_support_that_the_person_doubts_has_not_come(active):
    due = later(active)
    story.delivered(active, active.plan, later(active, 10))
    one = active.plan.supports.first().promise
    support.doubt(one, "Nobody was there.", by=active.alice, now=later(active, 20))
    with pytest.raises(ValidationError, match="did not come"):
        actions.decide(active.plan, "not met", REASON, by=active.martin, now=due)


def test_hr_who_works_for_the_decider_does_not_approve(active):
    due = later(active)
    actions.decide(active.plan, "met", REASON, by=active.lena, now=due)
    with pytest.raises(ValidationError, match="works for Lena"):
        actions.approve(active.plan, REASON, by=active.hana, now=due)
    assert actions.approve(active.plan, REASON, by=active.hugo, now=due).outcome == "met"


def test_late_support_gives_its_days_back(active):
    story.delivered(active, active.plan, later(active, 34))
    plan = actions.extend(active.plan, 50, REASON, by=active.martin, now=later(active, 40))
    assert plan.case.days == 110


def test_an_appeal_is_heard_by_somebody_without_a_part_in_it(active):
    actions.appeal(active.plan, "The hard addresses came to me.", by=active.alice, now=active.now)
    with pytest.raises(ValidationError, match="no part"):
        actions.hear(active.plan, "stands", REASON, by=active.hana, now=active.now)
    plan = actions.hear(active.plan, "set aside", REASON, by=active.hugo, now=active.now)
    assert (plan.stage, plan.outcome) == ("closed", "withdrawn")


def test_a_decision_that_was_set_aside_is_owed_by_the_next_of_the_line(active):
    due = later(active)
    actions.decide(active.plan, "met", REASON, by=active.martin, now=due)
    actions.appeal(active.plan, "It is met, and yet the reasons are wrong.", by=active.alice, now=due)
    actions.hear(active.plan, "set aside", REASON, by=active.hugo, now=due)
    decisions = {
        name: [one.kind for one in owed_by(getattr(active, name), due) if one.what == "Decide, with reasons"]
        for name in ("martin", "lena")
    }
    assert decisions == {"martin": [], "lena": ["plan"]}
    assert "somebody else of the line" in stage_words(fresh(active.plan).case, due.date())


def test_a_plan_of_somebody_who_left_is_over(active):
    Person.objects.filter(pk=active.alice.pk).update(left=active.now.date(), is_active=False)
    assert actions.close_for_leavers(active.now) == 1
    assert actions.close_for_leavers(active.now) == 0
    assert fresh(active.plan).outcome == "left"


def test_the_same_button_twice_does_once_what_it_does(active):
    seen = active.plan.steps.count()
    actions.pause(active.plan, REASON, by=active.martin, now=active.now, seen=seen)
    actions.pause(active.plan, REASON, by=active.martin, now=active.now, seen=seen)
    assert active.plan.steps.filter(kind="paused").count() == 1


def test_who_acts_on_an_old_page_is_told_so(active):
    seen = active.plan.steps.count()
    actions.pause(active.plan, REASON, by=active.martin, now=active.now, seen=seen)
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.extend(active.plan, 7, REASON, by=active.martin, now=active.now, seen=seen)


def test_every_step_is_in_the_ledger(active):
    assert ledger("plan.proposed") == ledger("plan.issued") == ledger("plan.acknowledged") == 1
    assert all(step.entry_id for step in active.plan.steps.all())


@pytest.mark.parametrize("who", ["bob", "mona", "charlie", "olga", "ana", "adam", "frank", "lea"])
def test_nobody_else_does_anything(active, who):
    by = getattr(active, who)
    for verb in (actions.say, actions.pause, actions.withdraw, actions.appeal):
        with pytest.raises(PermissionDenied):
            verb(active.plan, REASON, by=by, now=active.now)
    assert not Plan.objects.visible_to(by).exists()
    assert not Examination.objects.visible_to(by).exists()


def test_checkpoints_hold_what_both_sides_say(active):
    checkpoint = active.plan.checkpoints.first()
    assert checkpoint.overdue(later(active))
    actions.note(checkpoint, "It goes better.", by=active.alice, now=active.now)
    assert not checkpoint.held
    actions.note(checkpoint, "I see it too.", by=active.martin, now=active.now, values={"0": 0.06})
    again = active.plan.checkpoints.first()
    assert again.held
    assert not again.overdue(later(active))
