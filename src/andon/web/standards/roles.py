"""Job roles: everybody reads them, HR partners keep them and say who holds which."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from andon.people.models import Person
from andon.standards import access, actions
from andon.standards.models import Holding, JobRole, StandardVersion
from andon.web.filling import filled, form_page, sentences
from andon.web.standards.bars import level_words, where_words
from andon.web.standards.forms import AssignForm, EndHoldingForm, RoleForm, today_in
from andon.web.standards.reach import for_keepers, tabs

PAGE = 50


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    versions = Q(standards__versions__agreed_at__isnull=False, standards__versions__starts__lte=today)
    versions &= Q(standards__versions__ends=None) | Q(standards__versions__ends__gt=today)
    roles = JobRole.objects.in_use().annotate(
        bars=Count("standards__versions", filter=versions, distinct=True)
    )
    return render(request, "standards/roles.html", {"roles": roles, **tabs(request)})


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    role = get_object_or_404(JobRole.objects.visible_to(request.user), slug=slug)
    today = timezone.localdate()
    versions = StandardVersion.objects.filter(standard__job_role=role).with_all()
    page = {
        "role": role,
        "bars": _bars(versions.in_force(today)),
        "coming": _bars(versions.agreed().filter(starts__gt=today)),
        "drafts": _bars(versions.drafts()) if access.may_set_standards(request.user) else [],
        "holders": _holders(request, role),
        "today": today,
        **tabs(request),
    }
    return render(request, "standards/role.html", page)


def _bars(versions: Iterable[StandardVersion]) -> list[tuple[StandardVersion, str, str]]:
    return [
        (one, level_words(one), where_words(one))
        for one in versions.order_by("standard__name", "standard__team")
    ]


def _holders(request: HttpRequest, role: JobRole) -> Any:
    """Who holds it now or will, by name; of others than one hears of, nobody."""
    held = Holding.objects.filter(job_role=role, person__in=access.heard_by(request.user).values("pk"))
    held = held.filter(Q(ends=None) | Q(ends__gt=timezone.localdate())).select_related("person__team")
    return Paginator(held.order_by("person__name", "pk"), PAGE).get_page(request.GET.get("page"))


@form_page
def new(request: HttpRequest) -> HttpResponse:
    for_keepers(request)

    def write(fields: dict[str, Any]) -> HttpResponse:
        role = actions.add_role(**fields, by=request.user, now=timezone.now())
        messages.success(
            request, _("“%(role)s” is there. Now say what is expected of it.") % {"role": role.name}
        )
        return redirect("standards:role", role.slug)

    said = {"title": _("A new role"), "button": _("Write it down")}
    return filled(request, RoleForm(request.POST or None), write, "standards/form.html", **said)


@form_page
def change(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    role = get_object_or_404(JobRole, slug=slug)
    now_said = {"name": role.name, "purpose": role.purpose, "serves": role.serves}
    form = RoleForm(request.POST or None, initial=now_said)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.change_role(role, **fields, by=request.user, now=timezone.now())
        messages.success(request, _("Changed. What it said before stays in the audit trail."))
        return redirect("standards:role", role.slug)

    said = {
        "title": _("Change “%(role)s”") % {"role": role.name},
        "button": _("Keep the changes"),
        "role": role,
    }
    return filled(request, form, write, "standards/form.html", **said)


@require_POST
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    role = get_object_or_404(JobRole, slug=slug)
    try:
        actions.retire_role(role, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
        return redirect("standards:role", role.slug)
    messages.success(request, _("“%(role)s” is retired. Its history stays readable.") % {"role": role.name})
    return redirect("standards:roles")


@form_page
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    role = get_object_or_404(JobRole.objects.in_use(), slug=slug)
    form = (
        AssignForm(request.POST) if request.method == "POST" else today_in(AssignForm, timezone.localdate())
    )

    def write(fields: dict[str, Any]) -> HttpResponse:
        people = _chosen(fields)
        held = actions.assign_role(
            role,
            people,
            starts=fields["starts"],
            replace=fields["replace"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _assigned(len(held), len(people)))
        return redirect("standards:role", role.slug)

    said = {
        "title": _("Who is “%(role)s”?") % {"role": role.name},
        "button": _("Give the role"),
        "role": role,
    }
    return filled(request, form, write, "standards/form.html", **said)


def _chosen(fields: dict[str, Any]) -> list[Person]:
    titled = actions.titled(fields["title"]) if fields["title"] else []
    return list({person.pk: person for person in (*titled, *fields["people"])}.values())


def _assigned(new: int, chosen: int) -> str:
    told = ngettext("One person has the role now.", "%(n)s people have the role now.", new) % {
        "n": f"{new:,}"
    }
    kept = chosen - new
    if not kept:
        return told
    return f"{told} " + ngettext("One had it already.", "%(n)s had it already.", kept) % {"n": f"{kept:,}"}


@require_POST
def end_holding(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    holding = get_object_or_404(Holding.objects.select_related("job_role", "person"), pk=pk)
    form = EndHoldingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the first day without the role."))
        return redirect("standards:role", holding.job_role.slug)
    try:
        actions.end_holding(holding, ends=form.cleaned_data["ends"], by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
    else:
        messages.success(request, _("Ended for %(name)s.") % {"name": holding.person.name})
    return redirect("standards:role", holding.job_role.slug)
