"""What a question is after something was done to it: a `Case` and an act in, the next case out."""

from dataclasses import replace
from datetime import datetime

from andon.escalations.rules.acts import Act
from andon.escalations.rules.life import DROPPED, IN_PLACE, INEFFECTIVE, PLANNED, TRIAGE, Case, Fix, holder


def after(case: Case, act: Act, now: datetime) -> Case:
    """The case after something was done that has no `problem`."""
    return AFTER[act.verb](case, act, now)


def _taken_on(case: Case, by: str, now: datetime) -> Case:
    return replace(case, owner=by, owned_at=case.owned_at or now)


def _own(case: Case, act: Act, now: datetime) -> Case:
    return _taken_on(case, act.by, now)


def _reroute(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, put_to=act.to or TRIAGE, owner="")


def _answer(case: Case, act: Act, now: datetime) -> Case:
    return replace(_by_whom(case, act, now), answered=True)


def _by_whom(case: Case, act: Act, now: datetime) -> Case:
    """Who answers has taken it on, if nobody had."""
    return case if case.owner else _taken_on(case, act.by or holder(case), now)


def _make_right(case: Case, act: Act, now: datetime) -> Case:
    return replace(_answer(case, act, now), made_right_at=case.made_right_at or now)


def _explain(case: Case, act: Act, now: datetime) -> Case:
    return replace(_answer(case, act, now), explained_at=case.explained_at or now)


def _say_more(case: Case, act: Act, now: datetime) -> Case:
    return replace(_by_whom(case, act, now), preliminary_until=act.until)


def _plan(case: Case, act: Act, now: datetime) -> Case:
    planned = Fix(PLANNED, act.until or now)
    return replace(_by_whom(case, act, now), fixes=(*case.fixes, planned))


def _fixed(case: Case, place: int, fix: Fix) -> Case:
    return replace(case, fixes=(*case.fixes[:place], fix, *case.fixes[place + 1 :]))


def _put_in_place(case: Case, act: Act, now: datetime) -> Case:
    return _fixed(case, act.fix, Fix(IN_PLACE, act.until or now))


def _judge(case: Case, act: Act, now: datetime) -> Case:
    judged = replace(_fixed(case, act.fix, Fix(act.verdict, case.fixes[act.fix].due)), decided_at=now)
    return _opened(judged, now) if act.verdict == INEFFECTIVE else judged


def _watch_on(case: Case, act: Act, now: datetime) -> Case:
    return _put_in_place(case, act, now)


def _drop(case: Case, act: Act, now: datetime) -> Case:
    return replace(_fixed(case, act.fix, Fix(DROPPED, now)), decided_at=now)


def _opened(case: Case, now: datetime) -> Case:
    """Open again: it was not explained after all. What was done for the customer stays done."""
    return replace(
        case, closed_at=None, reason="", reopened_at=now, explained_at=None, preliminary_until=None,
        answered=False,
    )  # fmt: skip


def _reopen(case: Case, act: Act, now: datetime) -> Case:
    return _opened(case, now)


def _close(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, closed_at=now, reason=act.why.strip())


def _merge(case: Case, act: Act, now: datetime) -> Case:
    return replace(case, merged_into=act.into, closed_at=now, reason=act.why or "merged")


AFTER = {
    "own": _own,
    "reroute": _reroute,
    "answer": _answer,
    "make right": _make_right,
    "preliminary": _say_more,
    "explain": _explain,
    "plan": _plan,
    "put in place": _put_in_place,
    "judge": _judge,
    "watch on": _watch_on,
    "drop": _drop,
    "close": _close,
    "reopen": _reopen,
    "merge": _merge,
}
