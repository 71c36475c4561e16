"""Whatever happens to a question, in whichever order: it is with somebody, something is due, and nothing is skipped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from andon.escalations.rules import life
from andon.escalations.rules.acts import FURTHEST_NEXT, Act, problem
from andon.escalations.rules.following import after
from andon.escalations.rules.life import Case, Fix

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WHO = st.sampled_from(["person:1", "person:2", "team:1"])
WHY = st.sampled_from(["", "  ", "It is their label."])
NUMBER = st.integers(1, 9)
VERDICTS = st.sampled_from([life.EFFECTIVE, life.PARTIAL, life.INEFFECTIVE, life.TOO_FEW])
LATER = st.timedeltas(timedelta(minutes=1), timedelta(days=20))


class AnyLife(RuleBasedStateMachine):
    """Acts in any order; those with a problem change nothing."""

    def __init__(self):
        super().__init__()
        self.now = NOW
        self.case = Case(raised_at=NOW, customer_since=NOW - timedelta(hours=1), put_to="person:1")

    def do(self, act: Act) -> bool:
        before = self.case
        if problem(before, act, self.now):
            return False
        self.case = after(before, act, self.now)
        assert (self.case.raised_at, self.case.customer_since) == (before.raised_at, before.customer_since)
        return True

    @rule(length=LATER)
    def time_passes(self, length):
        self.now += length

    @rule(by=WHO)
    def own(self, by):
        if self.do(Act("own", by=by)):
            assert life.holder(self.case) == by

    @rule(to=WHO | st.just(""), why=WHY)
    def reroute(self, to, why):
        before = self.case
        if self.do(Act("reroute", to=to, why=why)):
            assert why.strip()
            assert life.dues(self.case) == life.dues(before)  # rerouting never resets
            assert self.case.owned_at == before.owned_at

    @rule(verb=st.sampled_from(["answer", "make right", "explain"]), by=WHO)
    def say(self, verb, by):
        self.do(Act(verb, by=by))

    @rule(by=WHO, length=st.timedeltas(timedelta(days=-1), timedelta(days=20)))
    def preliminary(self, by, length):
        if self.do(Act("preliminary", by=by, until=self.now + length)):
            assert self.now < self.case.preliminary_until <= self.now + FURTHEST_NEXT
            assert self.case.explained_at is None  # it is not the cause

    @rule(by=WHO, length=LATER)
    def plan(self, by, length):
        self.do(Act("plan", by=by, until=self.now + length))

    def fix(self, which: int) -> int:
        return which % len(self.case.fixes)

    @precondition(lambda self: self.case.fixes)
    @rule(which=st.integers(0, 5), length=LATER)
    def put_in_place(self, which, length):
        self.do(Act("put in place", fix=self.fix(which), until=self.now + length))

    @precondition(lambda self: self.case.fixes)
    @rule(which=st.integers(0, 5), verdict=VERDICTS)
    def judge(self, which, verdict):
        before = self.case.fixes[self.fix(which)]
        if self.do(Act("judge", fix=self.fix(which), verdict=verdict)):
            assert before.state == life.IN_PLACE
            assert before.due <= self.now  # never before its window is over
            assert verdict != life.INEFFECTIVE or life.is_open(self.case)

    @precondition(lambda self: self.case.fixes)
    @rule(which=st.integers(0, 5), length=LATER, why=WHY)
    def watch_on(self, which, length, why):
        self.do(Act("watch on", fix=self.fix(which), until=self.now + length, why=why))

    @precondition(lambda self: self.case.fixes)
    @rule(which=st.integers(0, 5), why=WHY)
    def drop(self, which, why):
        if self.do(Act("drop", fix=self.fix(which), why=why)):
            assert why.strip()

    @rule(why=WHY)
    def close(self, why):
        answered = self.case.answered
        unfinished = any(fix.state in life.UNFINISHED for fix in self.case.fixes)
        if self.do(Act("close", why=why)):
            assert why.strip() or (answered and not unfinished)

    @rule(why=WHY)
    def reopen(self, why):
        made_right = self.case.made_right_at
        if self.do(Act("reopen", why=why)):
            assert life.is_open(self.case)
            assert self.case.made_right_at == made_right  # what was done for the customer stays done

    @rule(into=NUMBER, is_open=st.booleans(), made_right=st.booleans(), older=st.booleans())
    def merge(self, into, is_open, made_right, older):
        raised = self.case.raised_at - timedelta(days=1) if older else self.case.raised_at + timedelta(days=1)
        before = self.case
        act = Act("merge", into=into, into_open=is_open, into_made_right=made_right, into_raised_at=raised)
        if self.do(act):
            assert is_open
            assert older  # so that no clock begins again
            assert before.made_right_at or not made_right  # no customer is lost on the way

    @invariant()
    def it_is_with_somebody(self):
        assert life.holder(self.case)

    @invariant()
    def something_is_due_while_it_is_open(self):
        assert bool(life.dues(self.case)) == life.is_open(self.case)

    @invariant()
    def it_is_in_one_state(self):
        state = life.state(self.case)
        assert state in life.STATES
        assert (state in (life.CLOSED, life.MERGED)) != life.is_open(self.case)

    @invariant()
    def what_was_reopened_is_explained_anew_or_still_owed(self):
        if self.case.reopened_at and life.is_open(self.case) and not self.case.explained_at:
            assert "explain" in {due.name for due in life.dues(self.case)}


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@pytest.fixture
def case():
    return Case(raised_at=NOW, customer_since=NOW, put_to="person:1")


def did(case, *acts, now=NOW):
    for act in acts:
        assert problem(case, act, now) == ""
        case = after(case, act, now)
    return case


class TestStates:
    @pytest.mark.parametrize(
        ("acts", "state"),
        [
            ((), "raised"),
            ((Act("own", by="person:1"),), "owned"),
            ((Act("make right", by="person:1"),), "made_right"),
            ((Act("preliminary", by="person:1", until=NOW + timedelta(days=1)),), "preliminary"),
            ((Act("explain", by="person:1"),), "explained"),
            ((Act("explain", by="person:1"), Act("close")), "closed"),
            ((Act("merge", into=1),), "merged"),
            ((Act("explain", by="person:1"), Act("close"), Act("reopen", why="Again.")), "owned"),
        ],
    )
    def test_a_question_is_what_happened_to_it(self, case, acts, state):
        assert life.state(did(case, *acts)) == state

    def test_it_is_watched_once_a_change_is_in_place(self, case):
        explained = did(case, Act("explain", by="person:1"), Act("plan", until=NOW))
        assert life.state(explained) == "explained"
        assert life.state(did(explained, Act("put in place", until=NOW + timedelta(days=56)))) == "watching"

    def test_after_rerouting_it_is_with_the_new_one_and_owned_in_time_all_the_same(self, case):
        passed = did(case, Act("own", by="person:1"), Act("reroute", to="team:2", why="Theirs."))
        assert (life.holder(passed), passed.owned_at) == ("team:2", NOW)


class TestRefusals:
    def refused(self, case, act, now=NOW):
        return problem(case, act, now)

    def test_without_an_answer_or_a_reason_nothing_is_closed(self, case):
        assert "Write an answer first" in self.refused(case, Act("close"))

    def test_an_answer_before_it_came_back_does_not_close_it_again(self, case):
        back = did(case, Act("explain", by="x"), Act("close"), Act("reopen", why="It came back."))
        assert "Write an answer first" in self.refused(back, Act("close"))

    def test_what_is_still_watched_is_closed_only_with_a_reason(self, case):
        watched = did(case, Act("explain", by="x"), Act("plan", until=NOW), Act("put in place", until=NOW))
        assert "still watched" in self.refused(watched, Act("close"))
        assert self.refused(watched, Act("close", why="The shop is gone.")) == ""

    def test_a_window_that_is_not_over_is_not_judged(self, case):
        later = NOW + timedelta(days=7)
        watched = replace(case, fixes=(Fix(life.IN_PLACE, later),))
        assert "lucky week" in self.refused(watched, Act("judge", verdict=life.EFFECTIVE))
        assert self.refused(watched, Act("judge", verdict=life.EFFECTIVE), later) == ""

    def test_too_few_to_tell_is_not_judged_again_and_again_until_it_pleases(self, case):
        few = replace(case, fixes=(Fix(life.TOO_FEW, NOW),))
        assert "Watch it longer" in self.refused(few, Act("judge", verdict=life.EFFECTIVE))

    def test_a_change_that_did_not_help_opens_a_closed_question(self, case):
        closed = did(case, Act("explain", by="x"), Act("plan", until=NOW), Act("put in place", until=NOW))
        closed = did(closed, Act("close", why="Enough."))
        again = did(closed, Act("judge", verdict=life.INEFFECTIVE))
        assert life.is_open(again)
        assert again.explained_at is None

    @pytest.mark.parametrize("days", [-1, 0, 15])
    def test_the_next_word_has_a_near_day_ahead(self, case, days):
        assert self.refused(case, Act("preliminary", until=NOW + timedelta(days=days)))

    def test_it_is_merged_into_the_earlier_one(self, case):
        assert "asked later" in self.refused(
            case, Act("merge", into=2, into_raised_at=NOW + timedelta(minutes=1))
        )

    def test_a_customer_who_was_not_made_right_is_not_merged_away(self, case):
        assert "made right" in self.refused(case, Act("merge", into=1, into_made_right=True))
