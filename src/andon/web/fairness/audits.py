"""Asking for an audit, seeing how far it is, and reading it: on the page and as a signed PDF."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andon.culture.fairness import actions, telling, telling_others
from andon.culture.fairness.auditing import managers_named
from andon.culture.fairness.models import FairnessAudit
from andon.culture.fairness.paper import paper
from andon.culture.fairness.tasks import start
from andon.people.access import HR_PARTNER, is_any
from andon.web.fairness import views
from andon.web.fairness.forms import SpanForm
from andon.web.fairness.reach import demand, for_auditors


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    for_auditors(request)
    form = SpanForm(request.POST)
    if form.is_valid():
        try:
            audit = actions.ask(**form.cleaned_data, by=request.user, now=timezone.now(), start=start)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("fairness:audit", audit.pk)
    return views.answer(request, span=form)


def _one(request: HttpRequest, pk: int) -> FairnessAudit:
    for_auditors(request)
    return get_object_or_404(FairnessAudit.objects.select_related("by").defer("tokens"), pk=pk)


@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    audit = _one(request, pk)
    if audit.state != FairnessAudit.State.DONE:
        return render(request, "fairness/moving.html", {"audit": audit})
    kept = audit.content
    parts = [telling.part(one) for one in kept["attributes"]]
    chosen = next((one for one in parts if one.slug == request.GET.get("of")), parts[0] if parts else None)
    page = {
        "audit": audit, "kept": kept, "parts": parts,
        "stands_out": any(one.named for one in parts), "part": chosen, "headline": telling.headline(audit, parts),
        "strict": telling_others.strict(kept["managers"], managers_named(audit)),
        "overrides": list(telling_others.overrides(kept["overrides"])),
        "alike": list(telling_others.alike(kept["alike"])), "is_hr": is_any(request.user, HR_PARTNER),
    }  # fmt: skip
    return render(request, "fairness/audit.html", page)


@require_safe
@never_cache
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked for by an open page; when it is done, htmx is told to load the whole page."""
    audit = _one(request, pk)
    response = render(request, "fairness/progress.html", {"audit": audit})
    if not audit.moving:
        response["HX-Refresh"] = "true"
    return response


@require_safe
@never_cache
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    audit = _one(request, pk)
    demand(audit.state == FairnessAudit.State.DONE)
    answer = HttpResponse(paper(audit, by=request.user, now=timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="fairness-{audit.until:%Y-%m-%d}-{audit.pk}.pdf"'
    return answer
