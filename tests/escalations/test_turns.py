"""Turns of a question: passed on, merged, answered so far, explained, mended, open again; and who hears of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.escalations import access, actions, cases
from andon.escalations.models import Escalation, InPlace, Rerouting
from andon.escalations.rules import life
from andon.people.notices.models import Notice
from tests.web.charts import charted, out_of_spec

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    return actions.raise_escalation(by=cast.alice, now=cast.now, signal=cast.torn, note="?")


def again(asked):
    return Escalation.objects.with_story().get(pk=asked.pk)


def told(cast, who):
    return set(Notice.objects.filter(to=getattr(cast, who)).values_list("key", flat=True))


class TestHearing:
    def test_whom_it_is_put_to_and_who_asked_hear_of_it_once(self, cast, asked):
        assert told(cast, "olga") == {f"escalation:1:raised:{cast.olga.pk}"}
        assert told(cast, "alice") == {f"escalation:1:raised:{cast.alice.pk}"}
        assert told(cast, "martin") == set()

    def test_a_subject_holds_no_word_of_the_customer(self, cast, asked):
        subjects = set(Notice.objects.values_list("subject", flat=True))
        assert subjects == {"Question 1: Address labels"}

    def test_whoever_did_it_is_not_told(self, cast, asked):
        actions.own(asked, cast.olga, cast.now)
        assert len(told(cast, "olga")) == 1
        assert len(told(cast, "alice")) == 2

    def test_all_of_a_question_is_one_thread_with_its_link(self, cast, asked):
        actions.write(asked, "answer", "We look.", cast.olga, cast.now)
        assert set(Notice.objects.values_list("thread", "link")) == {("escalation:1", "/escalations/1/")}

    def test_in_triage_those_who_know_the_register_hear_of_it(self, cast):
        actions.raise_escalation(by=cast.alice, now=cast.now, note="Who sorts the post?")
        assert told(cast, "ana")
        assert told(cast, "adam")


class TestByMail:
    def test_a_reply_of_whom_it_is_put_to_is_an_answer(self, cast, asked):
        assert actions.add_by_mail(asked, "We look.", cast.olga, cast.now).kind == "answer"

    def test_a_reply_of_who_asked_is_a_note(self, cast, asked):
        assert actions.add_by_mail(asked, "Thank you.", cast.alice, cast.now).kind == "note"

    def test_a_stranger_who_knows_the_number_adds_nothing(self, cast, asked):
        with pytest.raises(PermissionDenied):
            actions.add_by_mail(asked, "Hello.", cast.charlie, cast.now)


class TestPassingOn:
    def test_no_clock_begins_again(self, cast, asked):
        actions.own(asked, cast.olga, cast.now)
        before = [clock.due for clock in again(asked).clocks(cast.now)]
        actions.reroute(
            asked, to_person=cast.mona, why="Theirs.", by=cast.olga, now=cast.now + timedelta(hours=5)
        )
        after = again(asked)
        assert [clock.due for clock in after.clocks(cast.now)] == before
        assert after.facts.owned_at == cast.now
        assert (after.owner, after.to_person) == (None, cast.mona)

    def test_who_takes_it_back_has_it_again(self, cast, asked):
        actions.own(asked, cast.lena, cast.now)
        actions.reroute(asked, to_team=cast.chat, why="Theirs.", by=cast.lena, now=cast.now)
        actions.own(asked, cast.lena, cast.now)
        assert again(asked).owner == cast.lena

    def test_to_a_mechanism_it_goes_to_its_owner(self, cast, asked):
        actions.reroute(asked, mechanism=cast.refunds, why="A refund.", by=cast.olga, now=cast.now)
        assert (again(asked).to_person, again(asked).mechanism) == (cast.mona, cast.refunds)

    def test_nobody_in_particular_is_triage(self, cast, asked):
        actions.reroute(asked, why="Not known.", by=cast.olga, now=cast.now)
        assert asked in Escalation.objects.in_triage()

    def test_whoever_has_left_is_not_asked(self, cast, asked):
        with pytest.raises(ValidationError):
            actions.reroute(asked, to_person=cast.lea, why="Hers.", by=cast.olga, now=cast.now)
        assert not Rerouting.objects.exists()


class TestMerging:
    @pytest.fixture
    def later_one(self, cast, asked):
        then = cast.now + timedelta(hours=1)
        return actions.raise_escalation(by=cast.bob, now=then, mechanism=cast.labels, note="Torn again.")

    def test_the_earlier_one_goes_on_for_both(self, cast, asked, later_one):
        actions.merge(later_one, asked, "The same roll.", cast.olga, cast.now + timedelta(hours=2))
        assert life.state(cases.case_of(again(later_one))) == "merged"
        assert list(Escalation.objects.open()) == [asked]
        assert any("merged" in key for key in told(cast, "bob"))
        assert access.may_read(cast.bob, asked)

    def test_not_into_a_later_one(self, cast, asked, later_one):
        with pytest.raises(ValidationError, match="asked later"):
            actions.merge(asked, later_one, "", cast.olga, cast.now + timedelta(hours=2))

    def test_nobody_merges_into_what_they_may_not_read(self, cast, later_one, asked):
        refund = actions.raise_escalation(
            by=cast.charlie, now=cast.now - timedelta(hours=1), signal=cast.unpaid
        )
        with pytest.raises(PermissionDenied):
            actions.merge(later_one, refund, "", cast.bob, cast.now + timedelta(hours=2))

    def test_a_merged_question_is_not_opened_again(self, cast, asked, later_one):
        actions.merge(later_one, asked, "", cast.olga, cast.now + timedelta(hours=2))
        with pytest.raises(ValidationError, match="goes on in question 1"):
            actions.reopen(later_one, "Again.", cast.olga, cast.now + timedelta(hours=3))


class TestComingBack:
    def test_the_explanation_is_owed_anew_and_what_was_made_right_stays(self, cast, asked):
        for kind in ("made_right", "explained"):
            actions.write(asked, kind, "Done.", cast.olga, cast.now + timedelta(hours=1))
        actions.close(asked, "", cast.olga, cast.now + timedelta(hours=2))
        then = cast.now + timedelta(days=9)
        actions.reopen(asked, "It came back.", cast.alice, then)
        _own, right, explain = again(asked).clocks(then)
        assert (right.met_at, explain.met_at) == (cast.now + timedelta(hours=1), None)
        assert explain.due == then + timedelta(days=1)
        assert asked not in Escalation.objects.overdue(then)
        assert asked in Escalation.objects.overdue(then + timedelta(hours=25))
        assert asked.reopenings.get().closed_at == cast.now + timedelta(hours=2)

    def test_what_comes_next_moves_the_explanation_and_is_not_late_before(self, cast, asked):
        actions.write(asked, "made_right", "Sent.", cast.olga, cast.now)
        actions.say_preliminary(asked, "Belt 2.", cast.now + timedelta(days=3), cast.olga, cast.now)
        at = cast.now + timedelta(days=2)
        assert again(asked).clocks(at)[2].due == cast.now + timedelta(days=3)
        assert asked not in Escalation.objects.overdue(at)
        assert asked in Escalation.objects.overdue(at + timedelta(days=2))


class TestChanges:
    def planned(self, cast, asked, **other):
        fields = {
            "mechanism": cast.labels, "what": "Labels are read.", "measure": cast.late, "side": "at_most",
            "level": 0.001, "window_days": 28, "due_on": cast.now.date(), "no_side_effect": "None.",
        } | other  # fmt: skip
        return actions.plan_fix(asked, by=cast.olga, now=cast.now, **fields)

    def test_a_change_without_any_data_cannot_be_told_and_can_be_watched_on(self, cast, asked):
        fix = self.planned(cast, asked)
        actions.put_in_place(fix, cast.now, cast.olga, cast.now)
        with pytest.raises(ValidationError, match="lucky week"):
            actions.judge(fix, None, cast.now + timedelta(days=27))
        judged = actions.judge(fix, None, cast.now + timedelta(days=50))
        assert judged.verdict == "too_few"
        actions.watch_on(fix, 14, "A busy month comes.", cast.olga, cast.now + timedelta(days=50))
        assert life.state(cases.case_of(again(asked))) == "owned"
        assert cases.case_of(again(asked)).fixes[0].state == life.IN_PLACE

    def test_one_that_did_not_help_opens_the_question_again(self, cast, asked):
        charted(cast.late, out_of_spec())
        fix = self.planned(cast, asked)
        actions.close(asked, "Enough.", cast.olga, cast.now)
        first = cast.late.chart.points["at"][0]
        since = cast.now.fromisoformat(first).replace(tzinfo=cast.now.tzinfo)
        fix.baseline = {"points": 8, "n": 40000.0, "mean": 0.001, "scatter": 0.01, "first": "", "last": ""}
        fix.window_days = 300
        fix.save()
        InPlace.objects.create(countermeasure=fix, since=since, by=cast.olga, at=since)
        judged = actions.judge(fix, None, cast.now + timedelta(days=400))
        assert judged.verdict == "ineffective"
        assert again(asked).is_open
        assert asked in Escalation.objects.came_back()
