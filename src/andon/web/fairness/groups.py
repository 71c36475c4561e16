"""Bringing a list of groups: looked at before anything is recorded; and letting go of an attribute."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from andon.culture.fairness import actions
from andon.culture.fairness.models import Attribute, GroupList
from andon.people import saying
from andon.web.fairness.forms import BringForm
from andon.web.fairness.reach import for_auditors

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def bring(request: HttpRequest) -> HttpResponse:
    for_auditors(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            brought = actions.bring(
                given["file"].read(),
                given["purpose"],
                given["legal_basis"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("fairness:preview", brought.pk)
    return render(
        request, "fairness/bring.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


def _mine(request: HttpRequest, pk: int) -> GroupList:
    for_auditors(request)
    return get_object_or_404(GroupList.objects.filter(by=request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How many of each group would be recorded, and which rows are refused; by POST they are."""
    brought = _mine(request, pk)
    if request.method == "POST":
        return _apply(request, brought)
    page = {
        "brought": brought, "counts": _counts(brought.rows), "refused": brought.refused[:MOST],
        "more": max(len(brought.refused) - MOST, 0),
    }  # fmt: skip
    return render(request, "fairness/preview.html", page)


def _counts(rows: list[list[str]]) -> list[tuple[str, list[tuple[str, int]]]]:
    found: dict[str, dict[str, int]] = {}
    for _number, attribute, value in rows:
        groups = found.setdefault(attribute, {})
        groups[value] = groups.get(value, 0) + 1
    return [(name, sorted(groups.items())) for name, groups in sorted(found.items())]


def _apply(request: HttpRequest, brought: GroupList) -> HttpResponse:
    try:
        n = actions.apply(brought, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("fairness:preview", brought.pk)
    done = ngettext("%(n)s row is recorded.", "%(n)s rows are recorded.", n) % {"n": saying.thousands(n)}
    messages.success(request, done)
    return redirect("fairness:home")


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    actions.let_go(_mine(request, pk), by=request.user)
    messages.success(request, _("Nothing of it is kept."))
    return redirect("fairness:home")


@require_POST
def forget(request: HttpRequest, slug: str) -> HttpResponse:
    for_auditors(request)
    attribute = get_object_or_404(Attribute, slug=slug)
    actions.forget(attribute, by=request.user, now=timezone.now())
    messages.success(request, _("Nobody is recorded by it any more. Audits stay as they were."))
    return redirect("fairness:home")
