"""The staff directory: found by words, a page at a time, without a number about anybody."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from andon.people.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Directory:
    """One page of people: what was searched, who was found, and the addresses of the pages beside it."""

    q: str
    leavers: bool
    people: list[Person]
    older: str
    first: bool

    @classmethod
    def of(cls, seen: QuerySet[Person], fields: QueryDict, may_see_leavers: bool) -> "Directory":
        q = fields.get("q", "").strip()[:100]
        leavers = may_see_leavers and fields.get("left") == "1"
        found = searched(seen.leavers() if leavers else seen.at_work(), q)
        people = list(_after(found, fields.get("after", ""))[: PAGE + 1])
        return cls(q, leavers, people[:PAGE], _next(people, q, leavers), not fields.get("after"))


def searched(people: QuerySet[Person], q: str) -> QuerySet[Person]:
    """Each word occurs in the name, the title or the team."""
    for word in q.split()[:6]:
        people = people.filter(
            Q(name__icontains=word) | Q(title__icontains=word) | Q(team__name__icontains=word)
        )
    return people.select_related("team", "manager").order_by("name", "pk")


def _after(people: QuerySet[Person], mark: str) -> QuerySet[Person]:
    """Behind the last one of the page before, so that page 100 costs what page 1 does."""
    name, _, pk = mark.rpartition("~")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return people
    return people.filter(Q(name__gt=name) | Q(name=name, pk__gt=int(pk)))


def _next(people: list[Person], q: str, leavers: bool) -> str:
    if len(people) <= PAGE:
        return ""
    last = people[PAGE - 1]
    fields = {"q": q, "left": "1" if leavers else "", "after": f"{last.name}~{last.pk}"}
    return urlencode({name: value for name, value in fields.items() if value})
