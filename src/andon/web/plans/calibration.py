"""Calibration meetings: prepared by HR, read by whoever was invited, closed with minutes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from andon.people.access import MANAGER, is_any
from andon.people.models import Person
from andon.plans.access import is_hr
from andon.plans.actions import calibrating
from andon.plans.models import Case, Change, Meeting, Plan, Remark
from andon.standards.models import Standard
from andon.web.filling import filled, form_page, sentences
from andon.web.plans import reach
from andon.web.plans.forms import DATE, text
from andon.web.plans.mine import private


class MeetingForm(forms.Form):
    title = forms.CharField(label=_("What it is about"), max_length=160)
    on = forms.DateField(label=_("When"), widget=DATE)
    purpose = text(_("What is to be clear afterwards"))
    invited = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who takes part"), required=False,
        help_text=_("Managers and HR partners. Each sees standards, and plans of their own line only."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        leads = Q(reports__is_active=True) | Q(grants__role="hr_partner")
        self.fields["invited"].queryset = Person.objects.at_work().filter(leads).distinct()


class CaseForm(forms.Form):
    standard = forms.ModelChoiceField(Standard.objects.none(), label=_("Standard"))
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Plan"), required=False, help_text=_("Without one it is about the standard.")
    )  # fmt: skip
    question = text(_("What is the question?"), rows=2)

    def __init__(self, *args: Any, by: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["standard"].queryset = Standard.objects.in_use().select_related("job_role")
        self.fields["standard"].label_from_instance = lambda one: f"{one.job_role.name}: {one.name}"
        plans = Plan.objects.visible_to(by).select_related("person", "standard")
        self.fields["plan"].queryset = plans
        self.fields["plan"].label_from_instance = lambda one: f"{one.person.name}: {one.standard.name}"


class RemarkForm(forms.Form):
    case = forms.ModelChoiceField(
        Case.objects.none(), label=_("Of"), required=False, empty_label=_("the whole meeting")
    )
    text = text(_("What was said"), rows=2)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda one: one.question[:80]


class ChangeForm(forms.Form):
    case = forms.ModelChoiceField(Case.objects.none(), label=_("Of"))
    before = text(_("What it was"), rows=2)
    after = text(_("What it is now"), rows=2)
    reason = text(_("Why"), rows=2)

    def __init__(self, *args: Any, cases: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases
        self.fields["case"].label_from_instance = lambda one: one.question[:80]


class MinutesForm(forms.Form):
    text = text(_("Minutes"), rows=5)


@form_page
def meetings(request: HttpRequest) -> HttpResponse:
    """HR prepares; whoever was invited finds theirs. Others are told of nothing."""
    seen = Meeting.objects.visible_to(request.user).complete()
    hr = is_hr(request.user)
    reach.demand(hr or (request.method != "POST" and (is_any(request.user, MANAGER) or seen.exists())))
    form = MeetingForm(request.POST or None)

    def write(given: dict) -> HttpResponse:
        made = calibrating.prepare(**given, by=request.user, now=timezone.now())
        return redirect("plans:meeting", made.pk)

    return private(filled(request, form, write, "plans/meetings.html", meetings=seen, prepares=hr))


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, _seen(request, pk))


def _seen(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(Meeting.objects.visible_to(request.user).complete(), pk=pk)


def page_of(request: HttpRequest, one: Meeting, **wrong: forms.Form) -> HttpResponse:
    cases = _cases(request, one)
    hr = is_hr(request.user) and not one.closed
    context = {
        "meeting": one, "cases": cases, "remarks": one.remarks.filter(case=None).select_related("by"),
        "case_form": wrong.get("case") or (CaseForm(by=request.user, auto_id="case_%s") if hr else None),
        "remark_form": wrong.get("remark") or (None if one.closed else RemarkForm(cases=cases, auto_id="remark_%s")),
        "change_form": wrong.get("change") or (ChangeForm(cases=cases, auto_id="change_%s") if hr and cases else None),
        "close_form": wrong.get("close") or (MinutesForm(auto_id="close_%s") if hr else None),
    }  # fmt: skip
    return private(render(request, "plans/meeting.html", context, status=422 if wrong else 200))


def _cases(request: HttpRequest, one: Meeting) -> Any:
    seen = one.cases.visible_to(request.user).select_related("standard__job_role", "plan__person")
    said = Prefetch("remarks", Remark.objects.select_related("by"))
    return seen.prefetch_related(said, Prefetch("changes", Change.objects.select_related("by")))


@require_POST
def add_case(request: HttpRequest, pk: int) -> HttpResponse:
    one = _of_hr(request, pk)
    return _do(
        request,
        one,
        "case",
        CaseForm(request.POST, by=request.user),
        lambda given: calibrating.add_case(one, **given, **_by(request)),
    )


@require_POST
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    one = _seen(request, pk)
    form = RemarkForm(request.POST, cases=_cases(request, one))
    return _do(request, one, "remark", form, lambda given: calibrating.remark(one, **given, **_by(request)))


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = _of_hr(request, pk)
    form = ChangeForm(request.POST, cases=_cases(request, one))
    return _do(request, one, "change", form, lambda given: calibrating.change(**given, **_by(request)))


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    one = _of_hr(request, pk)
    return _do(
        request,
        one,
        "close",
        MinutesForm(request.POST),
        lambda given: calibrating.close(one, **given, **_by(request)),
    )


def _of_hr(request: HttpRequest, pk: int) -> Meeting:
    reach.demand(is_hr(request.user))
    return _seen(request, pk)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


def _do(
    request: HttpRequest, one: Meeting, name: str, form: forms.Form, does: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if not form.is_valid():
        return page_of(request, one, **{name: form})
    try:
        does(form.cleaned_data)
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("Written."))
    return redirect("plans:meeting", one.pk)
