"""The life of a plan: what may happen to it, by whom, and what it is then.

Pure. A plan is what its acts have made of it: `after(case, act)` gives the case after an act or refuses it with a
sentence, and `replay(acts)` tells a plan from all that was kept of it. Whatever an act rests on (which conditions were
unmet, which support had not come) is part of the act, so that it can be judged again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from andon.plans.rules import acting
from andon.plans.rules.case import (
    APPEAL_DAYS,
    BEFORE_ISSUE,
    DECISIONS,
    HR,
    LINE,
    LONGEST,
    MOST_EXTENSIONS,
    OPEN,
    SELF,
    SHORTEST,
    SHORTEST_EXTENSION,
    SUPPORT,
    UNDER_WAY,
    Act,
    Case,
    Outcome,
    Refused,
    Stage,
    refuse,
)

__all__ = [
    "ACTS", "APPEAL_DAYS", "BEFORE_ISSUE", "DECISIONS", "HR", "LINE", "LONGEST", "MOST_EXTENSIONS", "OPEN", "SELF",
    "SHORTEST", "SHORTEST_EXTENSION", "SUPPORT", "UNDER_WAY", "Act", "Case", "Outcome", "Refused", "Rule", "Stage",
    "after", "offered", "problem_doing", "refuse", "replay",
]  # fmt: skip


def after(case: Case | None, act: Act) -> Case:
    """The case after an act. Raises Refused with a sentence; then nothing has changed."""
    if act.kind == "proposed":
        refuse(case is not None, "This plan was proposed already.")
        return acting.propose_first(act)
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


@dataclass(frozen=True, slots=True)
class Rule:
    """When an act may be, by whom, and what it does."""

    stages: frozenset[Stage]
    who: frozenset[str]
    does: Callable[[Case, Act], Case]


def _rule(stages: Iterable[Stage], who: Iterable[str], does: Callable[[Case, Act], Case]) -> Rule:
    return Rule(frozenset(stages), frozenset(who), does)


ACTS: dict[str, Rule] = {
    "taken up": _rule([Stage.PROPOSED], [HR], acting.take_up),
    "returned": _rule([Stage.REVIEW, Stage.AGREED], [HR], acting.send_back),
    "amended": _rule([Stage.RETURNED], [LINE], acting.amend),
    "agreed": _rule([Stage.REVIEW], [HR], acting.agree),
    "overridden": _rule(OPEN, [HR], acting.override),
    "issued": _rule([Stage.AGREED], [LINE], acting.issue),
    "acknowledged": _rule([Stage.ISSUED, Stage.PAUSED], [SELF], acting.receive),
    "receipt refused": _rule([Stage.ISSUED, Stage.PAUSED], [LINE, HR], acting.refuse_receipt),
    "paused": _rule([Stage.ACTIVE], [LINE, HR], acting.pause),
    "resumed": _rule([Stage.PAUSED], [LINE, HR], acting.resume),
    "revised": _rule([Stage.ISSUED, Stage.ACTIVE, Stage.PAUSED], [LINE], acting.revise),
    "extended": _rule([Stage.ACTIVE], [LINE], acting.extend),
    "said": _rule(Stage, [SELF, LINE, HR], acting.said),
    "decided": _rule([Stage.ACTIVE], [LINE], acting.decide),
    "reopened": _rule([Stage.DECIDED], [HR], acting.reopen),
    "approved": _rule([Stage.DECIDED], [HR], acting.approve),
    "withdrawn": _rule(OPEN - {Stage.DECIDED}, [LINE, HR], acting.closes(Outcome.WITHDRAWN)),
    "transferred": _rule(UNDER_WAY, [HR], acting.closes(Outcome.TRANSFERRED)),
    "left": _rule(OPEN, ["house"], acting.closes(Outcome.LEFT, reason=False)),
    "appealed": _rule([*UNDER_WAY, Stage.CLOSED], [SELF], acting.appeal),
    "heard": _rule([*UNDER_WAY, Stage.CLOSED], [LINE, HR], acting.hear),
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
