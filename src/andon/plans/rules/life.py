"""The life of a plan: what may happen to it, by whom, and what it is then.

Pure. A plan is what its acts have made of it: `after(case, act)` gives the case after an act or refuses it with a
sentence, and `replay(acts)` tells a plan from all that was kept of it. Whatever an act rests on (which conditions were
unmet, which support had not come) is part of the act, so that it can be judged again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from andon.plans.rules.gate import problem_overriding, problem_proposing, problem_reason

SHORTEST, LONGEST = 30, 90  # days, extensions included
SHORTEST_EXTENSION = 7
MOST_EXTENSIONS = 2
APPEAL_DAYS = 30  # after a decision
SUPPORT = (
    0  # what HR overrides when "not met" is to stand although support did not come; 1 to 6 are conditions
)

SELF, LINE, HR = "self", "line", "hr"


class Refused(ValueError):  # noqa: N818
    """An act that may not be. The message is a sentence for who tried."""


class Stage(StrEnum):
    PROPOSED = "proposed"
    REVIEW = "in review"
    RETURNED = "returned"
    AGREED = "agreed"
    ISSUED = "issued"
    ACTIVE = "active"
    PAUSED = "paused"
    DECIDED = "decided"
    CLOSED = "closed"


class Outcome(StrEnum):
    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    LEFT = "left"


DECISIONS = (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET)
BEFORE_ISSUE = frozenset({Stage.PROPOSED, Stage.REVIEW, Stage.RETURNED, Stage.AGREED})
UNDER_WAY = frozenset({Stage.ISSUED, Stage.ACTIVE, Stage.PAUSED, Stage.DECIDED})
OPEN = BEFORE_ISSUE | UNDER_WAY


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did. `by` 0 is the installation itself. What the rest means depends on `kind`."""

    kind: str
    by: int
    basis: str
    on: date
    reason: str = ""
    unmet: frozenset[int] = frozenset()
    overridden: frozenset[int] = frozenset()
    condition: int = SUPPORT
    days: int = 0
    late_days: int = 0
    outcome: str = ""
    undelivered: int = 0
    witness: int = 0
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a plan is now. `version` is of its content, `acknowledged` the last whose receipt is on record."""

    person: int
    stage: Stage = Stage.PROPOSED
    proposer: int = 0
    reviewer: int = 0
    overridden: frozenset[int] = frozenset()
    version: int = 1
    acknowledged: int = 0
    days: int = 0
    started: date | None = None
    pausing: date | None = None
    paused_for_change: bool = False
    paused_days: int = 0
    extensions: int = 0
    decider: int = 0
    deciders: frozenset[int] = frozenset()
    approver: int = 0
    outcome: str = ""
    decided_on: date | None = None
    appealing: str = ""
    appealed: frozenset[str] = frozenset()
    involved: frozenset[int] = field(default_factory=frozenset)

    @property
    def due(self) -> date | None:
        """The day a decision is due; None before it began and while it is paused."""
        if self.started is None or self.pausing is not None:
            return None
        return self.started + timedelta(days=self.days + self.paused_days)

    def decision_due(self, today: date) -> bool:
        return self.stage == Stage.ACTIVE and self.due is not None and today >= self.due

    @property
    def issued(self) -> bool:
        return self.stage in UNDER_WAY


def refuse(when: bool, sentence: str) -> None:
    if when:
        raise Refused(sentence)


def after(case: Case | None, act: Act) -> Case:
    """The case after an act. Raises Refused with a sentence; then nothing has changed."""
    if act.kind == "proposed":
        refuse(case is not None, "This plan was proposed already.")
        return _proposed(act)
    if case is None:
        raise Refused("There is no plan yet.")
    if (rule := ACTS.get(act.kind)) is None:
        raise Refused(f"{act.kind!r} is nothing that can happen to a plan.")
    refuse(act.basis not in rule.who, f"This is for {_people(rule.who)} to do.")
    refuse(case.stage not in rule.stages, _too_late(case, act))
    return _involving(rule.does(case, act), act)


def replay(person: int, acts: Iterable[Act]) -> Case:
    """What a plan is after these acts, in the order in which they were kept."""
    case: Case | None = None
    for act in acts:
        case = replace(after(case, act), person=person)
    if case is None:
        raise Refused("There is no plan yet.")
    return case


def _involving(case: Case, act: Act) -> Case:
    """Whoever took part may not hear an appeal; saying something is not taking part."""
    others = {act.by, act.witness} - {0, case.person}
    return case if act.kind == "said" else replace(case, involved=case.involved | others)


def _people(who: frozenset[str]) -> str:
    named = {SELF: "the person it is about", LINE: "the line", HR: "an HR partner", "house": "Andon itself"}
    return " or ".join(named[one] for one in (SELF, LINE, HR, "house") if one in who)


def _too_late(case: Case, act: Act) -> str:
    if case.stage == Stage.CLOSED:
        return f"This is closed: {case.outcome}. Nothing can be changed any more."
    return f"Not while it is {case.stage}."


# ---------------------------------------------------------------- before the person receives it


def _proposed(act: Act) -> Case:
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


def _take_up(case: Case, act: Act) -> Case:
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.REVIEW, reviewer=act.by)


def _send_back(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.RETURNED, reviewer=act.by)


def _amend(case: Case, act: Act) -> Case:
    _demand_length(act.days)
    return replace(case, stage=Stage.PROPOSED, version=case.version + 1, days=act.days)


def _agree(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.proposer, "Who proposed it does not review it.")
    return replace(case, stage=Stage.AGREED, reviewer=act.by)


def _override(case: Case, act: Act) -> Case:
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


def _issue(case: Case, act: Act) -> Case:
    refuse(not case.reviewer, "HR has not reviewed it.")
    refuse(bool(problem := problem_proposing(act.unmet, case.overridden - {SUPPORT})), problem)
    return replace(case, stage=Stage.ISSUED)


# ---------------------------------------------------------------- receipt


def _receive(case: Case, act: Act) -> Case:
    """Receipt of the version that is in force now. The first starts the clock; later ones end a pause for a change."""
    refuse(case.acknowledged == case.version, "This version is acknowledged already.")
    case = replace(case, acknowledged=case.version)
    if case.started is None:
        return replace(case, stage=Stage.ACTIVE, started=act.on)
    return _going_on(case, act.on) if case.paused_for_change else case


def _refuse_receipt(case: Case, act: Act) -> Case:
    refuse(not act.witness, "Name who was there when it was refused.")
    refuse(act.witness in {act.by, case.person}, "A witness is somebody else than the two who spoke.")
    return _receive(case, act)


# ---------------------------------------------------------------- under way


def _pause(case: Case, act: Act) -> Case:
    _demand_reason(act)
    return replace(case, stage=Stage.PAUSED, pausing=act.on)


def _resume(case: Case, act: Act) -> Case:
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


def _revise(case: Case, act: Act) -> Case:
    """After issue only as a new version: it pauses until its receipt is acknowledged."""
    _demand_reason(act)
    case = replace(case, version=case.version + 1)
    if case.stage == Stage.ISSUED:
        return case
    waiting = case.paused_for_change or case.stage == Stage.ACTIVE
    return replace(case, stage=Stage.PAUSED, pausing=case.pausing or act.on, paused_for_change=waiting)


def _extend(case: Case, act: Act) -> Case:
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


def _said(case: Case, act: Act) -> Case:
    refuse(not act.reason.strip(), "Write at least a word.")
    return case


# ---------------------------------------------------------------- decision


def _decide(case: Case, act: Act) -> Case:
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


def _reopen(case: Case, act: Act) -> Case:
    _demand_reason(act)
    refuse(act.by == case.decider, "Who decided does not review the decision.")
    return replace(case, stage=Stage.ACTIVE, outcome="", decider=0, decided_on=None)


def _approve(case: Case, act: Act) -> Case:
    refuse(act.by == case.decider, "Who decided does not approve it too.")
    refuse(act.by == case.proposer, "Who proposed the plan does not approve its decision.")
    refuse(bool(act.conflict), act.conflict)
    _demand_reason(act)
    _demand_support(case, case.outcome, act.undelivered)
    return replace(case, stage=Stage.CLOSED, approver=act.by, decided_on=act.on)


def _close(outcome: Outcome, reason: bool = True) -> Callable[[Case, Act], Case]:
    def close(case: Case, act: Act) -> Case:
        if reason:
            _demand_reason(act)
        return replace(
            case, stage=Stage.CLOSED, outcome=outcome, decided_on=act.on, pausing=None, appealing=""
        )

    return close


# ---------------------------------------------------------------- appeal


def _appeal(case: Case, act: Act) -> Case:
    about = "decision" if case.stage in {Stage.DECIDED, Stage.CLOSED} else "plan"
    _demand_reason(act)
    refuse(bool(case.appealing), "Your appeal is being heard already.")
    refuse(f"{about} {case.version}{case.decider}" in case.appealed, "This was appealed and heard already.")
    if case.stage == Stage.CLOSED:
        refuse(case.outcome not in {*DECISIONS}, "There is no decision to appeal to.")
        late = case.decided_on is not None and (act.on - case.decided_on).days > APPEAL_DAYS
        refuse(late, f"An appeal is made within {APPEAL_DAYS} days.")
    return replace(case, appealing=about, appealed=case.appealed | {f"{about} {case.version}{case.decider}"})


def _hear(case: Case, act: Act) -> Case:
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


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act may be, by whom, and what it does."""

    stages: frozenset[Stage]
    who: frozenset[str]
    does: Callable[[Case, Act], Case]


def _rule(stages: Iterable[Stage], who: Iterable[str], does: Callable[[Case, Act], Case]) -> Rule:
    return Rule(frozenset(stages), frozenset(who), does)


ACTS: dict[str, Rule] = {
    "taken up": _rule([Stage.PROPOSED], [HR], _take_up),
    "returned": _rule([Stage.REVIEW, Stage.AGREED], [HR], _send_back),
    "amended": _rule([Stage.RETURNED], [LINE], _amend),
    "agreed": _rule([Stage.REVIEW], [HR], _agree),
    "overridden": _rule(OPEN, [HR], _override),
    "issued": _rule([Stage.AGREED], [LINE], _issue),
    "acknowledged": _rule([Stage.ISSUED, Stage.PAUSED], [SELF], _receive),
    "receipt refused": _rule([Stage.ISSUED, Stage.PAUSED], [LINE, HR], _refuse_receipt),
    "paused": _rule([Stage.ACTIVE], [LINE, HR], _pause),
    "resumed": _rule([Stage.PAUSED], [LINE, HR], _resume),
    "revised": _rule([Stage.ISSUED, Stage.ACTIVE, Stage.PAUSED], [LINE], _revise),
    "extended": _rule([Stage.ACTIVE], [LINE], _extend),
    "said": _rule(Stage, [SELF, LINE, HR], _said),
    "decided": _rule([Stage.ACTIVE], [LINE], _decide),
    "reopened": _rule([Stage.DECIDED], [HR], _reopen),
    "approved": _rule([Stage.DECIDED], [HR], _approve),
    "withdrawn": _rule(OPEN - {Stage.DECIDED}, [LINE, HR], _close(Outcome.WITHDRAWN)),
    "transferred": _rule(UNDER_WAY, [HR], _close(Outcome.TRANSFERRED)),
    "left": _rule(OPEN, ["house"], _close(Outcome.LEFT, reason=False)),
    "appealed": _rule([*UNDER_WAY, Stage.CLOSED], [SELF], _appeal),
    "heard": _rule([*UNDER_WAY, Stage.CLOSED], [LINE, HR], _hear),
}


def offered(case: Case, *, by: int, basis: str, today: date) -> list[str]:
    """What somebody could do now, in the order of the list above. Each may still be refused for what it rests on."""
    fits = [kind for kind, rule in ACTS.items() if case.stage in rule.stages and basis in rule.who]
    return [kind for kind in fits if not _out_of_question(kind, case, by, today)]


def _out_of_question(kind: str, case: Case, by: int, today: date) -> bool:
    waits = case.acknowledged != case.version
    return {
        "taken up": by == case.proposer,
        "agreed": by == case.proposer,
        "returned": by == case.proposer,
        "overridden": by == case.proposer or (case.issued and SUPPORT in case.overridden),
        "acknowledged": not waits,
        "receipt refused": not waits,
        "resumed": waits,
        "extended": case.extensions >= MOST_EXTENSIONS,
        "decided": by in case.deciders or bool(case.appealing),
        "reopened": by == case.decider,
        "approved": by in {case.decider, case.proposer},
        "appealed": not _may_appeal(case, by, today),
        "heard": not case.appealing or by in case.involved,
    }.get(kind, False)


def _may_appeal(case: Case, by: int, today: date) -> bool:
    reason = " ".join(["word"] * 5)
    return not problem_doing(case, Act("appealed", by, SELF, today, reason))


def problem_doing(case: Case, act: Act) -> str:
    """Why an act may not be, as a sentence; empty when it may."""
    try:
        after(case, act)
    except Refused as refused:
        return str(refused)
    return ""
