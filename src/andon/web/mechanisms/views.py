"""The register, the page of one mechanism, and the numbers behind it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.escalations.models import Escalation
from andon.mechanisms.access import may_edit, may_register
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Team
from andon.watch.models import Chart
from andon.web.journeys import stepping
from andon.web.links import raise_url
from andon.web.mechanisms import download, history, origin, page, pictures, register
from andon.web.mechanisms.said import said
from andon.web.part import wants_part
from andon.web.voice import cards, disagreeing


@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    wanted = register.Wanted.of(request.GET)
    pages = Paginator(register.mechanisms(wanted).visible_to(request.user), register.PAGE)
    context = {
        "wanted": wanted,
        "page": pages.get_page(request.GET.get("page")),
        "kinds": Mechanism.Kind.choices,
        "may_register": may_register(request.user),
    }
    if wants_part(request):
        return render(request, "mechanisms/list.html#found", context)
    teams = Team.objects.filter(owned_mechanisms__isnull=False).distinct()
    return render(request, "mechanisms/list.html", context | {"teams": teams})


@require_safe
def show(request: HttpRequest, slug: str, measure: str | None = None) -> HttpResponse:
    """One mechanism; without `measure`, the one that most needs a look."""
    mechanism = get_object_or_404(page.mechanisms().visible_to(request.user), slug=slug)
    every = page.measures(mechanism)
    current = _current(every, measure)
    asked = history.questions(mechanism, request.user)
    shown = _shown(mechanism, current, asked)
    context = {
        "mechanism": mechanism,
        "measures": every,
        "current": current,
        **shown,
        "said": said(mechanism, shown["points"], request.user),
        "history": history.events(mechanism, asked),
        "may_edit": may_edit(request.user, mechanism),
        "ask": _ask(mechanism, shown["chart"]),
        "disagreeing": disagreeing.of_mechanism(mechanism, every),
        "clusters": cards.of_mechanism(request.user, mechanism),
        "journeys": stepping.passed(mechanism, request.user),
    }
    return render(request, "mechanisms/show.html", context)


@require_safe
def chart_json(request: HttpRequest, slug: str, measure: str) -> JsonResponse:
    """The chart for drawing in the browser."""
    chart = _chart(request, slug, measure)
    asked = history.questions(chart.measure.mechanism, request.user)
    return JsonResponse(pictures.picture(chart, asked).spec)


@require_safe
def points_csv(request: HttpRequest, slug: str, measure: str) -> HttpResponse:
    """Every point with all that went into it."""
    chart = _chart(request, slug, measure)
    response = HttpResponse(download.csv_of(chart), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{measure}.csv"'
    return response


def _ask(mechanism: Mechanism, chart: Chart | None) -> str:
    """About where the exception began, while there is one; else about the mechanism."""
    if chart and chart.out and chart.since:
        return raise_url(measure=chart.measure_id, at=chart.since.isoformat())
    return raise_url(mechanism=mechanism.slug)


def _current(every: list[Measure], slug: str | None) -> Measure | None:
    if slug is None:
        return every[0] if every else None
    found = next((measure for measure in every if measure.slug == slug), None)
    if not found:
        raise Http404
    return found


def _shown(mechanism: Mechanism, current: Measure | None, asked: list[Escalation]) -> dict:
    if current is None:
        return {"chart": None, "points": [], "rows": [], "picture": None}
    current.mechanism = mechanism
    shown = page.shown(current, asked)
    chart = shown["chart"]
    source = origin.told(current, chart)
    return shown | {"origin": source, "redrawn": chart.redrawn if chart else bool(source.files)}


def _chart(request: HttpRequest, slug: str, measure_slug: str) -> Chart:
    measures = Measure.objects.visible_to(request.user).select_related("mechanism")
    chart = page.chart_of(get_object_or_404(measures, mechanism__slug=slug, slug=measure_slug))
    if not chart:
        raise Http404
    return chart
