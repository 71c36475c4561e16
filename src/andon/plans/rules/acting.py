"""What each act makes of a plan, or why it may not be. Pure: a case and an act in, a case out, or `Refused`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from andon.plans.rules.case import (
    APPEAL_DAYS,
    BEFORE_ISSUE,
    DECISIONS,
    LINE,
    LONGEST,
    MOST_EXTENSIONS,
    SHORTEST,
    SHORTEST_EXTENSION,
    SUPPORT,
    Act,
    Case,
    Outcome,
    Stage,
    refuse,
)
from andon.plans.rules.gate import problem_overriding, problem_proposing, problem_reason

# ---------------------------------------------------------------- before the person receives it


def propose_first(act: Act) -> Case:
    refuse(act.basis != LINE, "A plan is proposed by the line of the person.")
    refuse(bool(problem := problem_proposing(act.unmet, act.overridden)), problem)
    _demand_length(act.days)
    return Case(
        person=0, proposer=act.by, overridden=act.overridden, days=act.days, involved=frozenset({act.by})
    )


def _demand_length(days: int) -> None:
    refuse(not SHORTEST <= days <= LONGEST, f"It lasts {SHORTEST} to {LONGEST} days, extensions included.")


def _demand_reason(act: Act) -> None:
    refuse(bool(problem := problem_reason(act.reason)), problem)


def take_up(case: Case, act: Act) -> Case:
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.REVIEW, reviewer=act.by)


def send_back(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.RETURNED, reviewer=act.by)


def amend(case: Case, act: Act) -> Case:
    _demand_length(act.days)
    return replace(case, stage=Stage.PROPOSED, version=case.version + 1, days=act.days)


def agree(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.AGREED, reviewer=act.by)


def override(case: Case, act: Act) -> Case:
    """A condition that failed since, or support that did not come; the person reads the reason."""
    refuse(act.by == case.proposer, "Who proposed it makes no exception for it.")
    if act.condition == SUPPORT:
        refuse(case.stage in BEFORE_ISSUE, "No support is owed yet.")
        refuse(SUPPORT in case.overridden, "This is overridden already.")
        _demand_reason(act)
    else:
        refuse(case.issued, "The gate is behind this plan: there is nothing to override.")
        of_gate = case.overridden - {SUPPORT}
        refuse(bool(problem := problem_overriding(act.condition, act.unmet, of_gate, act.reason)), problem)
    return replace(case, overridden=case.overridden | {act.condition})


def issue(case: Case, act: Act) -> Case:
    refuse(not case.reviewer, "HR has not reviewed it.")
    refuse(bool(problem := problem_proposing(act.unmet, case.overridden - {SUPPORT})), problem)
    return replace(case, stage=Stage.ISSUED)


# ---------------------------------------------------------------- receipt


def receive(case: Case, act: Act) -> Case:
    """Receipt of the version that is in force now. The first starts the clock; later ones end a pause for a change."""
    refuse(case.acknowledged == case.version, "This version is acknowledged already.")
    case = replace(case, acknowledged=case.version)
    if case.started is None:
        return replace(case, stage=Stage.ACTIVE, started=act.on)
    return _going_on(case, act.on) if case.paused_for_change else case


def refuse_receipt(case: Case, act: Act) -> Case:
    refuse(not act.witness, "Name who was there when it was refused.")
    refuse(act.witness in {act.by, case.person}, "A witness is somebody else than the two who spoke.")
    return receive(case, act)


# ---------------------------------------------------------------- under way


def pause(case: Case, act: Act) -> Case:
    _demand_reason(act)
    return replace(case, stage=Stage.PAUSED, pausing=act.on)


def resume(case: Case, act: Act) -> Case:
    refuse(
        case.acknowledged != case.version, "The changed plan was not acknowledged yet, so it cannot go on."
    )
    return _going_on(case, act.on)


def _going_on(case: Case, on: date) -> Case:
    """Days of a pause do not count."""
    lost = (on - case.pausing).days if case.pausing else 0
    return replace(
        case,
        stage=Stage.ACTIVE,
        pausing=None,
        paused_for_change=False,
        paused_days=case.paused_days + max(lost, 0),
    )


def revise(case: Case, act: Act) -> Case:
    """After issue only as a new version: it pauses until its receipt is acknowledged."""
    _demand_reason(act)
    case = replace(case, version=case.version + 1)
    if case.stage == Stage.ISSUED:
        return case
    waiting = case.paused_for_change or case.stage == Stage.ACTIVE
    return replace(case, stage=Stage.PAUSED, pausing=case.pausing or act.on, paused_for_change=waiting)


def extend(case: Case, act: Act) -> Case:
    """At most twice and to 90 days in all; days by which support came late may be given back beyond that."""
    _demand_reason(act)
    refuse(case.extensions >= MOST_EXTENSIONS, "It was extended twice already: decide, or withdraw it.")
    refuse(act.days < SHORTEST_EXTENSION, f"An extension is {SHORTEST_EXTENSION} days at least.")
    most = LONGEST + max(act.late_days, 0)
    refuse(
        case.days + act.days > most,
        f"With this it would last {case.days + act.days} days; {most} are the most.",
    )
    return replace(case, days=case.days + act.days, extensions=case.extensions + 1)


def said(case: Case, act: Act) -> Case:
    refuse(not act.reason.strip(), "Write at least a word.")
    return case


# ---------------------------------------------------------------- decision


def decide(case: Case, act: Act) -> Case:
    refuse(act.outcome not in DECISIONS, "Decide: met, partly met or not met.")
    _demand_reason(act)
    early = act.outcome != Outcome.MET and not case.decision_due(act.on)
    refuse(early, "Before it is due it can only be met. There is still time to get there.")
    refuse(act.by in case.deciders, "Your decision was set aside on appeal: somebody else decides now.")
    refuse(bool(case.appealing), "The person’s appeal has not been heard yet.")
    _demand_support(case, act.outcome, act.undelivered)
    return replace(case, stage=Stage.DECIDED, decider=act.by, outcome=act.outcome, decided_on=act.on)


def _demand_support(case: Case, outcome: str, undelivered: int) -> None:
    blocked = outcome == Outcome.NOT_MET and undelivered > 0 and SUPPORT not in case.overridden
    refuse(
        blocked,
        "“Not met” cannot be decided: support that was promised did not come. Deliver it and give it time, or extend.",
    )


def reopen(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.decider, "Who decided does not review the decision.")
    return replace(case, stage=Stage.ACTIVE, outcome="", decider=0, decided_on=None)


def approve(case: Case, act: Act) -> Case:
    refuse(act.by == case.decider, "Who decided does not approve it too.")
    refuse(act.by == case.proposer, "Who proposed the plan does not approve its decision.")
    refuse(bool(act.conflict), act.conflict)
    _demand_reason(act)
    _demand_support(case, case.outcome, act.undelivered)
    return replace(case, stage=Stage.CLOSED, approver=act.by, decided_on=act.on)


def closes(outcome: Outcome, reason: bool = True) -> Callable[[Case, Act], Case]:
    def close(case: Case, act: Act) -> Case:
        if reason:
            _demand_reason(act)
        return replace(
            case, stage=Stage.CLOSED, outcome=outcome, decided_on=act.on, pausing=None, appealing=""
        )

    return close


# ---------------------------------------------------------------- appeal


def appeal(case: Case, act: Act) -> Case:
    about = "decision" if case.stage in {Stage.DECIDED, Stage.CLOSED} else "plan"
    _demand_reason(act)
    refuse(bool(case.appealing), "Your appeal is being heard already.")
    refuse(f"{about} {case.version}{case.decider}" in case.appealed, "This was appealed and heard already.")
    if case.stage == Stage.CLOSED:
        refuse(case.outcome not in {*DECISIONS}, "There is no decision to appeal to.")
        late = case.decided_on is not None and (act.on - case.decided_on).days > APPEAL_DAYS
        refuse(late, f"An appeal is made within {APPEAL_DAYS} days.")
    return replace(case, appealing=about, appealed=case.appealed | {f"{about} {case.version}{case.decider}"})


def hear(case: Case, act: Act) -> Case:
    """Heard by somebody who had no part in it: it stands, or it is set aside."""
    refuse(not case.appealing, "There is no appeal to hear.")
    refuse(act.by in case.involved, "An appeal is heard by somebody who had no part in it.")
    refuse(bool(act.conflict), act.conflict)
    refuse(act.outcome not in {"stands", "set aside"}, "Say whether it stands or is set aside.")
    _demand_reason(act)
    about, case = case.appealing, replace(case, appealing="")
    if act.outcome == "stands":
        return case
    if about == "plan":
        return replace(case, stage=Stage.CLOSED, outcome=Outcome.WITHDRAWN, decided_on=act.on, pausing=None)
    return replace(
        case, stage=Stage.ACTIVE, outcome="", decider=0, approver=0, decided_on=None,
        deciders=case.deciders | {case.decider},
    )  # fmt: skip
