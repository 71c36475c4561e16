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
    """Three queries; each question once, the newest first."""
    seen, since = Escalation.objects.visible_to(person).values("pk"), now - LOOKED_BACK
    found = [*_again(seen, since), *_no_help(seen, since)]
    newest: dict[int, tuple[datetime, str]] = {}
    for pk, at, why in sorted(found):
        newest[pk] = at, why
    latest = sorted(newest, key=lambda pk: newest[pk], reverse=True)[:MOST]
    asked = Escalation.objects.visible_to(person).select_related("mechanism").in_bulk(latest)
    return [Back(asked[pk], *newest[pk]) for pk in latest]


def _again(seen, since: datetime) -> list[tuple[int, datetime, str]]:
    rows = Reopening.objects.filter(escalation__in=seen, at__gte=since)
    return [(one.escalation_id, one.at, one.why) for one in rows.order_by("-at")[: 2 * MOST]]


def _no_help(seen, since: datetime) -> list[tuple[int, datetime, str]]:
    judged = Judgement.objects.filter(verdict__in=[Verdict.INEFFECTIVE, Verdict.PARTIAL], at__gte=since)
    rows = judged.filter(countermeasure__escalation__in=seen)
    rows = rows.select_related("countermeasure").order_by("-at")[: 2 * MOST]
    said = {
        Verdict.INEFFECTIVE: _("The change did not help. %(sentence)s"),
        Verdict.PARTIAL: _("The change helped in part. %(sentence)s"),
    }
    return [
        (
            one.countermeasure.escalation_id,
            one.at,
            said[Verdict(one.verdict)] % {"sentence": retold(one.sentence)},
        )
        for one in rows
    ]
