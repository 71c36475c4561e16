"""Drafting, agreeing, revising and ending standards: for HR partners; for others these pages do not exist."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.standards import actions
from andon.standards.models import JobRole, Standard, StandardVersion
from andon.web.filling import filled, form_page, say
from andon.web.standards import views
from andon.web.standards.forms import (
    AgreeForm,
    BringInForm,
    EndForm,
    StandardForm,
    VersionForm,
    today_in,
)
from andon.web.standards.reach import for_keepers, visible_standard


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    for_keepers(request)
    role = get_object_or_404(JobRole.objects.in_use(), slug=slug)

    def write(fields: dict[str, Any]) -> HttpResponse:
        draft = actions.draft_standard(role, **fields, by=request.user, now=timezone.now())
        messages.success(request, _("A draft: nobody is held to it until it is agreed."))
        return redirect("standards:standard", draft.standard_id)

    said = {
        "title": _("What is expected of “%(role)s”?") % {"role": role.name},
        "button": _("Keep the draft"),
        "role": role,
    }
    return filled(request, StandardForm(request.POST or None), write, "standards/form.html", **said)


@form_page
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft of the next version, or of the first; begun with the words of the one before."""
    for_keepers(request)
    standard = visible_standard(request, pk)
    newest = standard.versions.order_by("-number").first()
    if newest is None or (newest.number == 1 and newest.is_draft):
        return _rewrite(request, standard, newest)
    form = VersionForm(
        request.POST or None, initial=_words(newest), first=False, measured=standard.measure_id is not None
    )

    def write(fields: dict[str, Any]) -> HttpResponse:
        draft = actions.draft_version(standard, **fields, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("Version %(n)s is a draft: nobody is held to it until it is agreed.") % {"n": draft.number},
        )
        return redirect("standards:standard", pk)

    title = _("A new version of “%(name)s”")
    said = {"title": title % {"name": standard.name}, "button": _("Keep the draft"), "standard": standard}
    return filled(request, form, write, "standards/form.html", **said)


def _rewrite(request: HttpRequest, standard: Standard, draft: StandardVersion | None) -> HttpResponse:
    """What was never agreed may be written anew, also what it is called and about."""
    about = ("name", "team", "measure", "behaviour", "outcome_measure")
    initial = {name: getattr(standard, name) for name in about} | _words(draft)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.redraft_standard(standard, **fields, by=request.user, now=timezone.now())
        messages.success(request, _("A draft: nobody is held to it until it is agreed."))
        return redirect("standards:standard", standard.pk)

    said = {
        "title": _("The words of “%(name)s”") % {"name": standard.name},
        "button": _("Keep the draft"),
        "standard": standard,
    }
    return filled(
        request, StandardForm(request.POST or None, initial=initial), write, "standards/form.html", **said
    )


def _words(version: StandardVersion | None) -> dict[str, Any]:
    if version is None:
        return {}
    kept = {"statement": version.statement, "level": _plain(version), "serves": version.serves}
    return kept | ({"why_changed": version.why_changed} if version.is_draft else {})


def _plain(version: StandardVersion) -> str | float | None:
    """As one would type it."""
    if version.level is None or version.unit != "share":
        return version.level
    return f"{version.level * 100:.10g} %"


def _draft(standard: Standard) -> StandardVersion:
    draft = standard.versions.drafts().first()
    if draft is None:
        raise Http404
    return draft


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    standard = visible_standard(request, pk)
    form, draft = AgreeForm(request.POST), _draft(standard)
    if form.is_valid():
        try:
            agreed = actions.agree(draft, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as error:
            say(form, error)
        else:
            messages.success(
                request,
                _("Agreed: version %(n)s holds from %(day)s. Whom it concerns can read it now.")
                % {"n": agreed.number, "day": agreed.starts.isoformat()},
            )
            return redirect("standards:standard", pk)
    return views.page_of(request, standard, wrong=form)


@form_page
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    standard = visible_standard(request, pk)
    draft = _draft(standard)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.bring_in(draft, **fields, by=request.user, now=timezone.now())
        messages.success(
            request,
            _("Brought in, with its day and source. It is known to somebody once they acknowledge it here."),
        )
        return redirect("standards:standard", pk)

    said = {
        "title": _("“%(name)s” was agreed before Andon") % {"name": standard.name},
        "lede": _(
            "For a standard that held already. That it was brought in stands beside it for everybody, and nobody "
            "counts as knowing it before they have acknowledged it here."
        ),
        "button": _("Bring it in"),
        "standard": standard,
    }
    return filled(request, BringInForm(request.POST or None), write, "standards/form.html", **said)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    standard = visible_standard(request, pk)
    actions.discard_draft(_draft(standard), by=request.user, now=timezone.now())
    messages.success(request, _("The draft is gone. What is agreed stays as it is."))
    if Standard.objects.filter(pk=pk).exists():
        return redirect("standards:standard", pk)
    return redirect("standards:role", standard.job_role.slug)


@form_page
def end(request: HttpRequest, pk: int) -> HttpResponse:
    for_keepers(request)
    standard = visible_standard(request, pk)
    form = EndForm(request.POST) if request.method == "POST" else today_in(EndForm, timezone.localdate())

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.end_standard(standard, **fields, by=request.user, now=timezone.now())
        messages.success(request, _("It ends. What was said of it stays readable."))
        return redirect("standards:standard", pk)

    said = {
        "title": _("End “%(name)s”") % {"name": standard.name},
        "button": _("End it"),
        "standard": standard,
    }
    return filled(request, form, write, "standards/form.html", **said)
