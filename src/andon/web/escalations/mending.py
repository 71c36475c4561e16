"""A change and its test: planned, in place, watched, judged."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.escalations import access, actions, watching
from andon.escalations.models import Countermeasure, Escalation
from andon.mechanisms.models import Measure
from andon.web.escalations import fixes
from andon.web.escalations.mending_forms import DropForm, InPlaceForm, PlanForm, WatchOnForm
from andon.web.escalations.turning import access_or_404
from andon.web.escalations.views import visible
from andon.web.escalations.writing import plainly, say


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, number: int) -> HttpResponse:
    escalation = visible(request, number)
    access_or_404(request, escalation, access.may_own)
    if request.method != "POST":
        on_measure = request.GET.get("on_measure") == "1"
        return _plan_page(request, escalation, PlanForm(escalation=escalation, on_measure=on_measure))
    form = PlanForm(request.POST, escalation=escalation)
    said = _("Planned. Its test is written down and stays as it is.")
    if form.is_valid() and say(request, form, said, actions.plan_fix, escalation, **form.said):
        return redirect("escalations:show", number)
    return _plan_page(request, escalation, form, 422)


def _plan_page(
    request: HttpRequest, escalation: Escalation, form: PlanForm, status: int = 200
) -> HttpResponse:
    page = {"escalation": escalation, "form": form, "base": fixes.baseline_of(form.chosen, timezone.now())}
    return render(request, "escalations/plan.html", page, status=status)


@require_safe
def baseline(request: HttpRequest) -> HttpResponse:
    """What the chart of a measure shows now, as somebody chooses it."""
    pk = request.GET.get("measure", "")
    measure = Measure.objects.visible_to(request.user).filter(pk=pk).first() if _is_key(pk) else None
    return render(request, "escalations/baseline.html", {"base": fixes.baseline_of(measure, timezone.now())})


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


@require_safe
def show(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _page(request, *_fix(request, number, pk))


@require_POST
def put_in_place(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    said = _("It is in place and watched from now on.")
    return _do(request, number, pk, InPlaceForm, actions.put_in_place, said)


@require_POST
def watch_on(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _do(request, number, pk, WatchOnForm, actions.watch_on, _("It is watched longer."))


@require_POST
def drop(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _do(request, number, pk, DropForm, actions.drop_fix, _("It is not done. Why stays in the story."))


@require_POST
def judge(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    from andon.flow import story

    escalation, fix = _fix(request, number, pk)
    access_or_404(request, escalation, access.may_own)
    plainly(request, _("Judged by the chart."), story.judge_one, fix)
    return redirect("escalations:fix", number, pk)


def _do(request: HttpRequest, number: int, pk: int, kind, verb, said: str) -> HttpResponse:
    escalation, fix = _fix(request, number, pk)
    access_or_404(request, escalation, access.may_own)
    form = kind(request.POST)
    if form.is_valid() and say(request, form, said, verb, fix, **form.cleaned_data):
        return redirect("escalations:fix", number, pk)
    return _page(request, escalation, fix, form)


def _fix(request: HttpRequest, number: int, pk: int) -> tuple[Escalation, Countermeasure]:
    escalation = visible(request, number)
    if pk >= 2**63:
        raise Http404
    rows = Countermeasure.objects.select_related(
        "mechanism", "measure__mechanism", "watched__mechanism", "in_place__by", "dropping__by", "by"
    ).prefetch_related("judgements__by", "judgements__phase", "extensions__by")
    fix = get_object_or_404(rows, escalation=escalation, pk=pk)
    fix.escalation = escalation
    return escalation, fix


def _page(request: HttpRequest, escalation: Escalation, fix: Countermeasure, wrong=None) -> HttpResponse:
    now = timezone.now()
    page = {
        "escalation": escalation,
        "fix": fixes.fix_of(fix, now),
        "picture": fixes.picture_of(fix.measure, [fix]),
        "side_picture": fixes.picture_of(fix.watched, [fix]) if fix.watched else "",
        "so_far": watching.so_far(fix, now),
        **_may(request, escalation, fix, wrong),
    }
    return render(request, "escalations/fix.html", page, status=422 if wrong else 200)


def _may(request: HttpRequest, escalation: Escalation, fix: Countermeasure, wrong) -> dict:
    """The acts that fit how it stands, for who may do them."""
    if not access.may_own(request.user, escalation):
        return {}
    fitting = fixes.acts_of(fix, escalation, timezone.now())
    forms = {"in_place": InPlaceForm, "watch_on": WatchOnForm, "drop": DropForm}
    found = {f"{name}_form": _form(kind, wrong) for name, kind in forms.items() if name in fitting}
    return found | {"may_judge": "judge" in fitting}


def _form(kind, wrong):
    return wrong if isinstance(wrong, kind) else kind()
