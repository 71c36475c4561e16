"""Today: is it the system, what changed, what do I do now?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.watch.queries import WallFilters, wall
from andon.web.home.changes import changes
from andon.web.home.start import steps
from andon.web.home.todo import todo
from andon.web.voice import disagreeing
from andon.web.wall.tiles import tile

WORST = 8  # two rows of four, four of two


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    out = wall(request.user, WallFilters(out=True))
    context = {
        "now": now,
        "wall": out,
        "tiles": [tile(measure) for measure in out.measures[:WORST]],
        "changes": changes(request.user, now),
        "disagreeing": disagreeing.to_look_at(request.user),
        "todo": todo(request.user, now),
        "steps": steps(request.user) if _nothing_to_show(out.counts) else [],
    }
    return render(request, "home/today.html", context)


def _nothing_to_show(counts) -> bool:
    return counts.measures == counts.without_data
