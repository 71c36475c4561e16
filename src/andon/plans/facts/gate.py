"""All six conditions of one person and one standard, as they are now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from andon.evidence.models import Item
from andon.evidence.rules import usable
from andon.growth.queries.support import support_before
from andon.people.models import Person
from andon.plans.facts import alike, mechanism, outcome
from andon.plans.rules import alike as alike_rule
from andon.plans.rules import conditions
from andon.plans.rules.gate import Condition, Gate
from andon.standards.models import StandardVersion
from andon.standards.queries import known_through

EVIDENCE_DAYS = 365  # how far back evidence and coaching count


@dataclass(frozen=True, slots=True)
class Period:
    """What is examined: from its first to its last day."""

    starts: date
    ends: date


def period_of(now: datetime) -> Period:
    """The quarter of a year up to today."""
    today = timezone.localdate(now)
    return Period(today - timedelta(days=conditions.PERIOD_DAYS), today)


def examine(person: Person, version: StandardVersion, now: datetime) -> Gate:
    """Nothing is written here; whoever calls keeps what was found."""
    period = period_of(now)
    items = cited(person, version, now)
    return Gate(
        (
            _standard(person, version, period),
            conditions.mechanism(mechanism.facts(version.standard, items, period.starts, now)),
            _attribution(person, version, items, now),
            _coaching(person, version, period, now),
            _evidence(items, now),
            alike_rule.alike(alike.facts(person, version, now)),
        )
    )


def _standard(person: Person, version: StandardVersion, period: Period) -> Condition:
    known = known_through(person, version.standard, period.starts, period.ends)
    facts = conditions.StandardFacts(
        known.in_force, known.measurable, known.known, known.why, period.starts, period.ends
    )
    return conditions.standard(facts)


def _attribution(person: Person, version: StandardVersion, items: list[Item], now: datetime) -> Condition:
    if version.standard.behaviour_id:
        short = outcome.shortfalls(items, version)
        return conditions.behaviour(
            conditions.Observed([one.happened_on for one in short], [one.source for one in short])
        )
    return conditions.outcome(*outcome.looked(person, version, timezone.localdate(now)))


def _coaching(person: Person, version: StandardVersion, period: Period, now: datetime) -> Condition:
    since = period.ends - timedelta(days=EVIDENCE_DAYS)
    return conditions.coaching(support_before(person, standard=version.standard, since=since, now=now))


def _evidence(items: list[Item], now: datetime) -> Condition:
    judged = [usable(item.facts, now) for item in items]
    return conditions.evidence(
        conditions.EvidenceFacts(len(items), tuple(one.why for one in judged if not one.ok))
    )


def cited(person: Person, version: StandardVersion, now: datetime) -> list[Item]:
    """Items of the record about this standard: those of its measures or its behaviour that stand, of the last year."""
    since = timezone.localdate(now) - timedelta(days=EVIDENCE_DAYS)
    about = outcome.about(version.standard)
    standing = Item.objects.of(person).filter(about).standing().exclude(text="")
    return list(standing.filter(happened_on__gte=since, at__lte=now).with_sights())
