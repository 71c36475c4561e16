"""A question as its rules see it: everything that happened, put together."""

from andon.escalations.models import Countermeasure, Escalation, Verdict, window_end
from andon.escalations.rules import ANSWERS, life
from andon.people import access

JUDGED = {
    Verdict.EFFECTIVE: life.EFFECTIVE,
    Verdict.PARTIAL: life.PARTIAL,
    Verdict.INEFFECTIVE: life.INEFFECTIVE,
    Verdict.TOO_FEW: life.TOO_FEW,
}


def case_of(escalation: Escalation) -> life.Case:
    """From a few queries, or from none where the look-up brought everything along (`with_story`)."""
    facts = escalation.facts
    reopened = max((one.at for one in escalation.reopenings.all()), default=None)
    merging = getattr(escalation, "merging", None)
    owner = escalation.owner
    return life.Case(
        raised_at=facts.raised_at,
        customer_since=facts.customer_since,
        put_to=put_to(escalation),
        owner=f"person:{owner.pk}" if owner else "",
        owned_at=facts.owned_at,
        made_right_at=facts.made_right_at,
        preliminary_until=_next_word(escalation, reopened),
        explained_at=facts.explained_at,
        answered=_answered(escalation, reopened),
        decided_at=_decided_at(escalation),
        reopened_at=reopened,
        closed_at=facts.closed_at,
        merged_into=merging.into.number if merging else None,
        fixes=tuple(fix_of(one) for one in fixes(escalation)),
    )


def fixes(escalation: Escalation) -> list[Countermeasure]:
    """In the order in which they were planned."""
    return sorted(escalation.countermeasures.all(), key=lambda one: (one.at, one.pk))


def put_to(escalation: Escalation) -> str:
    """Whom it is put to, as one word; triage when nobody is reached."""
    return put_to_of(escalation.to_person, escalation.to_team)


def put_to_of(person, team) -> str:
    if person is not None and access.at_work(person):
        return f"person:{person.pk}"
    return f"team:{team.pk}" if team is not None else life.TRIAGE


def fix_of(countermeasure: Countermeasure) -> life.Fix:
    """Planned, in place, judged or dropped, and what its next day is."""
    due = window_end(countermeasure)
    if getattr(countermeasure, "dropping", None):
        return life.Fix(life.DROPPED, countermeasure.dropping.at)
    if due is None:
        return life.Fix(life.PLANNED, countermeasure.due_at)
    verdict = newest_verdict(countermeasure)
    return life.Fix(JUDGED[Verdict(verdict)] if verdict else life.IN_PLACE, due)


def newest_verdict(countermeasure: Countermeasure) -> str:
    """Empty while it is watched, also when it is watched on after too few cases."""
    last = max(countermeasure.judgements.all(), key=lambda one: (one.at, one.pk), default=None)
    if last is None:
        return ""
    longer = max((one.at for one in countermeasure.extensions.all()), default=None)
    return "" if longer and longer >= last.at else last.verdict


def _next_word(escalation: Escalation, reopened):
    since = [one for one in escalation.preliminaries.all() if reopened is None or one.at > reopened]
    return max(since, key=lambda one: (one.at, one.pk)).next_at if since else None


def _answered(escalation: Escalation, reopened) -> bool:
    return any(
        one.kind in ANSWERS and (reopened is None or one.at > reopened) for one in escalation.entries.all()
    )


def _decided_at(escalation: Escalation):
    found = [one.at for each in escalation.countermeasures.all() for one in each.judgements.all()]
    return max(found, default=None)
