"""The unfiltered stream of what customers say, and one signal with where it came from."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.escalations.models import Escalation
from andon.mechanisms.models import Mechanism
from andon.people.access import may_bring_data, roles_of
from andon.people.models import Person
from andon.signals.access import SEE_ALL, assignable, may_see_contact
from andon.signals.assigning import last_batch
from andon.signals.models import Signal
from andon.signals.search import Search
from andon.web.part import wants_part
from andon.web.voice.cards import strip
from andon.web.voice.narrowing import Narrowing
from andon.web.voice.raw import Raw

PAGE = 30
MOST_QUESTIONS = 50


@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    search = Search.read(request.GET)
    seen = Signal.objects.visible_to(request.user)
    after = request.GET.get("after", "")
    found = seen.matching(search).page(after, PAGE)
    page = {
        "search": search,
        "after": after,
        "page": found,
        "sortable": sortable(request.user, [signal.pk for signal in found.signals]),
        "narrowing": Narrowing.of(seen, search, scope_of(request.user)),
        "mechanisms": choices(),
        "saved": request.user.saved_views.all(),
        "last_batch": last_batch(request.user),
        "may_bring": may_bring_data(request.user),
        "strip": [] if search or after or wants_part(request) else strip(request.user),
    }
    return render(request, "voice/stream.html" if wants_part(request) else "voice/list.html", page)


@require_safe
def show(request: HttpRequest, key: str) -> HttpResponse:
    signal = visible(request, key)
    contact = may_see_contact(request.user, signal)
    page = {
        "signal": signal,
        "contact": contact,
        "raw": Raw.of(signal, contact),
        "assignments": signal.assignments.select_related("mechanism", "by").order_by("-at", "-pk")[
            :MOST_QUESTIONS
        ],
        "questions": Escalation.objects.visible_to(request.user).filter(signal=signal)[:MOST_QUESTIONS],
        "mechanisms": choices(),
        "sortable": sortable(request.user, [signal.pk]),
    }
    return render(request, "voice/show.html", page)


def sortable(person: Person, keys: list[int]) -> set[int]:
    """Of these signals, those whose mechanism `person` may say."""
    return set(assignable(Signal.objects.filter(pk__in=keys), person).order_by().values_list("pk", flat=True))


def scope_of(person: Person) -> str:
    """Those who read everything count alike."""
    return "all" if roles_of(person) & SEE_ALL else f"person-{person.pk}"


def visible(request: HttpRequest, key: str) -> Signal:
    """The signal, if this person may read it; otherwise it does not exist."""
    seen = Signal.objects.visible_to(request.user)
    related = ("mechanism__owner", "mechanism__owner_team", "suggested", "dataset")
    return get_object_or_404(seen.select_related(*related), key=key)


def choices() -> QuerySet[Mechanism]:
    return Mechanism.objects.filter(retired_at=None).only("slug", "name")
