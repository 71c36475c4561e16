"""The way to a plan: first why one looks, then the six conditions, and only then a draft."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from andon.growth.queries.process import mechanism_of
from andon.plans import actions
from andon.plans.access import HR, LINE, basis
from andon.plans.actions.gates import WHAT
from andon.plans.actions.proposing import FRESH
from andon.plans.models import Examination, Plan
from andon.plans.rules.gate import lets_through
from andon.plans.words import label
from andon.standards.queries import in_force_for
from andon.web.filling import filled, form_page, sentences
from andon.web.plans import reach
from andon.web.plans.forms import ExamineForm, OverrideGateForm
from andon.web.plans.mine import private


@form_page
def way(request: HttpRequest, pk: int) -> HttpResponse:
    """Which standard, and why: written before anything is shown."""
    person, now = reach.somebody(request, pk), timezone.now()
    if request.method != "POST":
        reach.noted(request, person, gettext_noop("The way to a plan"), now)
    versions = in_force_for(person, timezone.localdate(now))
    form = ExamineForm(request.POST or None, versions=versions)

    def write(given: dict) -> HttpResponse:
        made = actions.examine(person, given["version"], given["reason"], by=request.user, now=now)
        return redirect("plans:gate", made.pk)

    looked = Examination.objects.of(person).complete()[:20]
    context = {"person": person, "versions": versions, "looked": looked, "label": label()}
    return private(filled(request, form, write, "plans/way.html", **context))


@require_safe
def gate(request: HttpRequest, pk: int) -> HttpResponse:
    examination = reach.examination(request, pk)
    reach.noted(request, examination.person, WHAT, timezone.now())
    return _page(request, examination, None)


def _page(request: HttpRequest, examination: Examination, wrong: OverrideGateForm | None) -> HttpResponse:
    context = {
        "examination": examination, "conditions": examination.gate.conditions, "label": label(),
        "mechanism": mechanism_of(examination.standard), **_may(request, examination, wrong),
    }  # fmt: skip
    return private(render(request, "plans/gate.html", context, status=422 if wrong else 200))


def _may(request: HttpRequest, examination: Examination, wrong: OverrideGateForm | None) -> dict:
    """Whether this person may draft, or make an exception, and if not, why."""
    right, gate = basis(request.user, examination.person), examination.gate
    through = lets_through(gate.unmet, examination.overridden & gate.unmet)
    fresh = timezone.now() - examination.at <= FRESH
    plan = Plan.objects.filter(examination=examination).first()
    other = Plan.objects.of(examination.person).open().exclude(examination=examination).exists()
    left = gate.unmet - examination.overridden
    makes = right == HR and left and not examination.overridden and examination.by_id != request.user.pk
    form = wrong or (OverrideGateForm(unmet=gate.unmet) if makes else None)
    return {
        "through": through, "fresh": fresh, "plan": plan, "other": other, "form": form, "in_line": right == LINE,
        "may_draft": through and fresh and right == LINE and plan is None and not other,
    }  # fmt: skip


@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """HR leaves out one condition, with a reason that the person reads."""
    examination = reach.examination(request, pk)
    reach.demand(basis(request.user, examination.person) == HR)
    form = OverrideGateForm(request.POST)
    if not form.is_valid():
        return _page(request, examination, form)
    try:
        given = form.cleaned_data
        actions.override(
            examination, given["condition"], given["reason"], by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("The exception is noted, for the person to read."))
    return redirect("plans:gate", pk)
