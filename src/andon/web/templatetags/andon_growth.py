"""How promises and days read on the pages of growth."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from andon.growth.models import Promise
from andon.growth.rules import passing, promises
from andon.growth.rules.promises import State
from andon.people.access import MANAGER, is_any
from andon.people.models import Person

register = template.Library()

CHIPS = {State.DELIVERED: "good", State.DELIVERED_LATE: "calm", State.LATE: "open", State.DOUBTED: "open"}


@register.filter
def leads(person: Person) -> bool:
    """Whether there is a team page for somebody."""
    return is_any(person, MANAGER)


@register.filter
def until(due: date | None, today: date) -> str:
    """“due in 3 days”, “late by 2 days”."""
    return promises.until(due, today) if due else ""


@register.filter
def state_words(promise: Promise, now: datetime) -> str:
    """How a promise stands, as people say it."""
    return promises.words(promise.facts(now), timezone.localdate(now))


@register.filter
def state_chip(promise: Promise, now: datetime) -> str:
    """Never the colour of the cord: what is late is a thing to do, not an alarm about anybody."""
    return CHIPS.get(promise.state(now), "")


@register.filter
def is_state(promise: Promise, names: str) -> bool:
    """Whether a promise is in one of some states, now: `promise|is_state:"late,doubted"`."""
    return promise.state(timezone.now()).value in names.split(",")


@register.filter
def passed_on(promise: Promise) -> str:
    """Who owes it now, where that is somebody else than who promised it. Looked up `complete`."""
    return passing.words(promise.owed_by.name, promise.owes_name)
