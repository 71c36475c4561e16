"""Which metrics matter to customers, which do not, and what rests on those."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.culture.metrics import reading
from andon.culture.metrics.resting import resting
from andon.people.access import may_bring_data
from andon.web.metrics.page import shown


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    choice = reading.choice(request.user, asked.get("of", ""), asked.get("in", ""))
    found = reading.chosen(request.user, choice)
    context = {"choice": choice, "audit": found, "may_bring": may_bring_data(request.user)}
    if found:
        every = resting(request.user, timezone.localdate())
        context["resting"] = [one for one in every if choice.mechanism in ("", one.measure.mechanism.slug)]
        context |= shown(found, choice.names) if not found.problem else {}
    return render(request, "metrics/audit.html", context)
