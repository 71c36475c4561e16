"""Is it the system? How much of each outcome comes from mechanism, team, customers, people and chance."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from andon.attribution.models import Separation
from andon.attribution.outcomes import why_not
from andon.mechanisms.models import Measure
from andon.people.access import may_bring_data
from andon.web.system import listing, page

NOT_YET = gettext_lazy(
    "This is computed when data of what happened to customers come in that name the "
    "mechanism and who served. Bring such a file; the rest happens by itself."
)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    pages = Paginator(listing.separations(request.user), listing.PAGE)
    shown = pages.get_page(request.GET.get("page"))
    asked = listing.asked(Measure.objects.visible_to(request.user).in_use())
    context = {
        "page": shown,
        "rows": listing.rows(shown.object_list, asked),
        "waiting": listing.waiting(request.user, asked) if shown.object_list else [],
        "may_bring": may_bring_data(request.user),
    }
    return render(request, "system/list.html", context)


@require_safe
def of_measure(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    """What is known of the outcome that this measure counts, with its mechanism in view."""
    measures = Measure.objects.visible_to(request.user).filter(retired_at=None).select_related("mechanism")
    found = get_object_or_404(measures, mechanism__slug=slug, slug=measure)
    separation = Separation.objects.visible_to(request.user).of_measure(found).first()
    context = {"measure": found, "mechanism": found.mechanism, "separation": separation}
    if separation and not separation.problem:
        context |= page.shown(separation, found)
    else:
        context["nothing"] = why_not(found) or (separation.problem if separation else NOT_YET)
    return render(request, "system/measure.html", context)


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How all of it is computed, and what it cannot know."""
    return render(request, "system/how.html")
