"""A question as a whole: what it is now, what is due, how it was explained, what changes, and earlier ones."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from andon.escalations.cases import case_of
from andon.escalations.models import Escalation, Explanation
from andon.escalations.rules import life
from andon.people import saying
from andon.people.models import Person
from andon.web.escalations import fixes

MOST_ALIKE = 5
OF_CLOCKS = frozenset({"own", "make right", "explain", "say more"})


def of(escalation: Escalation, person: Person, now: datetime) -> dict[str, Any]:
    """For `escalations/show.html`; `escalation` was fetched with its story."""
    case = case_of(escalation)
    state = life.state(case)
    explanations = list(escalation.explanations.all())
    posted = [one for one in explanations if not one.is_draft]
    newest = posted[-1] if posted else None
    return {
        "state": state,
        "state_words": life.STATES[state],
        "next": next_due(case),
        "came_back": bool(case.reopened_at),
        "chain": chain(escalation),
        "explanation": newest,
        "draft": next((one for one in explanations if one.is_draft), None),
        "fixes": [fixes.fix_of(one, now) for one in escalation.countermeasures.all()],
        "measure_unmended": _measure_unmended(escalation, newest),
        "thanks": list(escalation.thanks.all()),
        "alike": alike(escalation, person),
        "affected": saying.thousands(newest.affected) if newest and newest.affected is not None else "",
    }


def next_due(case: life.Case) -> life.Due | None:
    """What is owed next besides what the clocks say."""
    return next((due for due in life.dues(case) if due.name not in OF_CLOCKS), None)


def chain(escalation: Escalation) -> list[str]:
    """With whom it was, one after the other; empty when it was never passed on."""
    turns = list(escalation.reroutings.all())
    if not turns:
        return []
    first = turns[0]
    begin = first.from_person or first.from_team
    nobody = _("triage")
    return [str(begin or nobody), *(str(one.to_person or one.to_team or nobody) for one in turns)]


def _measure_unmended(escalation: Escalation, newest: Explanation | None) -> bool:
    """The measure itself was found wrong, and no change to it is planned."""
    wrong = newest is not None and newest.measure_wrong == Explanation.MeasureWrong.YES
    return wrong and not any(one.on_measure for one in escalation.countermeasures.all())


def alike(escalation: Escalation, person: Person) -> list[Escalation]:
    """Earlier ones of the kind: the same mechanism, cluster, or way of failing."""
    found = Escalation.objects.visible_to(person).of_the_kind(escalation)
    earlier = found.filter(raised_at__lt=escalation.raised_at)
    return list(earlier.select_related("closing", "mechanism")[:MOST_ALIKE])
