"""The longer forms: drafting a plan from the gap, changing one that HR returned, and one that is under way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.plans import actions
from andon.plans.access import LINE, basis
from andon.plans.models import Examination, Plan
from andon.plans.rules.gate import ATTRIBUTION, lets_through
from andon.plans.rules.targets import Content, Support, Target, checkpoints, from_gap
from andon.plans.words import label
from andon.web.filling import form_page
from andon.web.plans import reach
from andon.web.plans.forms import PlanForm, SupportSet, TargetSet
from andon.web.plans.mine import private

USUAL_DAYS = 60
SOON, LATER = timedelta(days=14), timedelta(days=21)


@form_page
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    examination = reach.examination(request, pk)
    reach.demand(basis(request.user, examination.person) == LINE)
    if plan := Plan.objects.filter(examination=examination).first():
        return redirect("plans:show", plan.pk)
    if not lets_through(examination.gate.unmet, examination.overridden & examination.gate.unmet):
        messages.error(request, _("The gate is closed: nothing can be drafted yet."))
        return redirect("plans:gate", pk)

    def write(content: Content, words: str) -> Plan:
        return actions.propose(examination, content, by=request.user, now=timezone.now())

    return _form(request, examination, from_gate(examination), write, "plans/propose.html")


@form_page
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """What HR sent back."""
    return _change(request, pk, "returned", actions.amend, locked=False)


@form_page
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed over already: it pauses until its receipt is acknowledged again."""
    return _change(request, pk, "", actions.revise, locked=True)


def _change(
    request: HttpRequest, pk: int, stage: str, verb: Callable[..., Plan], locked: bool
) -> HttpResponse:
    plan = reach.plan(request, pk)
    reach.demand(basis(request.user, plan.person) == LINE)
    if not (plan.stage == stage if stage else plan.stage in {"issued", "active", "paused"}):
        messages.error(request, _("It cannot be changed as it stands now."))
        return redirect("plans:show", pk)

    def write(content: Content, words: str) -> Plan:
        return verb(plan, content, words=words, by=request.user, now=timezone.now())

    return _form(
        request, plan.examination, plan.content, write, "plans/change.html", plan=plan, locked=locked
    )


def _form(
    request: HttpRequest, examination: Examination, before: Content, write: Callable[[Content, str], Plan],
    template: str, plan: Plan | None = None, locked: bool = False,
) -> HttpResponse:  # fmt: skip
    data = request.POST or None
    first = {"why": before.why, "days": before.days}
    main = PlanForm(data, initial=first, changes=plan is not None, locked=locked)
    targets = TargetSet(data, prefix="target", initial=[_row(one) for one in before.targets])
    people = owing(request.user, examination)
    supports = SupportSet(
        data, prefix="support", initial=[] if locked else [_row(one) for one in before.supports],
        form_kwargs={"people": people},
    )  # fmt: skip
    if data and all([main.is_valid(), targets.is_valid(), supports.is_valid()]):
        content = _read(main, targets, supports, examination, before, locked)
        try:
            return redirect("plans:show", write(content, main.cleaned_data.get("words", "")).pk)
        except ValidationError as error:
            main.add_error(None, error)
    context = {
        "form": main, "targets": targets, "supports": supports, "examination": examination, "plan": plan,
        "before": before, "label": label(), "locked": locked,
    }  # fmt: skip
    return private(render(request, template, context, status=422 if data else 200))


def _row(one: Any) -> dict[str, Any]:
    names = (*Target.__dataclass_fields__, *Support.__dataclass_fields__)
    return {name: getattr(one, name) for name in names if hasattr(one, name)}


def _read(
    main: PlanForm, targets: Any, supports: Any, examination: Examination, before: Content, locked: bool
) -> Content:
    given = main.cleaned_data
    days = given.get("days") or before.days
    wanted = tuple(_target(one.cleaned_data, examination) for one in targets if _filled(one))
    new = tuple(_support(one.cleaned_data) for one in supports if _filled(one))
    content = replace(before, why=given["why"], days=days, targets=wanted)
    if locked:
        return replace(content, supports=(*before.supports, *new))
    return replace(content, supports=new, checkpoints=checkpoints(timezone.localdate(), days))


def _filled(form: Any) -> bool:
    return any(one not in (None, "") for one in form.cleaned_data.values())


def _target(given: dict[str, Any], examination: Examination) -> Target:
    """A figure is one of the standard’s measure, on the side that is good there."""
    version, figure = examination.version, given["target"] is not None
    return Target(
        what=given["what"], source=given["source"], due=_iso(given["due"]), baseline=given["baseline"],
        target=given["target"], unit=version.unit if figure else "", good=version.good,
        measure=examination.standard.measure_id if figure else None, seen=given["seen"],
    )  # fmt: skip


def _support(given: dict[str, Any]) -> Support:
    owed_by = given["owed_by"].pk if given["owed_by"] else 0
    return Support(given["what"], given["kind"] or "other", owed_by, _iso(given["due"]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def from_gate(examination: Examination) -> Content:
    """A first draft: the target that the gap suggests, and what usually helps."""
    today = timezone.localdate()
    target = _suggested(examination, today + timedelta(days=USUAL_DAYS))
    manager = examination.person.manager_id or examination.by_id
    help_ = (
        Support(_("Read together what customers wrote about it"), "reviews", manager, _iso(today + SOON)),
        Support(_("Sit in on calls with somebody who does this well"), "sit_in", manager, _iso(today + LATER)),
    )  # fmt: skip
    return Content(why="", days=USUAL_DAYS, targets=(target,), supports=help_)


def _suggested(examination: Examination, due: date) -> Target:
    version, standard = examination.version, examination.standard
    facts = examination.gate.conditions[ATTRIBUTION - 1].facts
    if standard.measure and facts.get("adjusted") is not None:
        return from_gap(
            standard.name, adjusted=round(facts["adjusted"], 4), level=round(facts["agreed"], 4), unit=facts["unit"],
            good=version.good, source=_("the chart of %(measure)s") % {"measure": standard.measure.name}, due=due,
            measure=standard.measure_id,
        )  # fmt: skip
    return Target(what=standard.name, source="", due=_iso(due), seen=version.statement)


def owing(by: Person, examination: Examination) -> Any:
    """Who may owe support: whoever proposes, the line above, HR, the team, and who owns the mechanism."""
    person = examination.person
    near = Q(pk=by.pk) | Q(lines_below__below=person) | Q(grants__role="hr_partner")
    if person.team_id:
        near |= Q(team=person.team_id)
    if examination.standard.measure:
        near |= Q(owned_mechanisms=examination.standard.measure.mechanism_id)
    return Person.objects.at_work().filter(near).exclude(pk=person.pk).distinct().order_by("name")
