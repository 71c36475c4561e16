"""What may happen to a plan, act by act."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from andon.plans.rules.life import (
    HR,
    LINE,
    SELF,
    SUPPORT,
    Act,
    Refused,
    Stage,
    after,
    replay,
)

ALICE, MARTIN, LENA, HANA, HUGO, WITNESS = 11, 10, 1, 2, 3, 4
DAY = date(2026, 3, 2)
WHY = "For the reason that was given."


def act(kind, by=MARTIN, basis=LINE, on=DAY, reason=WHY, **more):
    return Act(kind, by, basis, on, reason, **more)


PROPOSED = act("proposed", days=60)
REVIEWED = (PROPOSED, act("taken up", HANA, HR), act("agreed", HANA, HR))
ISSUED = (*REVIEWED, act("issued"))
ACTIVE = (*ISSUED, act("acknowledged", ALICE, SELF))
DUE = DAY + timedelta(days=60)


def case(*acts):
    return replay(ALICE, acts)


def refused(acts, one):
    with pytest.raises(Refused) as told:
        after(case(*acts), one)
    return str(told.value)


def test_a_plan_goes_from_proposal_to_activity():
    assert case(*ACTIVE).stage == Stage.ACTIVE
    assert case(*ACTIVE).due == DUE


def test_nothing_is_proposed_while_the_gate_is_closed():
    with pytest.raises(Refused, match="The gate is closed"):
        case(act("proposed", days=60, unmet=frozenset({4})))


def test_one_condition_may_be_overridden_but_not_two():
    one, two = frozenset({4}), frozenset({4, 6})
    assert case(act("proposed", days=60, unmet=one, overridden=one)).stage == Stage.PROPOSED
    with pytest.raises(Refused, match="More than one"):
        case(act("proposed", days=60, unmet=two, overridden=two))


def test_a_condition_that_fails_before_issue_stops_it():
    assert "gate is closed" in refused(REVIEWED, act("issued", unmet=frozenset({2})))


def test_hr_may_then_override_it_and_it_can_be_issued():
    failed = frozenset({2})
    overridden = act("overridden", HANA, HR, condition=2, unmet=failed)
    assert case(*REVIEWED, overridden, act("issued", unmet=failed)).stage == Stage.ISSUED


@pytest.mark.parametrize("days", [0, 29, 91])
def test_it_lasts_thirty_to_ninety_days(days):
    with pytest.raises(Refused, match="30 to 90 days"):
        case(act("proposed", days=days))


def test_who_proposed_it_does_not_review_it():
    assert "does not review" in refused([PROPOSED], act("taken up", MARTIN, HR))


def test_the_line_cannot_review():
    assert "HR partner" in refused([PROPOSED], act("taken up", LENA, LINE))


def test_nothing_is_issued_before_review():
    assert refused([PROPOSED], act("issued")) == "Not while it is proposed."


def test_what_was_returned_comes_back_as_another_version():
    again = case(PROPOSED, act("taken up", HANA, HR), act("returned", HANA, HR), act("amended", days=45))
    assert (again.stage, again.version, again.days) == (Stage.PROPOSED, 2, 45)


def test_the_clock_starts_when_the_receipt_is_acknowledged():
    later = DAY + timedelta(days=5)
    assert case(*ISSUED, act("acknowledged", ALICE, SELF, on=later)).started == later


def test_only_the_person_acknowledges():
    assert "person it is about" in refused(ISSUED, act("acknowledged", MARTIN, LINE))


def test_a_refusal_needs_a_witness_who_is_somebody_else():
    assert "Name who was there" in refused(ISSUED, act("receipt refused"))
    assert "somebody else" in refused(ISSUED, act("receipt refused", witness=MARTIN))
    assert "somebody else" in refused(ISSUED, act("receipt refused", witness=ALICE))
    assert case(*ISSUED, act("receipt refused", witness=WITNESS)).stage == Stage.ACTIVE


def test_a_change_pauses_makes_a_version_and_waits_for_its_receipt():
    changed = case(*ACTIVE, act("revised", on=DAY + timedelta(days=10)))
    assert (changed.stage, changed.version, changed.acknowledged) == (Stage.PAUSED, 2, 1)
    assert "not acknowledged yet" in refused([*ACTIVE, act("revised")], act("resumed"))


def test_it_goes_on_by_itself_once_the_change_is_acknowledged_and_the_days_do_not_count():
    acts = [act("revised", on=DAY + timedelta(days=10))]
    acts += [act("acknowledged", ALICE, SELF, on=DAY + timedelta(days=14))]
    again = case(*ACTIVE, *acts)
    assert (again.stage, again.due) == (Stage.ACTIVE, DUE + timedelta(days=4))


def test_a_pause_for_another_reason_stays_one_after_a_change_is_acknowledged():
    acts = [act("paused"), act("revised"), act("acknowledged", ALICE, SELF)]
    assert case(*ACTIVE, *acts).stage == Stage.PAUSED
    assert case(*ACTIVE, *acts, act("resumed")).stage == Stage.ACTIVE


def test_extensions_stay_within_ninety_days_in_all():
    assert case(*ACTIVE, act("extended", days=30)).due == DUE + timedelta(days=30)
    assert "90 are the most" in refused(ACTIVE, act("extended", days=31))


def test_days_by_which_support_came_late_are_given_back_beyond_that():
    assert case(*ACTIVE, act("extended", days=40, late_days=10)).days == 100


def test_it_is_extended_twice_at_most():
    twice = [*ACTIVE, act("extended", days=7), act("extended", days=7)]
    assert "twice already" in refused(twice, act("extended", days=7))


def test_before_it_is_due_it_can_only_be_met():
    assert "only be met" in refused(ACTIVE, act("decided", outcome="not met"))
    assert case(*ACTIVE, act("decided", outcome="met")).stage == Stage.DECIDED


def test_not_met_is_impossible_while_support_did_not_come():
    decided = act("decided", outcome="not met", undelivered=1, on=DUE)
    assert "did not come" in refused(ACTIVE, decided)
    let = act("overridden", HANA, HR, condition=SUPPORT)
    assert case(*ACTIVE, let, decided).stage == Stage.DECIDED


def test_support_that_fails_after_the_decision_stops_the_approval():
    acts = [*ACTIVE, act("decided", outcome="not met", on=DUE)]
    assert "did not come" in refused(acts, act("approved", HANA, HR, on=DUE, undelivered=1))


DECIDED = (*ACTIVE, act("decided", outcome="not met", on=DUE))


def test_who_decided_or_proposed_does_not_approve():
    by_lena = (*ACTIVE, act("decided", LENA, outcome="not met", on=DUE))
    assert "does not approve it too" in refused(by_lena, act("approved", LENA, HR))
    assert "does not approve its decision" in refused(by_lena, act("approved", MARTIN, HR))


def test_somebody_in_conflict_does_not_approve():
    assert "works for" in refused(DECIDED, act("approved", HANA, HR, conflict="Hana works for who decided."))


def test_a_decision_needs_a_reason():
    assert "sentence" in refused(ACTIVE, act("decided", outcome="met", reason="done"))


CLOSED = (*DECIDED, act("approved", HANA, HR, on=DUE))


def test_an_appeal_is_heard_by_somebody_who_had_no_part_in_it():
    appealed = (*CLOSED, act("appealed", ALICE, SELF, on=DUE))
    assert "no part" in refused(appealed, act("heard", HANA, HR, outcome="stands"))
    assert "no part" in refused(appealed, act("heard", MARTIN, LINE, outcome="stands"))
    assert case(*appealed, act("heard", LENA, LINE, outcome="stands")).outcome == "not met"


def test_a_decision_that_is_set_aside_is_made_again_by_somebody_else():
    acts = (*CLOSED, act("appealed", ALICE, SELF, on=DUE), act("heard", HUGO, HR, outcome="set aside"))
    assert (case(*acts).stage, case(*acts).outcome) == (Stage.ACTIVE, "")
    assert "somebody else decides" in refused(acts, act("decided", MARTIN, outcome="not met", on=DUE))


def test_an_appeal_against_the_plan_itself_can_end_it():
    acts = (*ACTIVE, act("appealed", ALICE, SELF), act("heard", LENA, LINE, outcome="set aside"))
    assert (case(*acts).stage, case(*acts).outcome) == (Stage.CLOSED, "withdrawn")


def test_an_appeal_comes_within_thirty_days():
    late = DUE + timedelta(days=31)
    assert "within 30 days" in refused(CLOSED, act("appealed", ALICE, SELF, on=late))


def test_nothing_is_decided_while_an_appeal_waits():
    acts = (*ACTIVE, act("appealed", ALICE, SELF))
    assert "has not been heard" in refused(acts, act("decided", outcome="met"))


def test_whoever_leaves_closes_the_plan():
    assert case(*ACTIVE, act("left", 0, "house", reason="")).outcome == "left"


def test_nothing_changes_a_closed_plan():
    assert refused(CLOSED, act("paused")).startswith("This is closed")


def test_everybody_concerned_may_still_say_something():
    assert case(*CLOSED, act("said", ALICE, SELF)) == case(*CLOSED)


def test_a_plan_is_the_same_however_often_it_is_told():
    assert replay(ALICE, CLOSED) == replace(replay(ALICE, CLOSED))


def test_what_is_unknown_cannot_happen():
    assert "nothing that can happen" in refused(ACTIVE, act("sacked"))
