"""Coaching, promises and talks of the cast, as the actions make them."""

from datetime import date, timedelta

from andon.growth.actions import coaching, one_to_ones, promises
from andon.growth.models import Coaching, OneToOne, Promise
from andon.people import lines
from andon.standards.models import JobRole, Standard

TODAY = date(2026, 3, 2)


def days(n: int) -> date:
    return TODAY + timedelta(days=n)


def noted(cast, *, by=None, now=None, **other) -> Coaching:
    """Martin coached Alice about late parcels."""
    written = {
        "situation": "On 27 February, in the chat about order 4711.",
        "behaviour": "The chat was closed before the customer had answered.",
        "impact": "The customer wrote again the next day.",
        "agreed_action": "Alice waits two minutes; Martin has the timer changed.",
        "follow_up_on": days(14),
        "mechanism": cast.labels,
    }
    return coaching.note_coaching(cast.alice, by=by or cast.martin, now=now or cast.now, **(written | other))


def promised(cast, *, by=None, now=None, **other) -> Promise:
    """Martin promised Alice to sit in on calls."""
    what = {"what": "Sit in on calls of the returns desk", "kind": "sit_in", "due": days(7)}
    by = by or cast.martin
    return promises.promise(cast.alice, **({"owed_by": by} | what | other), by=by, now=now or cast.now)


def talk(cast, on: int = 7, **other) -> OneToOne:
    pair = {"person": cast.alice, "manager": cast.martin, "by": cast.martin} | other
    return one_to_ones.plan_talk(pair.pop("person"), pair.pop("manager"), days(on), now=cast.now, **pair)


def standard(cast, name: str = "Labels that hold") -> Standard:
    """Of agents, with the measure of the mechanism `labels`."""
    role, _new = JobRole.objects.get_or_create(slug="agent", defaults={"name": "Agent"})
    return Standard.objects.create(job_role=role, name=name, measure=cast.late)


def led_by(person, manager) -> None:
    """From now on somebody else is their manager."""
    person.manager = manager
    person.save(update_fields=["manager"])
    lines.rebuild()
