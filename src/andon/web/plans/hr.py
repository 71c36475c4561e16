"""For HR partners: what waits for review, approval and hearing, and whether like cases are treated alike."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.plans import consistency as alike
from andon.plans.access import is_hr
from andon.plans.models import Override
from andon.plans.queries import looked_at
from andon.plans.queries import queue as waiting
from andon.plans.words import label
from andon.standards.models import Standard
from andon.web.plans import reach
from andon.web.plans.mine import private


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    reach.demand(is_hr(request.user))
    closed = looked_at(request.user)
    overridden = Override.objects.exclude(examination__person=request.user).exclude(reason="").order_by("-at")
    overridden = overridden.select_related("by", "examination__person", "examination__standard")
    context = {
        "queue": waiting(request.user), "label": label(), "looked": closed[:20],
        "overrides": overridden[:20],
    }  # fmt: skip
    return private(render(request, "plans/queue.html", context))


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """One standard at a time is computed; the others are a list to choose from."""
    reach.demand(is_hr(request.user))
    standards = Standard.objects.in_use().select_related("job_role", "team")
    chosen = request.GET.get("standard", "")
    found = None
    if chosen:
        reach.demand(chosen.isdecimal() and len(chosen) < 18)
        found = get_object_or_404(standards, pk=int(chosen))
    context = {
        "standards": standards, "chosen": found, "label": label(),
        "alike": alike.of_standard(found, timezone.now()) if found else None,
    }  # fmt: skip
    return private(render(request, "plans/consistency.html", context))
