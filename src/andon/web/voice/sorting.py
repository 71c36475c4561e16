"""Giving signals their mechanism: one, those that are ticked, or all that a search finds."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from andon.mechanisms.models import Mechanism
from andon.people import saying
from andon.signals import actions
from andon.signals.models import Signal
from andon.signals.search import NOBODY, Search
from andon.web.voice.views import choices, visible

MOST_TICKED = 500


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    search = Search.read({name[2:]: value for name, value in request.POST.items() if name.startswith("s-")})
    try:
        signals, mechanism = chosen(request, search), wanted(request)
        n = actions.assign(signals, mechanism, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said(n, mechanism))
    return redirect(f"{reverse('voice:list')}?{search.query()}")


@require_POST
def assign_one(request: HttpRequest, key: str) -> HttpResponse:
    signal = visible(request, key)
    try:
        mechanism = wanted(request)
        basis = "suggestion" if mechanism and mechanism == signal.suggested else "person"
        actions.assign(signal, mechanism, by=request.user, now=timezone.now(), basis=basis)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if request.htmx:
            return _chip(request, signal, mechanism)
        messages.success(request, said(1, mechanism))
    return _back(request, signal)


def _chip(request: HttpRequest, signal: Signal, mechanism: Mechanism | None) -> HttpResponse:
    """What stands in place of the suggestion now."""
    return render(
        request, "voice/mechanism.html", {"signal": signal, "mechanism": mechanism, "just_now": True}
    )


def _back(request: HttpRequest, signal: Signal) -> HttpResponse:
    """To the signal, unless what was done has moved it out of sight."""
    if Signal.objects.visible_to(request.user).filter(pk=signal.pk).exists():
        return redirect("voice:show", signal.key)
    return redirect("voice:list")


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    try:
        n = actions.undo(request.POST.get("batch", ""), by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            ngettext("Taken back for %(n)s signal.", "Taken back for %(n)s signals.", n)
            % {"n": saying.few(n)},
        )
    return redirect("voice:list")


def chosen(request: HttpRequest, search: Search) -> QuerySet[Signal]:
    """What was ticked, or everything the search finds when "all that match" is."""
    seen = Signal.objects.visible_to(request.user)
    if request.POST.get("all"):
        return seen.matching(search)
    ticked = request.POST.getlist("key")[:MOST_TICKED]
    if not ticked:
        raise ValidationError(_("Tick at least one signal, or “all that match”."))
    return seen.filter(key__in=ticked)


def wanted(request: HttpRequest) -> Mechanism | None:
    slug = request.POST.get("mechanism", "")
    if slug == NOBODY:
        return None
    if not slug:
        raise ValidationError(_("Choose the mechanism they are about."))
    return get_object_or_404(choices(), slug=slug)


def said(n: int, mechanism: Mechanism | None) -> str:
    if mechanism is None:
        told = ngettext("%(n)s signal has no mechanism now.", "%(n)s signals have no mechanism now.", n)
    else:
        told = ngettext(
            "%(n)s signal now belongs to %(mechanism)s.", "%(n)s signals now belong to %(mechanism)s.", n
        )
    return capfirst(told % {"n": saying.few(n), "mechanism": mechanism})
