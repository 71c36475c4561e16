"""Writing, changing and giving up objectives; notes beside frozen ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.standards import access, actions
from andon.standards.models import Cycle
from andon.web.filling import filled, form_page, say
from andon.web.objectives import views
from andon.web.objectives.forms import NewObjectiveForm, NoteForm, ObjectiveForm, WhyForm
from andon.web.objectives.reach import changeable_objective, visible_objective


@form_page
def new(request: HttpRequest) -> HttpResponse:
    form = NewObjectiveForm(request.POST or None, by=request.user, initial=_begun(request))

    def write(_fields: dict[str, Any]) -> HttpResponse:
        try:
            made = actions.write_objective(by=request.user, now=timezone.now(), **form.fields_of())
        except PermissionDenied as denied:
            raise ValidationError(str(denied)) from None
        messages.success(request, _("Written down. Now say how one will know."))
        return redirect("objectives:add_result", made.pk)

    said = {"title": _("A new objective"), "button": _("Write it down")}
    return filled(request, form, write, "objectives/form.html", **said)


def _begun(request: HttpRequest) -> dict[str, Any]:
    """The open cycle, and whatever the link says it stands under."""
    cycle = Cycle.objects.filter(opened_at__isnull=False, frozen_at=None).first()
    under = request.GET.get("under", "")
    begun: dict[str, Any] = {"cycle": cycle.pk if cycle else None}
    return begun | ({"parent": int(under)} if under.isascii() and under.isdigit() and len(under) < 19 else {})


@form_page
def change(request: HttpRequest, pk: int) -> HttpResponse:
    objective = changeable_objective(request, pk)
    now_said = {
        name: getattr(objective, name) for name in ("title", "why", "parent", "measure", "mechanism", "due")
    }
    form = ObjectiveForm(request.POST or None, by=request.user, owner=objective.person, initial=now_said)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_objective(objective, by=request.user, now=timezone.now(), **fields)
        messages.success(request, _("Changed."))
        return redirect("objectives:show", pk)

    said = {"title": _("Change the objective"), "button": _("Keep the changes"), "objective": objective}
    return filled(request, form, write, "objectives/form.html", **said)


@form_page
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    objective = changeable_objective(request, pk)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.drop_objective(objective, fields["why"], by=request.user, now=timezone.now())
        messages.success(request, _("Given up. It stays readable, with the reason."))
        return redirect("objectives:show", pk)

    said = {"title": _("Give it up?"), "button": _("Give it up"), "objective": objective}
    return filled(request, WhyForm(request.POST or None), write, "objectives/form.html", **said)


@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    objective = visible_objective(request, pk)
    if not access.may_check_in(request.user, objective):
        raise Http404
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.correct(objective, form.cleaned_data["text"], by=request.user, now=timezone.now())
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(request, _("Noted beside it."))
            return redirect("objectives:show", pk)
    return views.page_of(request, objective, wrong=form)
