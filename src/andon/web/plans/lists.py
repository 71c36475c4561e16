"""Plans of a line, or for HR of everybody else; and one of them with what can be done about it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.plans.models import Plan
from andon.plans.queries import line_of, looked_at, owed_by
from andon.plans.words import label, stage_words, titled, today_of
from andon.web.plans import acts, reach, verbs
from andon.web.plans.forms import NoteForm
from andon.web.plans.mine import private
from andon.web.plans.page import told

SHOWN = 100
CHOICE = 200  # names in one list


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    """What is under way, what I owe, which gates were examined, and the way to a gate. By name; nothing is ranked."""
    reach.demand_cases(request)
    if chosen := request.GET.get("person", ""):
        return redirect("plans:way", int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0)
    now = timezone.now()
    seen = (
        Plan.objects.visible_to(request.user)
        .select_related("person__team", "standard")
        .prefetch_related("steps")
    )
    rows = [
        (plan, stage_words(plan.case, today_of(now))) for plan in seen.order_by("person__name", "-pk")[:SHOWN]
    ]
    context = {
        "open": [row for row in rows if row[0].stage != "closed"],
        "closed": [row for row in rows if row[0].stage == "closed"], "owed": owed_by(request.user, now),
        "looked": looked_at(request.user)[:20], **_whom(request),
        "label": label(), "titled": titled(), "today": today_of(now),
    }  # fmt: skip
    return private(render(request, "plans/list.html", context))


def _whom(request: HttpRequest) -> dict[str, Any]:
    """Whom it could be about: all of a short line; of a long one those whose name was asked for."""
    line = line_of(request.user).select_related("team")
    asked = request.GET.get("q", "").strip()[:120]
    everybody = list(line[: CHOICE + 1])
    many = len(everybody) > CHOICE
    found = list(line.filter(Q(name__icontains=asked) | Q(number=asked))[:CHOICE]) if many and asked else []
    return {"people": found if many else everybody, "many": many, "asked": asked}


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    plan = reach.plan(request, pk)
    reach.noted(request, plan.person, titled(), timezone.now())
    return page_of(request, plan)


def page_of(request: HttpRequest, plan: Plan, wrong: forms.Form | None = None) -> HttpResponse:
    context = {
        "page": told(plan, timezone.now()), "offers": acts.offers(request, plan, verbs.OTHERS, wrong), "label": label(),
        "note_form": NoteForm(targets=plan.newest.told.targets, auto_id=False), **writes(request, plan), "mine": False,
    }  # fmt: skip
    return private(render(request, "plans/show.html", context, status=422 if wrong else 200))


def writes(request: HttpRequest, plan: Plan) -> dict[str, bool]:
    """Which of the longer forms are open to this person now."""
    from andon.plans.access import basis
    from andon.plans.rules.life import offered

    kinds = offered(
        plan.case,
        by=request.user.pk,
        basis=basis(request.user, plan.person) or "",
        today=timezone.localdate(),
    )
    return {"may_amend": "amended" in kinds, "may_revise": "revised" in kinds}
