"""What somebody owes to people, in one list. Every stage that makes promises registers where to look for its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from andon.people import access
from andon.people.models import Person


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that somebody owes somebody.

    `kind` is what it is, in a word or two; `what` says it; `to` is the person it is owed to; `page` is the name of the
    page where it is settled, with its arguments; `passed_on` says how it came to the reader; `state` how it stands,
    where that is more than its day; `thing` is the row.
    """

    kind: str
    what: str
    to: Person
    due: date | None
    page: tuple[str, ...]
    passed_on: str = ""
    state: str = ""
    thing: Any = None


Source = Callable[[Person, datetime], list[Owed]]
SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Adds a place to look; may be used as a decorator. Registering the same again changes nothing."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def owed_by(person: Person, now: datetime) -> list[Owed]:
    """Everything `person` owes, what is due first on top, what has no day last. Nothing for somebody who left."""
    if not access.at_work(person):
        return []
    found = [owed for source in SOURCES for owed in source(person, now)]
    return sorted(found, key=lambda one: (one.due or date.max, one.to.name, one.what))
