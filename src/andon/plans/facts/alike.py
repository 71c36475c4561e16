"""Others of the same role: how many have evidence as strong, and what was done. Only counts leave this room."""

from collections import Counter
from datetime import datetime, timedelta

from django.utils import timezone

from andon.evidence.models import Item
from andon.growth.models import Coaching
from andon.people.models import Person
from andon.plans.facts import outcome
from andon.plans.rules.alike import AlikeFacts
from andon.plans.rules.conditions import FEWEST_ITEMS
from andon.standards.models import Holding, StandardVersion

YEAR = timedelta(days=365)


def facts(person: Person, version: StandardVersion, now: datetime) -> AlikeFacts:
    others = holders(version, now) - {person.pk}
    strong = as_strong(person.pk, others, version, now)
    planned = planned_of(strong, version, now)
    return AlikeFacts(len(others), len(strong), len(planned), len(coached_of(strong, version, now) - planned))


def holders(version: StandardVersion, now: datetime) -> set[int]:
    """Who holds the role today, in the team of the standard where it has one."""
    standard = version.standard
    held = Holding.objects.on(timezone.localdate(now)).filter(job_role=standard.job_role_id)
    at_work = Person.objects.at_work(timezone.localdate(now)).filter(holdings__in=held)
    if standard.team_id:
        at_work = at_work.filter(team=standard.team_id)
    return set(at_work.values_list("pk", flat=True))


def as_strong(person: int | None, others: set[int], version: StandardVersion, now: datetime) -> set[int]:
    """Of `others`, those with the same or stronger evidence than `person`; without one, with enough for a gate."""
    if version.standard.behaviour_id:
        counts = _observed(others | ({person} if person else set()), version, now)
        least = max(counts.get(person, 0), 1) if person else FEWEST_ITEMS
        return {key for key in others if counts.get(key, 0) >= least}
    separation = outcome.separation_of(version.standard)
    level = outcome.level_of(version, separation) if separation else None
    if separation is None or level is None:
        return set()
    found = outcome.strengths(separation, level)
    mine = found.get(person) if person else None
    return {
        key for key in others
        if key in found and found[key].named and (mine is None or found[key].chance >= mine.chance)
    }  # fmt: skip


def _observed(people: set[int], version: StandardVersion, now: datetime) -> Counter[int]:
    items = Item.objects.filter(outcome.about(version.standard), person__in=people, at__gte=now - YEAR)
    short = outcome.shortfalls(items.standing().exclude(text=""), version)
    return Counter(item.person_id for item in short)


def planned_of(people: set[int], version: StandardVersion, now: datetime) -> set[int]:
    """Who has or had a plan about this standard in the last year."""
    from andon.plans.models import Plan  # imported here, as the nouns of this stage know these facts

    since = now - YEAR
    recent = Plan.objects.filter(person__in=people, standard=version.standard_id, proposed_at__gte=since)
    return set(recent.exclude(outcome="withdrawn").values_list("person", flat=True))


def coached_of(people: set[int], version: StandardVersion, now: datetime) -> set[int]:
    recent = Coaching.objects.filter(person__in=people, standard=version.standard_id, at__gte=now - YEAR)
    return set(recent.values_list("person", flat=True))
