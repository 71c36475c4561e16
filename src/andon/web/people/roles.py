"""Roles that are granted: by administrators, on the record."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from andon.people import actions
from andon.people.access import may_grant
from andon.people.models import Grant, Person, Role


@require_safe
def granted(request: HttpRequest) -> HttpResponse:
    for_administrators(request)
    grants = Grant.objects.select_related("person__team", "granted_by").order_by("role", "person__name")
    by_role = [(role, [grant for grant in grants if grant.role == role]) for role in Role]
    return render(request, "people/roles.html", {"by_role": by_role})


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, actions.grant, gettext_noop("%(person)s now has the role: %(role)s."))


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, actions.withdraw, gettext_noop("%(person)s no longer has the role: %(role)s.")
    )


def _change(request: HttpRequest, pk: int, verb: Callable, said: str) -> HttpResponse:
    for_administrators(request)
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    role = request.POST.get("role", "")
    try:
        verb(person, role, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _(said) % {"person": person, "role": Role(role).label})
    return redirect("people:show", pk)


def for_administrators(request: HttpRequest) -> None:
    """For everybody else these pages do not exist."""
    if not may_grant(request.user):
        raise Http404
