"""The wall: every measure as a small picture."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andon.mechanisms.models import Measure
from andon.watch.queries import WallFilters
from andon.watch.queries import wall as everything
from andon.web.part import wants_part
from andon.web.wall.tiles import tile

PAGE = 240  # tiles; beyond it a page is no longer something one sees at a glance


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """The whole page, or, for htmx, only what changes."""
    filters = WallFilters.read(request.GET)
    found = everything(request.user, filters)
    page = Paginator(found.measures, PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "filtered": filters != WallFilters(),
        "wall": found,
        "page": page,
        "tiles": [tile(measure) for measure in page],
        "cadences": Measure.Every.choices,
        "screen": request.GET.get("screen") == "1",
    }
    part = ("#screen" if context["screen"] else "#tiles") if wants_part(request) else ""
    return render(request, f"wall/wall.html{part}", context)
