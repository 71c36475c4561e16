"""People by name, each with what comes next. No numbers about anybody, no order but the alphabet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from andon.growth.models import Coaching, OneToOne, Promise
from andon.growth.queries.expected import unread_by
from andon.people.models import Person

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Next:
    """One person: the next talk of two, what is owed to them, looks back that are agreed, standards not read yet."""

    person: Person
    talk: OneToOne | None
    promises: list[Promise] = field(default_factory=list)
    follow_ups: list[Coaching] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def with_what_is_next(people: list[Person], manager: Person, now: datetime) -> list[Next]:
    """A fixed number of queries, whoever many they are."""
    today = timezone.localdate(now)
    talks = _first(_talks(people, manager, today))
    promises = _by_person(_promises(people))
    follow_ups = _by_person(_follow_ups(people))
    unread = unread_by(people, today)
    return [
        Next(
            one,
            talks.get(one.pk),
            promises[one.pk][:SHOWN],
            follow_ups[one.pk][:SHOWN],
            [version.standard.name for version in unread.get(one.pk, [])][:SHOWN],
        )
        for one in people
    ]


def _talks(people: list[Person], manager: Person, today: date) -> Iterable[OneToOne]:
    return OneToOne.objects.filter(manager=manager, person__in=people, on__gte=today).order_by("-on")


def _promises(people: list[Person]) -> Iterable[Promise]:
    return Promise.objects.filter(person__in=people).waiting().listed().order_by("due")


def _follow_ups(people: list[Person]) -> Iterable[Coaching]:
    return (
        Coaching.objects.filter(person__in=people)
        .with_next()
        .filter(next_on__isnull=False)
        .order_by("next_on")
    )


def _first(talks: Iterable[OneToOne]) -> dict[int, OneToOne]:
    """The nearest of each; they come with the nearest last."""
    return {talk.person_id: talk for talk in talks}


def _by_person[T](rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)  # type: ignore[attr-defined]
    return found
