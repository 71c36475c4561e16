"""What a person sees of gates and plans about themselves: what, why, what help, what they said, how to appeal."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from andon.plans.models import Examination, Plan
from andon.plans.words import label, stage_words, today_of
from andon.web.plans import acts, reach, verbs
from andon.web.plans.forms import NoteForm
from andon.web.plans.page import told


@require_safe
def all_of_mine(request: HttpRequest) -> HttpResponse:
    """Plans, and every look that somebody took at the gate."""
    today = today_of(timezone.now())
    plans = (
        Plan.objects.of(request.user)
        .legible()
        .select_related("standard", "proposed_by")
        .prefetch_related("steps")
    )
    rows = [(plan, stage_words(plan.case, today)) for plan in plans]
    looked = list(Examination.objects.of(request.user).legible().complete())
    return private(render(request, "plans/mine.html", {"rows": rows, "looked": looked, "label": label()}))


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, reach.my_plan(request, pk))


def page_of(request: HttpRequest, plan: Plan, wrong: forms.Form | None = None) -> HttpResponse:
    context = {
        "page": told(plan, timezone.now()), "offers": acts.offers(request, plan, verbs.OWN, wrong), "label": label(),
        "note_form": NoteForm(targets=plan.newest.told.targets, auto_id=False), "mine": True,
    }  # fmt: skip
    return private(render(request, "plans/my_plan.html", context, status=422 if wrong else 200))


@require_safe
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    examination = reach.my_gate(request, pk)
    context = {
        "examination": examination,
        "conditions": examination.gate.conditions,
        "label": label(),
        "mine": True,
    }
    return private(render(request, "plans/my_gate.html", context))


@require_POST
def note(request: HttpRequest, pk: int, checkpoint: int) -> HttpResponse:
    return acts.noted(request, reach.my_plan(request, pk), checkpoint, "plans:my_plan")


def private(answer: HttpResponse) -> HttpResponse:
    """Stays with who reads it, not with the machine they share."""
    answer["Cache-Control"] = "private, no-store"
    return answer
