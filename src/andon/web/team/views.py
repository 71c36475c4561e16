"""My team: the mechanisms before the people, and people by name."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from andon.people.access import MANAGER, is_any
from andon.people.models import Person
from andon.web.team.page import gathered
from andon.web.team.people import with_what_is_next
from andon.web.team.processes import processes
from andon.web.team.reach import read_person

PAGE = 40


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    if not is_any(request.user, MANAGER):
        raise Http404
    now = timezone.now()
    reports = Person.objects.at_work().filter(manager=request.user).select_related("team")
    page = Paginator(reports, PAGE).get_page(request.GET.get("page"))
    context = {
        "processes": processes(request.user),
        "page": page,
        "people": with_what_is_next(list(page), request.user, now),
        "now": now,
        "today": timezone.localdate(now),
    }
    return render(request, "team/hub.html", context)


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    now = timezone.now()
    found, right = read_person(
        request, pk, gettext_noop("Their page: what is expected, coaching, promises"), now
    )
    return render(request, "team/person.html", gathered(request.user, found, right, now))
