"""What can be done with a plan: a button or a short form each, and one action behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from andon.plans import actions
from andon.plans.access import basis
from andon.plans.models import Plan
from andon.plans.rules.life import ACTS, SELF, offered
from andon.web.filling import sentences
from andon.web.plans import reach
from andon.web.plans.forms import NoteForm, OverrideForm, RefusedForm
from andon.web.plans.verbs import Verb


def mine(verb: Verb) -> Callable[..., HttpResponse]:
    """The view of a verb for the person."""
    return require_POST(partial(_do, verb, reach.my_plan, "plans:my_plan"))


def theirs(verb: Verb) -> Callable[..., HttpResponse]:
    """The view of a verb for the line and HR."""
    return require_POST(partial(_do, verb, reach.plan, "plans:show"))


@dataclass(frozen=True, slots=True)
class Offer:
    """A verb with its form, ready to show."""

    verb: Verb
    form: forms.Form
    url: str
    primary: bool = False


def offers(
    request: HttpRequest, plan: Plan, verbs: tuple[Verb, ...], wrong: forms.Form | None = None
) -> list[Offer]:
    """What this person may try now; a form that was sent and failed is shown as it was sent."""
    right = basis(request.user, plan.person)
    kinds = _offered(request, plan)
    prefix = "plans:my_" if right == SELF else "plans:"
    return [
        Offer(
            verb,
            wrong
            if wrong is not None and getattr(wrong, "verb", "") == verb.name
            else _form(verb, plan, request),
            reverse(f"{prefix}{verb.name}", args=[plan.pk]),
            verb.primary and (verb.kind != "decided" or plan.case.decision_due(timezone.localdate())),
        )
        for verb in verbs
        if verb.kind in kinds
    ]


def _form(verb: Verb, plan: Plan, request: HttpRequest, data: Any = None) -> forms.Form:
    more: dict[str, Any] = {"initial": {"seen": plan.steps.count()}, "auto_id": f"{verb.name}_%s"}
    if verb.form is RefusedForm:
        more |= {"person": plan.person, "by": request.user}
    if verb.form is OverrideForm:
        more |= {"issued": plan.case.issued}
    form = verb.form(data, **more)
    form.verb = verb.name
    return form


def _do(verb: Verb, find: Callable[..., Plan], page: str, request: HttpRequest, pk: int) -> HttpResponse:
    """Reads the form, does the verb, goes back to the page; what was written is not lost on the way."""
    plan = find(request, pk)
    reach.demand(verb.kind in _allowed(request, plan))
    form = _form(verb, plan, request, request.POST)
    if form.is_valid():
        try:
            verb.does(plan, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            if verb.kind not in _offered(request, plan):
                messages.error(request, sentences(error))  # the page has no such form now to show it at
                return redirect(page, pk)
            form.add_error(None, error)
        else:
            messages.success(request, verb.said)
            return redirect(page, pk)
    return _page(page)(request, plan, form)


def _page(name: str) -> Callable[..., HttpResponse]:
    from andon.web.plans import lists, mine  # they show what is offered here

    return mine.page_of if name == "plans:my_plan" else lists.page_of


def _offered(request: HttpRequest, plan: Plan) -> list[str]:
    right = basis(request.user, plan.person) or ""
    return offered(plan.case, by=request.user.pk, basis=right, today=timezone.localdate())


def _allowed(request: HttpRequest, plan: Plan) -> set[str]:
    """Verbs that this person has at all with this plan; whether now, the action says in words."""
    right = basis(request.user, plan.person)
    return {kind for kind, rule in ACTS.items() if right in rule.who}


@require_POST
def note(request: HttpRequest, pk: int, checkpoint: int) -> HttpResponse:
    return noted(request, reach.plan(request, pk), checkpoint, "plans:show")


def noted(request: HttpRequest, plan: Plan, checkpoint: int, page: str) -> HttpResponse:
    one = get_object_or_404(plan.checkpoints.all(), pk=checkpoint)
    form = NoteForm(request.POST, targets=plan.newest.told.targets)
    if form.is_valid():
        try:
            actions.note(
                one, form.cleaned_data["text"], by=request.user, now=timezone.now(), values=form.values
            )
            messages.success(request, _("Written."))
        except ValidationError as error:
            messages.error(request, sentences(error))
    else:
        messages.error(request, _("Write what you see; figures are numbers such as 0.05."))
    return redirect(page, plan.pk)


@require_POST
def look_at_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Computes whether the outcome moved, beside what was to be expected anyway."""
    plan = reach.plan(request, pk)
    try:
        actions.look_at_outcome(plan, by=request.user, now=timezone.now())
        messages.success(request, _("Computed. Everybody concerned sees the same."))
    except ValidationError as error:
        messages.error(request, sentences(error))
    return redirect("plans:show", pk)
