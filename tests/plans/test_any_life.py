"""Whatever is tried, by whomever and in whichever order, what must hold of a plan holds."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from andon.plans.rules.gate import MOST_OVERRIDDEN
from andon.plans.rules.life import (
    ACTS,
    APPEAL_DAYS,
    DECISIONS,
    HR,
    LINE,
    SELF,
    SUPPORT,
    UNDER_WAY,
    Act,
    Outcome,
    Refused,
    Stage,
    after,
    problem_doing,
    replay,
)

PERSON = 1
PEOPLE = {1: SELF, 2: LINE, 3: LINE, 4: HR, 5: HR, 6: HR}
WORDS = st.sampled_from(["", "Because.", "This was talked over at length."])
UNMET = st.frozensets(st.integers(1, 6), max_size=3)
OUTCOMES = st.sampled_from([*DECISIONS, "withdrawn", "stands", "set aside", ""])


def problem_of_first(act):
    with suppress(Refused):
        after(None, act)
        return ""
    return "Refused."


class AnyLife(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.acts, self.case, self.today = [], None, date(2026, 1, 1)
        self.issued_unmet = self.content = None

    def do(self, kind, by, **more):
        basis = "house" if not by else PEOPLE[by]
        act = Act(kind, by, basis, self.today, **more)
        said = problem_doing(self.case, act) if self.case else problem_of_first(act)
        assert not said or said.endswith((".", "!"))
        if said:
            return
        case = after(self.case, act)
        self.case = replay(PERSON, [*self.acts, act])
        assert self.case.stage == case.stage
        self.acts.append(act)

    @precondition(lambda self: self.case is None)
    @rule(by=st.sampled_from(list(PEOPLE)), unmet=UNMET, overridden=UNMET, days=st.integers(25, 95))
    def propose(self, by, unmet, overridden, days):
        self.do("proposed", by, unmet=unmet, overridden=overridden, days=days)

    @precondition(lambda self: self.case is not None)
    @rule(
        kind=st.sampled_from(list(ACTS)), by=st.sampled_from([0, *PEOPLE]), reason=WORDS, unmet=UNMET,
        condition=st.integers(0, 6), days=st.integers(0, 95), late_days=st.integers(0, 20), outcome=OUTCOMES,
        undelivered=st.integers(0, 2), witness=st.sampled_from([0, *PEOPLE]),
        conflict=st.sampled_from(["", "Works for who decided."]),
    )  # fmt: skip
    def something(self, kind, by, **more):
        self.do(kind, by, **more)

    @precondition(lambda self: self.case is not None and self.case.stage != Stage.CLOSED)
    @rule()
    def whatever_comes_next(self):
        """The likely act, so that long lives are reached."""
        said = "As we have talked over together."
        match self.case.stage:
            case Stage.PROPOSED:
                self.do("taken up", 4)
            case Stage.REVIEW:
                self.do("agreed", 4, reason=said)
            case Stage.RETURNED:
                self.do("amended", 2, days=40)
            case Stage.AGREED:
                self.do("issued", 2)
            case Stage.ISSUED | Stage.PAUSED:
                self.do("acknowledged", 1)
                self.do("resumed", 2, reason=said)
            case Stage.ACTIVE:
                self.today = max(self.today, self.case.due)
                self.do("decided", 3, reason=said, outcome="not met", undelivered=len(self.acts) % 2)
            case Stage.DECIDED:
                self.do("approved", 5, reason=said)

    @rule(days=st.integers(0, 40))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    def kept(self, *kinds):
        return [act for act in self.acts if act.kind in kinds]

    @invariant()
    def no_plan_is_issued_with_a_condition_unmet_and_not_overridden(self):
        for act in self.kept("issued", "proposed"):
            before = self.acts[: self.acts.index(act)]
            overridden = {one.condition for one in before if one.kind == "overridden"}
            assert act.unmet <= overridden | (self.acts[0].overridden if self.acts else frozenset())

    @invariant()
    def no_not_met_stands_while_support_is_owed_and_nobody_overrode_it(self):
        for act in self.kept("decided", "approved"):
            before = replay(PERSON, self.acts[: self.acts.index(act)])
            outcome = act.outcome if act.kind == "decided" else before.outcome
            if outcome == Outcome.NOT_MET and act.undelivered:
                assert SUPPORT in before.overridden

    @invariant()
    def every_override_is_an_act_of_hr_with_a_reason(self):
        for act in self.kept("overridden"):
            assert act.basis == HR
            assert len(act.reason.split()) > 3
        if self.case:
            assert len(self.case.overridden - {SUPPORT}) <= MOST_OVERRIDDEN

    @invariant()
    def content_changes_after_issue_only_as_a_version_that_is_acknowledged_before_it_goes_on(self):
        if self.case and self.case.stage in {Stage.ACTIVE, Stage.DECIDED}:
            assert self.case.acknowledged == self.case.version
        changes = len(self.kept("amended", "revised"))
        assert self.case is None or self.case.version == 1 + changes

    @invariant()
    def whoever_decides_does_not_approve(self):
        if self.case and self.case.approver:
            assert self.case.approver not in {self.case.decider, self.case.proposer, PERSON}

    @invariant()
    def nobody_hears_an_appeal_who_took_part(self):
        for act in self.kept("heard"):
            before = self.acts[: self.acts.index(act)]
            assert act.by not in {one.by for one in before if one.kind != "said"}

    @invariant()
    def the_person_never_acts_for_the_house(self):
        assert all(act.kind in {"acknowledged", "said", "appealed"} for act in self.acts if act.by == PERSON)

    @invariant()
    def a_decision_is_closed_by_two_different_people(self):
        if self.case and self.case.stage == Stage.CLOSED and self.case.outcome in DECISIONS:
            assert self.case.decider
            assert self.case.approver
            assert self.case.decider != self.case.approver

    @invariant()
    def it_lasts_thirty_to_ninety_days_but_for_late_support(self):
        if self.case:
            given_back = max((act.late_days for act in self.kept("extended")), default=0)
            assert 30 <= self.case.days <= 90 + given_back

    @invariant()
    def an_appeal_comes_in_time(self):
        for act in self.kept("appealed"):
            before = replay(PERSON, self.acts[: self.acts.index(act)])
            if before.stage == Stage.CLOSED:
                assert (act.on - before.decided_on).days <= APPEAL_DAYS

    @invariant()
    def only_what_is_under_way_has_a_clock(self):
        if self.case and self.case.started:
            assert self.case.stage in UNDER_WAY | {Stage.CLOSED}


AnyLife.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnyLife = AnyLife.TestCase
