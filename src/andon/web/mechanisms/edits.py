"""Writing in the register: for who may edit; for everybody else these pages do not exist."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andon.flow import tasks
from andon.mechanisms import actions
from andon.mechanisms.access import may_edit, may_register
from andon.mechanisms.models import Measure, Mechanism
from andon.web.mechanisms.forms import MeasureForm, MechanismForm, PhaseForm, RevisionForm

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def new(request: HttpRequest) -> HttpResponse:
    if not may_register(request.user):
        raise Http404
    form = MechanismForm(request.POST or None)

    def write(fields: dict) -> HttpResponse:
        mechanism = actions.register(fields, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("“%(name)s” is in the register. Now say how it is measured.") % {"name": mechanism.name},
        )
        return redirect("mechanisms:add_measure", mechanism.slug)

    return _filled(request, form, write, title=_("Register a mechanism"), button=_("Register it"))


@form_page
def revise(request: HttpRequest, slug: str) -> HttpResponse:
    mechanism = _editable(request, slug)
    form = RevisionForm(request.POST or None, instance=mechanism)

    def write(fields: dict) -> HttpResponse:
        why = fields.pop("what_changed")
        revised = actions.revise(mechanism, fields, why, by=request.user, now=timezone.now())
        if revised.version == mechanism.version:
            raise ValidationError(
                _("Nothing differs from version %(version)s yet. Change it below.")
                % {"version": mechanism.version}
            )
        messages.success(request, _("Written down as version %(version)s.") % {"version": revised.version})
        return redirect("mechanisms:show", slug)

    title = _("Revise “%(name)s”") % {"name": mechanism.name}
    return _filled(request, form, write, title=title, button=_("Keep the new version"), mechanism=mechanism)


@form_page
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    mechanism = _editable(request, slug)
    if request.method != "POST":
        return render(request, "mechanisms/retire.html", {"mechanism": mechanism, "thing": mechanism})
    actions.retire(mechanism, by=request.user, now=timezone.now())
    messages.success(
        request, _("“%(name)s” is retired. Its history stays readable.") % {"name": mechanism.name}
    )
    return redirect("mechanisms:list")


@form_page
def add_measure(request: HttpRequest, slug: str) -> HttpResponse:
    mechanism = _editable(request, slug)
    form = MeasureForm(request.POST or None)

    def write(fields: dict) -> HttpResponse:
        measure = actions.add_measure(mechanism, fields, by=request.user, now=timezone.now())
        _draw_again()
        messages.success(
            request,
            _("“%(name)s” is on the wall. Its chart shows as soon as there are data.")
            % {"name": measure.name},
        )
        return redirect("mechanisms:measure", slug, measure.slug)

    title = _("A measure for “%(name)s”") % {"name": mechanism.name}
    page = {"title": title, "button": _("Add the measure"), "mechanism": mechanism}
    return _filled(request, form, write, "mechanisms/measure.html", **page)


@form_page
def revise_measure(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    found = _measure(request, slug, measure)
    form = MeasureForm(request.POST or None, instance=found)

    def write(fields: dict) -> HttpResponse:
        actions.revise_measure(found, fields, by=request.user, now=timezone.now())
        _draw_again()
        messages.success(request, _("“%(name)s” is being charted anew.") % {"name": found.name})
        return redirect("mechanisms:measure", slug, measure)

    title = _("Edit “%(name)s”") % {"name": found.name}
    page = {"title": title, "button": _("Keep the changes"), "mechanism": found.mechanism, "measure": found}
    return _filled(request, form, write, "mechanisms/measure.html", **page)


@form_page
def begin_phase(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    found = _measure(request, slug, measure)
    form = PhaseForm(request.POST or None)

    def write(fields: dict) -> HttpResponse:
        starts = datetime.combine(fields["starts"], time.min, UTC)
        actions.begin_phase(found, starts, fields["reason"], by=request.user, now=timezone.now())
        _draw_again()
        messages.success(request, _("The new phase is recorded."))
        return redirect("mechanisms:measure", slug, measure)

    title = _("New limits for “%(name)s”") % {"name": found.name}
    return _filled(request, form, write, title=title, button=_("Begin the phase"), mechanism=found.mechanism)


@form_page
def retire_measure(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    found = _measure(request, slug, measure)
    if request.method != "POST":
        return render(request, "mechanisms/retire.html", {"mechanism": found.mechanism, "thing": found})
    actions.retire_measure(found, by=request.user, now=timezone.now())
    messages.success(request, _("“%(name)s” is no longer watched.") % {"name": found.name})
    return redirect("mechanisms:show", slug)


def _draw_again() -> None:
    """All charts, in the background: false alarms are controlled over all measures together."""
    transaction.on_commit(tasks.refresh.enqueue)


def _filled(
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[dict], HttpResponse],
    template: str = "mechanisms/form.html",
    **context: Any,
) -> HttpResponse:
    """The form, until what is in it can be written."""
    if request.method == "POST" and form.is_valid():
        try:
            return write(dict(form.cleaned_data))
        except ValidationError as error:
            _say(form, error)
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def _say(form: forms.Form, error: ValidationError) -> None:
    """At the field it is about, where the form has that field."""
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in told.items():
        form.add_error(name if name in form.fields else None, sentences)


def _editable(request: HttpRequest, slug: str) -> Mechanism:
    mechanism = get_object_or_404(Mechanism.objects.in_use().select_related("owner", "owner_team"), slug=slug)
    if not may_edit(request.user, mechanism):
        raise Http404
    return mechanism


def _measure(request: HttpRequest, slug: str, measure: str) -> Measure:
    mechanism = _editable(request, slug)
    return get_object_or_404(Measure, mechanism=mechanism, slug=measure, retired_at=None)
