"""Results: of the whole and of whatever group somebody may read, over waves; beside each other; as a file."""

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.culture.pulse import access, figures, results
from andon.people.access import at_work
from andon.web.mechanisms.download import safe
from andon.web.pulse import telling
from andon.web.pulse.answering import open_wave

COLUMNS = ("team", "period", "measure", "value", "n", "low", "high")


def tabs(request: HttpRequest) -> dict:
    """Which ways there are from here, for this person."""
    person = request.user
    return {"may_run": access.may_run(person), "may_compare": access.may_compare(person)}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """An open wave first; then the newest results of a group, the whole unless another is asked for."""
    if not at_work(request.user):
        raise Http404
    now, found = timezone.now(), results.waves()
    wave = open_wave(now)
    page = {
        "wave": wave,
        "asked": wave is not None and access.may_answer(request.user, wave, now),
        "units": results.readable(request.user, found),
        "may_bring": access.may_bring_figures(request.user),
        **tabs(request),
    }
    return render(request, "pulse/home.html", page | _shown(request, found))


def _shown(request: HttpRequest, found: list) -> dict:
    if not found:
        return {"group": None}
    group = results.group(request.user, request.GET.get("unit") or "all", found)
    if group is None:
        raise Http404
    kept = figures.of_team(group.key.removeprefix("team:")) if group.kind == "team" else {}
    return {
        "group": group,
        "newest": found[-1],
        "tiles": [telling.tile(series) for series in group.series],
        "response": telling.response(group.response),
        "sentence": telling.sentence(group),
        "figures": telling.figures(kept),
        "together": telling.together(found[-1].together),
    }


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    if not at_work(request.user):
        raise Http404
    found = results.waves(2)
    page = {
        "rows": telling.rows(results.table(request.user, found)) if found else [],
        "measures": [telling.name_of(measure) for measure in results.dimensions(found)],
        "newest": found[-1] if found else None,
        **tabs(request),
    }
    return render(request, "pulse/groups.html", page)


@require_safe
def results_csv(request: HttpRequest) -> HttpResponse:
    """team, period, measure, value, n: as `andon link` reads employee data."""
    if not at_work(request.user):
        raise Http404
    out = io.StringIO()
    rows = results.export(request.user, results.waves(120))
    csv.writer(out).writerows([COLUMNS, *([safe(row[0]), *row[1:]] for row in rows)])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pulse.csv"'
    return response
