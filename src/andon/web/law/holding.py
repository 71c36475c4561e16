"""Placing and lifting a legal hold."""

import re
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andon.evidence.law import holds
from andon.evidence.models import Hold
from andon.people.models import Person
from andon.web.law.views import for_partners


class Numbers(forms.CharField):
    """Staff numbers, one a line or with commas between, as people."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value) -> list[Person]:
        numbers = [one for one in re.split(r"[\s,;]+", super().clean(value)) if one]
        found = {person.number: person for person in Person.objects.filter(number__in=numbers)}
        if missing := [number for number in numbers if number not in found]:
            raise forms.ValidationError(
                _("Nobody has the number %(numbers)s."), params={"numbers": ", ".join(missing)}
            )
        return list(found.values())


class HoldForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("By which it is found again, such as a case number.")
    )
    reason = forms.CharField(label=_("Why"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    people = Numbers(label=_("Whom it is about"), help_text=_("Staff numbers, one a line."))
    comparators = Numbers(
        label=_("Whose cases are compared"), required=False,
        help_text=_("Staff numbers. What is kept about them is held too: without it nobody can show that like cases "
        "were treated alike."),
    )  # fmt: skip
    ends = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Left empty, it lasts until somebody lifts it."),
    )  # fmt: skip

    def clean_ends(self):
        day: date | None = self.cleaned_data["ends"]
        return day and timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  aware at once


class LiftForm(forms.Form):
    why = forms.CharField(
        label=_("Why it may be lifted"), max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def place(request: HttpRequest) -> HttpResponse:
    for_partners(request)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(form, holds.place, request):
        messages.success(request, _("From now on nothing about them is destroyed."))
        return redirect("law:home")
    return render(request, "law/hold.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    for_partners(request)
    hold = get_object_or_404(Hold.objects.prefetch_related("held__person"), pk=pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _done(form, holds.lift, request, hold):
        messages.success(request, _("Lifted. What is due may go again."))
        return redirect("law:home")
    return render(
        request, "law/lift.html", {"form": form, "hold": hold}, status=422 if form.is_bound else 200
    )


def _done(form: forms.Form, verb, request: HttpRequest, *things) -> bool:
    try:
        verb(*things, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
    except PermissionDenied as refusal:  # one's own case: said where it was tried
        form.add_error(None, str(refusal))
    else:
        return True
    return False
