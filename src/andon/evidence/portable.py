"""Everything that is kept about somebody, stage by stage, for them to take away.

A stage registers a part: `register("mentoring", lambda person: [{"with": ..., "since": ...}])`. Rows are plain JSON.
What a row says in free words is searched for names of others; a name that may be told is given as `named(person)`.
What was said in confidence gives no name at all.
"""

from collections.abc import Callable, Iterable
from typing import Any

from andon.evidence.law.redacting import Named
from andon.people.models import Person

Rows = Iterable[dict[str, Any]]
PARTS: dict[str, Callable[[Person], Rows]] = {}


def register(name: str, rows: Callable[[Person], Rows]) -> None:
    """Adds a part under a name in words, such as "Coaching". Registering again replaces."""
    PARTS[name] = rows


def named(person: Person | None) -> Named:
    """A name that is told: of who wrote, read or decided, in their role."""
    return Named(person.name if person else "Andon")


def parts_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    return {name: list(rows(person)) for name, rows in PARTS.items()}
