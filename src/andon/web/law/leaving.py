"""Somebody who left: what is kept, answering their request, and erasing them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andon.evidence.law import erasing, holds
from andon.evidence.law.subject_access import everything as pack
from andon.evidence.models import Entry, Erasure, Item
from andon.people.models import Person
from andon.web.law.views import for_partners

PAGE = 50
REASONS = [("leaver", _("They left, and their time is over")), ("request", _("They asked for it"))]


class EraseForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why"),
        choices=[("leaver", _("They left, and their time is over")), ("request", _("They asked for it"))],
    )
    sure = forms.BooleanField(label=_("It cannot be undone, and I am sure"))


def somebody_gone(request: HttpRequest, pk: int) -> Person:
    for_partners(request)
    return get_object_or_404(Person.objects.leavers().exclude(left=None).exclude(pk=request.user.pk), pk=pk)


@require_safe
@never_cache
def leavers(request: HttpRequest) -> HttpResponse:
    for_partners(request)
    gone = Person.objects.leavers().exclude(left=None).order_by("-left", "name")
    q = request.GET.get("q", "").strip()[:100]
    gone = gone.filter(name__icontains=q) if q else gone
    page = Paginator(gone, PAGE).get_page(request.GET.get("page"))
    return render(request, "law/leavers.html", {"page": page, "q": q})


@require_safe
@never_cache
def leaver(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, somebody_gone(request, pk), EraseForm())


def _page(request: HttpRequest, person: Person, form: EraseForm) -> HttpResponse:
    context = {
        "person": person,
        "form": form,
        "held": holds.is_held(person, timezone.now()),
        "items": Item.objects.of(person).count(),
        "entries": Entry.objects.about(person).count(),
        "erased": Erasure.objects.filter(person=person, whole=True).first(),
    }
    return render(request, "law/leaver.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
def everything(request: HttpRequest, pk: int) -> HttpResponse:
    person, now = somebody_gone(request, pk), timezone.now()
    answer = HttpResponse(pack(person, by=request.user, now=now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="subject-access-{person.pk}-{now:%Y-%m-%d}.zip"'
    return answer


@require_POST
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = somebody_gone(request, pk), EraseForm(request.POST)
    if not form.is_valid():
        return _page(request, person, form)
    try:
        erasing.erase_person(person, why=form.cleaned_data["why"], by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, person, form)
    messages.success(
        request, _("Erased. What was said of them is gone; that it was said can still be checked.")
    )
    return redirect("law:leaver", person.pk)
