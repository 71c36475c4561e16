"""A plan’s whole life on the pages, by every role in turn: from a gate that stays shut to somebody back at standard."""

import re
from contextlib import suppress
from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from tests.plans import story
from tests.plans.story import REASON, WHY

from andon.evidence.verifying import verify_bytes
from andon.growth.actions import coaching, promises
from andon.growth.models import Coaching
from andon.people.models import Person
from andon.plans import actions
from andon.plans.models import Examination, Plan
from andon.watch.models import ChartException

pytestmark = pytest.mark.django_db


class Clock:
    """Days pass when the test says so."""

    def __init__(self, now):
        self.now = now

    def passes(self, days):
        self.now += timedelta(days=days)


@pytest.fixture
def clock(cast, monkeypatch, settings, tmp_path):
    settings.HOME = tmp_path
    one = Clock(cast.now)
    monkeypatch.setattr(timezone, "now", lambda: one.now)
    return one


@pytest.fixture
def as_(client, cast, clock):
    """`as_("martin").look("plans:list")` is the text of a page; `.does(...)` sends a form and follows it."""

    class As:
        def __init__(self, who):
            client.force_login(getattr(cast, who))

        def look(self, name, *args):
            return words(client.get(reverse(name, args=args)))

        def asks(self, name, **query):
            return words(client.get(reverse(name), query))

        def does(self, name, *args, **sent):
            clock.now += timedelta(minutes=1)
            return words(client.post(reverse(name, args=args), sent, follow=True))

        def takes(self, name, *args):
            return client.get(reverse(name, args=args)).content

    return As


def words(answer):
    assert answer.status_code < 500
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))).strip()


@pytest.fixture
def begun(cast, clock):
    """The mechanism is out, a promise did not come, and nobody looked back: the shortfall itself is real."""
    story.add_second_hr(cast)
    story.agreed(cast)
    story.calm_chart(cast)
    story.separated(cast)
    story.out(cast)
    story.coached(cast, follow=False, deliver=False)
    story.evidenced(cast)
    return cast


def cleared(cast):
    ChartException.objects.update(withdrawn_at=cast.now)
    promises.deliver(cast.promise, "Half a day with Olga.", by=cast.martin, now=timezone.now())
    coaching.follow_up(
        Coaching.objects.get(), "Better on some days", their_part="done", our_part="done", by=cast.martin,
        now=timezone.now(),
    )  # fmt: skip


def draft(cast, days=60):
    due = (timezone.now() + timedelta(days=days)).date().isoformat()
    soon = (timezone.now() + timedelta(days=10)).date().isoformat()
    rows = {
        "target-TOTAL_FORMS": 1, "target-INITIAL_FORMS": 0, "target-0-what": "Late parcels", "target-0-baseline": 0.09,
        "target-0-target": 0.05, "target-0-source": "the chart", "target-0-due": due,
        "support-TOTAL_FORMS": 2, "support-INITIAL_FORMS": 0,
        "support-0-what": "Read what customers wrote, together", "support-0-kind": "reviews",
        "support-0-owed_by": cast.martin.pk, "support-0-due": soon,
    }  # fmt: skip
    return {"why": WHY, "days": days, **rows}


def look_at_gate(as_, cast, why=WHY):
    as_("martin").does("plans:way", cast.alice.pk, version=cast.version.pk, reason=why)
    return Examination.objects.first()


def test_from_a_closed_gate_to_back_at_standard(begun, as_, clock):
    cast = begun
    looked = look_at_gate(as_, cast)
    page = as_("martin").look("plans:gate", looked.pk)
    assert "Two of six conditions are not met" in page
    assert "Mend “Address labels” first" in page
    assert "Training on the new labels" in page
    assert "Draft a" not in page
    assert "The gate is closed" in as_("martin").does("plans:propose", looked.pk, **draft(cast))
    assert WHY in as_("alice").look("plans:mine")
    assert "Mend “Address labels” first" in as_("alice").look("plans:my_gate", looked.pk)

    cleared(cast)
    clock.passes(1)
    looked = look_at_gate(as_, cast, "Coaching was followed up, and the mechanism is in control.")
    assert "All six conditions are met" in as_("martin").look("plans:gate", looked.pk)
    assert "from 9 %" not in as_("martin").look("plans:propose", looked.pk)
    as_("martin").does("plans:propose", looked.pk, **draft(cast))
    plan = Plan.objects.get()
    assert "Nothing of it holds yet" in as_("alice").look("plans:my_plan", plan.pk)

    assert "Alice Agent" in as_("hana").look("plans:queue")
    as_("hana").does("plans:take_up", plan.pk)
    as_("hana").does("plans:agree", plan.pk, words=REASON)
    as_("martin").does("plans:issue", plan.pk)
    assert "Did you receive it?" in as_("alice").look("plans:my_plan", plan.pk)
    as_("alice").does("plans:my_acknowledge", plan.pk, words="I have it. The hard addresses come to me.")
    assert "Under way until" in as_("alice").look("plans:my_plan", plan.pk)

    clock.passes(3)
    as_("martin").does("plans:pause", plan.pk, words="Alice is away for a week, and well.")
    clock.passes(7)
    as_("martin").does("plans:resume", plan.pk)
    more = {"support-0-what": "A mentor for six weeks", "support-0-kind": "mentoring", "words": REASON}
    as_("martin").does("plans:revise", plan.pk, **(draft(cast) | more))
    assert "waits for the receipt of the new version" in as_("alice").look("plans:my_plan", plan.pk)
    as_("alice").does("plans:my_acknowledge", plan.pk)
    plan.refresh_from_db()
    assert (plan.stage, plan.versions.count(), plan.supports.count()) == ("active", 2, 2)

    clock.passes(20)
    page = as_("alice").look("plans:my_plan", plan.pk)
    assert "Late, and not by you" in page
    assert "not held yet, and overdue" in page
    assert "checkpoint" in as_("martin").look("team:owed")
    checkpoint = plan.checkpoints.first()
    as_("alice").does("plans:my_note", plan.pk, checkpoint.pk, text="Nobody has met with me yet.")
    as_("martin").does(
        "plans:note", plan.pk, checkpoint.pk, text="That is so, and I am sorry.", value_0="0.07"
    )
    assert "Late parcels: 7" in as_("alice").look("plans:my_plan", plan.pk)
    as_("martin").does(
        "plans:extend", plan.pk, days=14, words="What was promised came late, so there is more time."
    )

    clock.passes(90)
    assert "A decision is due" in as_("martin").look("plans:show", plan.pk)
    blocked = as_("martin").does("plans:decide", plan.pk, outcome="not met", words=REASON)
    assert "support that was promised did not come" in blocked
    story.delivered(cast, plan, timezone.now())
    as_("martin").does("plans:decide", plan.pk, outcome="met", words="Four in a hundred for six weeks.")
    assert as_("martin").does("plans:approve", plan.pk, words=REASON).startswith("Not here")
    as_("hana").does("plans:approve", plan.pk, words="The figures and both notes say the same.")
    assert "Back to standard" in as_("alice").look("plans:my_plan", plan.pk)
    assert verify_bytes(as_("alice").takes("plans:my_dossier", plan.pk)).problems == []


def test_another_ends_not_met_with_a_witness_a_second_human_and_an_appeal(cast, clock, as_):
    story.ready(cast)
    plan = story.issued(cast)
    page = as_("martin").does("plans:refused", plan.pk, witness=cast.bob.pk)
    assert "Select a valid choice" in page
    as_("martin").does("plans:refused", plan.pk, witness=cast.hana.pk, words="She does not want to say so.")
    assert "before a witness" in as_("alice").look("plans:my_plan", plan.pk)
    clock.passes(61)
    story.delivered(cast, plan, timezone.now())
    as_("martin").does("plans:decide", plan.pk, outcome="not met", words="Eight in a hundred, as before.")
    as_("hana").does("plans:approve", plan.pk, words="Support came, and the evidence holds.")
    assert "not met" in as_("alice").look("plans:my_plan", plan.pk)
    as_("alice").does("plans:my_appeal", plan.pk, words="The hard addresses came to me alone.")
    assert "had no part in this" in as_("alice").look("plans:my_plan", plan.pk)
    refused = as_("hana").does("plans:hear", plan.pk, outcome="stands", words=REASON)
    assert "no part in it" in refused
    assert "Alice Agent" in as_("hugo").look("plans:queue")
    as_("lena").does(
        "plans:hear", plan.pk, outcome="set aside", words="The mix of addresses was not looked at."
    )
    plan.refresh_from_db()
    assert (plan.stage, plan.outcome) == ("active", "")


def test_hr_lets_a_condition_be_left_out_and_the_person_reads_why(begun, as_):
    cleared(begun)
    ChartException.objects.update(withdrawn_at=None)
    looked = look_at_gate(as_, begun)
    as_("hana").does(
        "plans:override_gate", looked.pk, condition=2, reason="That week was a drill of the fire alarm."
    )
    assert "drill of the fire alarm" in as_("alice").look("plans:my_gate", looked.pk)
    assert "drill of the fire alarm" in as_("hana").look("plans:queue")
    as_("martin").does("plans:propose", looked.pk, **draft(begun))
    assert "drill of the fire alarm" in as_("alice").look("plans:my_plan", Plan.objects.get().pk)


def test_a_plan_of_somebody_who_leaves_is_over_and_stays_with_hr(cast, clock, as_):
    story.ready(cast)
    plan = story.active(cast)
    Person.objects.filter(pk=cast.alice.pk).update(left=cast.now.date(), is_active=False)
    actions.close_for_leavers(timezone.now())
    assert "as they left" in as_("hana").look("plans:show", plan.pk)
    assert as_("martin").look("plans:show", plan.pk).startswith("Not here")
    assert "Alice" not in as_("martin").look("plans:list")


def test_what_is_wrong_stays_on_the_page_as_it_was_written(cast, clock, as_):
    story.ready(cast)
    plan = story.active(cast)
    page = as_("martin").does("plans:pause", plan.pk, words="Ill")
    assert "at least 4 words" in page
    plan.refresh_from_db()
    assert plan.stage == "active"


def test_a_meeting_is_prepared_talked_over_and_closed(cast, clock, as_):
    story.ready(cast)
    plan = story.active(cast)
    people = [cast.martin.pk, cast.mona.pk]
    as_("hana").does(
        "plans:meetings", title="Parcels", on="2026-04-01", purpose="The same bar.", invited=people
    )
    pk = plan_meeting().pk
    as_("hana").does(
        "plans:meeting_case", pk, standard=cast.standard.pk, plan=plan.pk, question="Is it like others?"
    )
    assert "Alice" in as_("martin").look("plans:meeting", pk)
    assert "Alice" not in as_("mona").look("plans:meeting", pk)
    case = plan_meeting().cases.get()
    as_("martin").does("plans:meeting_remark", pk, case=case.pk, text="Two others were coached only.")
    changed = {"before": "Plan for one", "after": "Coaching for three", "reason": REASON}
    as_("hana").does("plans:meeting_change", pk, case=case.pk, **changed)
    as_("hana").does("plans:meeting_close", pk, text="Three are coached alike.")
    page = as_("martin").look("plans:meeting", pk)
    assert "Coaching for three" in page
    assert "Three are coached alike." in page
    assert "nothing is added afterwards" in as_("martin").does(
        "plans:meeting_remark", pk, text="One more thing."
    )


def plan_meeting():
    from andon.plans.models import Meeting

    return Meeting.objects.get()


def test_like_cases_are_counted_and_nobody_is_named(cast, clock, as_):
    story.ready(cast)
    as_("hana")
    page = as_("hana").look("plans:consistency")
    assert "Parcels come on time" in page


@pytest.mark.parametrize("extra", [0, 30])
def test_the_lists_ask_a_fixed_number_of_questions(cast, clock, client, extra, django_assert_max_num_queries):
    story.ready(cast)
    story.active(cast)
    for _ in range(extra):
        clock.passes(1)
        with suppress(ValidationError, PermissionDenied):
            actions.examine(cast.alice, cast.version, WHY, by=cast.martin, now=timezone.now())
    for who, name in (("martin", "plans:list"), ("hana", "plans:queue"), ("alice", "plans:mine")):
        client.force_login(getattr(cast, who))
        with django_assert_max_num_queries(15):
            assert client.get(reverse(name)).status_code == 200


def test_in_a_long_line_somebody_is_found_by_name(cast, clock, as_, monkeypatch):
    monkeypatch.setattr("andon.web.plans.lists.CHOICE", 2)
    story.add_second_hr(cast)
    assert "Alice Agent" not in as_("hana").look("plans:list")
    page = as_("hana").asks("plans:list", q="alice")
    assert "Alice Agent" in page
    assert "Bob Agent" not in page
    assert "Charlie" not in as_("martin").asks("plans:list", q="charlie")


def test_ones_work_says_how_ones_plan_stands_and_which_help_is_late(as_, cast, clock):
    story.ready(cast)
    story.active(cast)
    clock.passes(25)
    page = as_("alice").look("me:hub")
    assert "Under way until" in page
    assert "You look at it together on" in page
    assert "Help that was promised to you and has not come:" in page
    assert "has not come:" not in as_("bob").look("me:hub")


def test_that_help_did_not_come_is_said_on_the_plan_itself(as_, cast, client, clock):
    story.ready(cast)
    plan = story.active(cast)
    clock.passes(25)
    client.force_login(cast.alice)
    page = client.get(reverse("plans:my_plan", args=[plan.pk])).text
    doubted = next(one.promise for one in plan.supports.all() if f"/promises/{one.promise.pk}/doubt/" in page)
    assert f'action="{reverse("coaching:doubt", args=[doubted.pk])}"' in page
    assert 'href="/me/promises/' not in page
    as_("alice").does("coaching:doubt", doubted.pk, text="Nobody came.")
    assert doubted.doubts.get().words == "Nobody came."
