"""The board of questions, and a question of its own with its clocks."""

from django.db.models import Prefetch
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.escalations import access
from andon.escalations.models import Entry, Escalation, Naming, Ownership
from andon.people.models import Person
from andon.signals.models import Signal
from andon.web.escalations.board import Board
from andon.web.escalations.chart import chart_of
from andon.web.escalations.clocks import clocks_of
from andon.web.escalations.forms import CloseForm, EntryForm, MechanismForm
from andon.web.escalations.story import story
from andon.web.voice.cards import Card, within

RELATED = (
    "mechanism", "to_team", "to_person", "raised_by", "signal__mechanism", "measure__mechanism",
    "closing__by", "exception", "cluster__mechanism",
)  # fmt: skip
STORY = (
    Prefetch("ownerships", Ownership.objects.select_related("by")),
    Prefetch("entries", Entry.objects.select_related("by")),
    Prefetch("namings", Naming.objects.select_related("by", "mechanism")),
)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return render(
        request, "escalations/board.html", {"board": Board.of(request.user, request.GET, now), "now": now}
    )


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    return page_of(request, visible(request, number))


@require_safe
def clocks(request: HttpRequest, number: int) -> HttpResponse:
    """The clocks alone, asked for every minute by an open page."""
    escalation = visible(request, number)
    return render(request, "escalations/clocks.html", clocks_of(escalation, timezone.now()))


def visible(request: HttpRequest, number: int) -> Escalation:
    """The question, if it is there for this person; otherwise it does not exist."""
    seen = Escalation.objects.visible_to(request.user).with_facts().select_related(*RELATED)
    seen = seen.prefetch_related(*STORY)
    return get_object_or_404(seen, number=number)


def page_of(request: HttpRequest, escalation: Escalation, wrong: Form | None = None) -> HttpResponse:
    """The page of a question; `wrong` is a form that could not be done, shown again with what to mend."""
    readable = access.may_read(request.user, escalation)
    page = {
        **clocks_of(escalation, timezone.now()),
        "readable": readable,
        "signal_seen": readable and _signal_seen(request, escalation),
        "story": story(escalation, readable),
        "chart": chart_of(escalation),
        "card": _card(request.user, escalation) if readable else None,
        **_may(request.user, escalation, wrong),
    }
    return render(request, "escalations/show.html", page, status=422 if wrong else 200)


def _card(person: Person, escalation: Escalation) -> Card | None:
    """The cluster it is about, with what this person may read of it."""
    return within(person, escalation.cluster) if escalation.cluster else None


def _signal_seen(request: HttpRequest, escalation: Escalation) -> bool:
    return (
        bool(escalation.signal_id)
        and Signal.objects.visible_to(request.user).filter(pk=escalation.signal_id).exists()
    )


def _may(person: Person, escalation: Escalation, wrong: Form | None) -> dict:
    """What this person may do here, each as a form; one that was sent and failed is shown as it was sent."""
    kinds = access.kinds_open_to(person, escalation)
    closed = not escalation.is_open
    return {
        "may_own": not closed and escalation.owner != person and access.may_own(person, escalation),
        "entry_form": _form(EntryForm, wrong, kinds=[k for k in kinds if k == "note" or not closed])
        if kinds
        else None,
        "mechanism_form": _form(MechanismForm, wrong)
        if not closed and access.may_name(person, escalation)
        else None,
        "close_form": _form(CloseForm, wrong)
        if not closed and access.may_close(person, escalation)
        else None,
    }


def _form(kind: type[Form], wrong: Form | None, **options) -> Form:
    return wrong if type(wrong) is kind else kind(**options)
