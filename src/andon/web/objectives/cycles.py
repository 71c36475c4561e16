"""Cycles: everybody sees them, HR partners begin, open and freeze them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from andon.standards import actions
from andon.standards.models import Cycle
from andon.web.filling import filled, form_page, sentences
from andon.web.objectives.forms import CycleForm
from andon.web.objectives.reach import tabs
from andon.web.standards.reach import for_keepers


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    cycles = Cycle.objects.select_related("opened_by", "frozen_by")
    return render(request, "objectives/cycles.html", {"cycles": cycles, **tabs(request)})


@form_page
def new(request: HttpRequest) -> HttpResponse:
    for_keepers(request)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.begin_cycle(**fields, by=request.user, now=timezone.now())
        messages.success(
            request, _("A draft: objectives can be written in it, and check-ins begin when you open it.")
        )
        return redirect("objectives:cycles")

    said = {"title": _("A new cycle"), "button": _("Begin it")}
    return filled(request, CycleForm(request.POST or None), write, "objectives/form.html", **said)


@require_POST
def open_it(request: HttpRequest, slug: str) -> HttpResponse:
    return _moved(request, slug, actions.open_cycle, _("“%(cycle)s” is open."))


@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    return _moved(
        request, slug, actions.freeze_cycle, _("“%(cycle)s” is frozen: nothing in it changes any more.")
    )


def _moved(request: HttpRequest, slug: str, verb: Callable[..., Cycle], told: str) -> HttpResponse:
    for_keepers(request)
    cycle = get_object_or_404(Cycle, slug=slug)
    try:
        verb(cycle, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, told % {"cycle": cycle.name})
    return redirect("objectives:cycles")
