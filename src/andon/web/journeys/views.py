"""The ways of customers over all channels: where they come back, are passed on, wait, give up, and what a fix saves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.culture.journeys.models import JourneyReport
from andon.mechanisms.models import Mechanism
from andon.people.access import may_bring_data
from andon.web.journeys import page, stepping
from andon.web.journeys.naming import names_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    report = JourneyReport.objects.visible_to(request.user).first()
    if report is None or report.problem:
        context = {"report": report, "may_bring": may_bring_data(request.user)}
        return render(request, "journeys/nothing.html", context)
    asked = page.Asked.read(request.GET)
    names = names_of(request.user)
    return render(request, "journeys/home.html", page.shown(report, asked, names))


@require_safe
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """A step of the journeys: its mechanism, with the ways to it and from it."""
    report = JourneyReport.objects.visible_to(request.user).filter(problem="").first()
    mechanism = get_object_or_404(Mechanism.objects.visible_to(request.user), slug=slug)
    context = stepping.shown(report, mechanism, names_of(request.user), request.user) if report else None
    if context is None:
        raise Http404
    return render(request, "journeys/step.html", context)


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How it is computed, and what it cannot know."""
    return render(request, "journeys/how.html")
