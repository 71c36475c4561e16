"""The staff directory: who works in which team, and what the team answers for."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.evidence.access import HR, LINE, basis
from andon.mechanisms.models import Mechanism
from andon.people.access import in_line, may_bring_people, may_grant
from andon.people.models import Person, Role, Team
from andon.web.part import wants_part
from andon.web.people.directory import Directory

MOST_MEMBERS = 200


def looked_up(viewer: Person) -> QuerySet[Person]:
    """Whom `viewer` may look up here; those who left are for HR partners and administrators only."""
    seen = Person.objects.visible_to(viewer)
    return seen if may_bring_people(viewer) else seen.at_work()


@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    leavers = may_bring_people(request.user)
    directory = Directory.of(looked_up(request.user), request.GET, leavers)
    template = "people/found.html" if wants_part(request) else "people/list.html"
    page = {"directory": directory, "may_see_leavers": leavers, "may_grant": may_grant(request.user)}
    return render(request, template, page)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    people = looked_up(request.user).select_related("team", "manager")
    person = get_object_or_404(people, pk=pk)
    page = {
        "person": person,
        "more": person == request.user or may_bring_people(request.user) or in_line(request.user, person),
        "reports": looked_up(request.user).at_work().filter(manager=person)[:MOST_MEMBERS],
        "mechanisms": Mechanism.objects.filter(owner=person, retired_at=None),
        "may_grant": may_grant(request.user),
        "theirs": basis(request.user, person) in {LINE, HR},
    }
    if page["may_grant"]:
        page |= {"roles": Role, "held": set(person.grants.values_list("role", flat=True))}
    return render(request, "people/show.html", page)


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    owned = Prefetch("owned_mechanisms", Mechanism.objects.filter(retired_at=None), to_attr="owns")
    used = Prefetch("used_mechanisms", Mechanism.objects.filter(retired_at=None), to_attr="uses")
    return render(
        request,
        "people/teams.html",
        {"teams": Team.objects.select_related("parent").prefetch_related(owned, used)},
    )


@require_safe
def team(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Team.objects.select_related("parent"), slug=slug)
    page = {
        "team": found,
        "parts": found.parts.all(),
        "owns": found.owned_mechanisms.filter(retired_at=None),
        "uses": found.used_mechanisms.filter(retired_at=None),
        "members": looked_up(request.user)
        .at_work()
        .filter(team=found)
        .select_related("manager")[:MOST_MEMBERS],
    }
    return render(request, "people/team.html", page)
