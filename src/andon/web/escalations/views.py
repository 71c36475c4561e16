"""The board of questions, and a question of its own with its clocks."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.escalations import access
from andon.escalations.models import Escalation
from andon.escalations.story import fetch
from andon.people.models import Person
from andon.signals.models import Signal
from andon.web.escalations import acts, whole
from andon.web.escalations.board import Board
from andon.web.escalations.chart import chart_of
from andon.web.escalations.clocks import clocks_of
from andon.web.escalations.story import story
from andon.web.voice.cards import Card, within

RELATED = (
    "mechanism", "to_team", "to_person", "raised_by", "signal__mechanism", "measure__mechanism",
    "closing__by", "exception", "cluster__mechanism", "pin__calendar", "merging__into", "merging__by",
)  # fmt: skip
MOST_ALIKE = 5


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
    seen = Escalation.objects.visible_to(request.user).with_facts().with_marks().select_related(*RELATED)
    return fetch(get_object_or_404(seen, number=number))


def page_of(request: HttpRequest, escalation: Escalation, wrong: Form | None = None) -> HttpResponse:
    """The page of a question; `wrong` is a form that could not be done, shown again with what to mend."""
    now = timezone.now()
    readable = access.may_read(request.user, escalation)
    page = {
        **clocks_of(escalation, now),
        "readable": readable,
        "signal_seen": readable and _signal_seen(request, escalation),
        "story": story(escalation, readable),
        "chart": chart_of(escalation),
        "card": _card(request.user, escalation) if readable else None,
        **whole.of(escalation, request.user, now),
        **acts.of(request.user, escalation, readable, wrong),
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
