"""Key results: added, changed, checked in on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.standards import access, actions
from andon.standards.models import KeyResult
from andon.web.filling import filled, form_page, say, sentences
from andon.web.objectives import views
from andon.web.objectives.forms import CheckInForm, KeyResultForm
from andon.web.objectives.reach import (
    changeable_objective,
    changeable_result,
    visible_objective,
    visible_result,
)


@form_page
def add(request: HttpRequest, pk: int) -> HttpResponse:
    objective = changeable_objective(request, pk)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.add_key_result(objective, by=request.user, now=timezone.now(), **fields)
        messages.success(request, _("Added. Add another one, or check in on it."))
        return redirect("objectives:show", pk)

    said = {"title": _("A key result of “%(title)s”") % {"title": objective.title}, "button": _("Add it")}
    return filled(
        request,
        KeyResultForm(request.POST or None),
        write,
        "objectives/form.html",
        objective=objective,
        **said,
    )


@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    result = changeable_result(request, pk)
    form = KeyResultForm(request.POST or None, initial=_plain(result))

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_key_result(result, by=request.user, now=timezone.now(), **fields)
        messages.success(request, _("Changed. What it said before stays in the audit trail."))
        return redirect("objectives:show", result.objective_id)

    said = {
        "title": _("Change the key result"),
        "button": _("Keep the changes"),
        "objective": result.objective,
    }
    return filled(request, form, write, "objectives/form.html", **said)


def _plain(result: KeyResult) -> dict[str, Any]:
    """As one would type it."""
    kept = {name: getattr(result, name) for name in ("title", "measure", "good", "unit", "weight")}
    ends = {name: getattr(result, name) for name in ("baseline", "target")}
    if result.unit == "share":
        ends = {name: f"{value * 100:.10g} %" for name, value in ends.items()}
    return kept | ends


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    result = changeable_result(request, pk)
    try:
        actions.remove_key_result(result, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("Removed."))
    return redirect("objectives:show", result.objective_id)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    result = visible_result(request, pk)
    if not access.may_check_in(request.user, result.objective):
        raise Http404
    form = CheckInForm(request.POST, auto_id=f"id_{pk}_%s")
    if form.is_valid():
        try:
            actions.check_in(result, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Checked in."))
            return redirect("objectives:show", result.objective_id)
    return views.page_of(request, visible_objective(request, result.objective_id), wrong=form, about=result)
