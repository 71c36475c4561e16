"""Finding somebody by name. Nothing shows but names of people at work, a team only where two share a name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andon.people.models import Person

MOST = 10
MOST_CHOSEN = 40


@dataclass(frozen=True, slots=True)
class Found:
    """One person to choose. `apart` tells two of the same name apart, and is empty otherwise."""

    pk: int
    name: str
    apart: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What `me/colleagues.html` shows: who is chosen already, and who was found."""

    who: str
    people: list[Found]
    many: bool

    @property
    def nobody(self) -> bool:
        return len(self.who.strip()) > 1 and not any(not one.chosen for one in self.people)


def choice(request: HttpRequest, many: bool = False) -> Choice:
    """From what was typed (`who`) and chosen (`to`), sent by whichever method. At most three queries."""
    fields = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in fields.getlist("to") if key.isascii() and key.isdigit() and len(key) < 19]
    chosen = list(everybody_but(request.user).filter(pk__in=keys[:MOST_CHOSEN]).select_related("team"))
    who = fields.get("who", "")[:100]
    found = named_like(request.user, who).exclude(pk__in=[person.pk for person in chosen])[:MOST]
    return Choice(who, [*_shown(chosen, True), *_shown(found, False)], many)


def everybody_but(person: Person) -> QuerySet[Person]:
    return Person.objects.at_work().exclude(pk=person.pk)


def named_like(person: Person, who: str) -> QuerySet[Person]:
    """People at work whose name has all the words of `who`; nobody for less than two letters."""
    if len(who.strip()) < 2:
        return Person.objects.none()
    found = everybody_but(person).select_related("team")
    for word in who.split()[:5]:
        found = found.filter(name__icontains=word)
    return found


def _shown(people: Iterable[Person], chosen: bool) -> list[Found]:
    rows = list(people)
    names = Counter(person.name for person in rows)
    return [
        Found(
            person.pk,
            person.name,
            person.team.name if names[person.name] > 1 and person.team else "",
            chosen,
        )
        for person in rows
    ]


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """As somebody types a name."""
    many = request.GET.get("many") == "1"
    return render(request, "me/colleagues.html", {"choice": choice(request, many)})
