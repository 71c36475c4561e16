"""What came back after it was said to be fixed: opened again, or a change that did not help."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from andon.escalations.models import Escalation, Judgement, Reopening, Verdict
from andon.people.models import Person
from andon.people.retelling import retold

LOOKED_BACK = timedelta(days=90)
MOST = 8


@dataclass(frozen=True, slots=True)
class Back:
    """One question, when it came back, and why, in words."""

    escalation: Escalation
    at: datetime
    why: str


def came_back(person: Person, now: datetime) -> list[Back]:
    """Two queries; each question once, the newest first."""
    seen, since = Escalation.objects.visible_to(person).values("pk"), now - LOOKED_BACK
    found = [*_again(seen, since), *_no_help(seen, since)]
    newest: dict[int, Back] = {}
    for back in sorted(found, key=lambda one: one.at):
        newest[back.escalation.pk] = back
    return sorted(newest.values(), key=lambda one: one.at, reverse=True)[:MOST]


def _again(seen, since: datetime) -> list[Back]:
    rows = Reopening.objects.filter(escalation__in=seen, at__gte=since).select_related(
        "escalation__mechanism"
    )
    return [Back(one.escalation, one.at, one.why) for one in rows.order_by("-at")[: 2 * MOST]]


def _no_help(seen, since: datetime) -> list[Back]:
    judged = Judgement.objects.filter(verdict__in=[Verdict.INEFFECTIVE, Verdict.PARTIAL], at__gte=since)
    rows = judged.filter(countermeasure__escalation__in=seen)
    rows = rows.select_related("countermeasure__escalation__mechanism").order_by("-at")[: 2 * MOST]
    said = {
        Verdict.INEFFECTIVE: _("The change did not help. %(sentence)s"),
        Verdict.PARTIAL: _("The change helped in part. %(sentence)s"),
    }
    return [
        Back(
            one.countermeasure.escalation,
            one.at,
            said[Verdict(one.verdict)] % {"sentence": retold(one.sentence)},
        )
        for one in rows
    ]
