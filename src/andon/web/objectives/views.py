"""The tree of objectives, one's own, those of one's line, and one with its way up to a customer."""

from dataclasses import dataclass, field

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from andon.culture.metrics.resting import notes
from andon.evidence import access_log
from andon.people.access import HR_PARTNER, MANAGER, is_any
from andon.people.models import Line
from andon.standards import access, queries
from andon.standards.models import CheckIn, Correction, Cycle, KeyResult, Objective
from andon.standards.rules.aligning import from_the_top, outcome_of
from andon.standards.rules.progress import Progress, of_parts
from andon.web.objectives.forms import CheckInForm, NoteForm
from andon.web.objectives.reach import tabs, visible_objective
from andon.web.objectives.standing import Standing, part_of, progress_of, standing_of, with_last, with_results

MOST = 120
RELATED = ("cycle", "team", "person", "measure__mechanism", "mechanism")


@dataclass(slots=True)
class Node:
    """An objective in the tree: how far it has come, what stands under it, and whether it reaches a customer."""

    objective: Objective
    progress: Progress
    results: list[Standing]
    reaches: bool
    under: list["Node"] = field(default_factory=list)


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Objectives of everybody and of teams in a cycle. No personal one is in it, nor counted."""
    cycles = list(Cycle.objects.all())
    cycle = _chosen(cycles, request.GET.get("cycle", ""))
    shared = Objective.objects.visible_to(request.user).shared().kept().filter(cycle=cycle)
    keys = from_the_top(dict(shared.values_list("pk", "parent")))
    nodes = nodes_of(list(with_results(shared.select_related(*RELATED)).filter(pk__in=keys[:MOST])))
    page = {
        "cycles": cycles,
        "cycle": cycle,
        "tops": _placed(nodes),
        "more": len(keys) > MOST,
        "without": sum(not node.reaches for node in nodes),
        **tabs(request),
    }
    return render(request, "objectives/tree.html", page)


def _chosen(cycles: list[Cycle], slug: str) -> Cycle | None:
    """The one asked for; otherwise the newest open one, or the newest; “none” is goals without a cycle."""
    if slug == "none":
        return None
    named = next((one for one in cycles if one.slug == slug), None)
    return named or next((one for one in cycles if one.state == "open"), cycles[0] if cycles else None)


def nodes_of(objectives: list[Objective]) -> list[Node]:
    """Each with its progress and whether it, or one above it, names a customer outcome."""
    parents = queries.parents_of(objectives)
    above = set(parents) - {one.pk for one in objectives}
    named = {one.pk for one in objectives if one.names_an_outcome} | queries.naming_an_outcome(above)
    return [
        Node(
            one,
            progress_of(one),
            [standing_of(result) for result in one.standing],
            outcome_of(one.pk, parents, named) is not None,
        )
        for one in objectives
    ]


def _placed(nodes: list[Node]) -> list[Node]:
    """The tops, each with what stands under it; what is aligned to another cycle is a top here."""
    by_key = {node.objective.pk: node for node in nodes}
    tops = []
    for node in nodes:
        parent = by_key.get(node.objective.parent_id)
        (parent.under if parent else tops).append(node)
    return tops


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    own = Objective.objects.of(request.user).select_related(*RELATED).order_by("-cycle__starts", "-made_at")
    page = {"nodes": nodes_of(list(with_results(own)[:MOST])), **tabs(request)}
    return render(request, "objectives/mine.html", page)


@require_safe
def line(request: HttpRequest) -> HttpResponse:
    """Personal objectives of those in one's line, by name; for HR partners, of whom they look for."""
    if not is_any(request.user, MANAGER, HR_PARTNER):
        raise Http404
    q = request.GET.get("q", "").strip()[:100]
    seen = (
        Objective.objects.visible_to(request.user).filter(person__isnull=False).exclude(person=request.user)
    )
    if not q:
        seen = seen.filter(person__in=Line.objects.filter(above=request.user).values("below"))
    found = seen.kept().filter(person__name__icontains=q).exclude(cycle__frozen_at__isnull=False)
    rows = with_results(found.select_related(*RELATED).order_by("person__name", "person", "made_at"))
    nodes = nodes_of(list(rows[:MOST]))
    access_log.note_many(
        request.user, {node.objective.person for node in nodes}, gettext_noop("Objectives"), timezone.now()
    )
    page = {"nodes": nodes, "q": q, **tabs(request)}
    return render(request, "objectives/line.html", page)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    objective = visible_objective(request, pk)
    if objective.person:
        access_log.note_many(request.user, [objective.person], gettext_noop("Objectives"), timezone.now())
    return page_of(request, objective)


def page_of(
    request: HttpRequest, objective: Objective, wrong: Form | None = None, about: KeyResult | None = None
) -> HttpResponse:
    """`wrong` is a form that could not be done, shown again with what to mend; `about` its key result."""
    seen = Objective.objects.visible_to(request.user)
    results = list(with_last(objective.key_results.select_related("measure__mechanism", "measure__chart")))
    frozen = objective.cycle is not None and objective.cycle.state == "frozen"
    live = not frozen and objective.dropped_at is None
    checks = live and (objective.cycle is None or objective.cycle.state == "open")
    may_change = access.may_change(request.user, objective)
    may_check_in = may_change or access.is_of_team(request.user, objective)
    page = {
        "objective": objective,
        "aligned": queries.alignment(objective, seen),
        "under": seen.kept().filter(parent=objective).select_related("team", "person")[:MOST],
        "progress": of_parts([part_of(result) for result in results]),
        "rows": _rows(results, checks and may_check_in, wrong, about),
        "corrections": Correction.objects.filter(objective=objective).select_related("by") if frozen else [],
        "frozen": frozen,
        "unfelt": notes([objective.measure, *(one.measure for one in results)]) if live else {},
        "may_change": live and may_change,
        "note_form": (wrong if isinstance(wrong, NoteForm) else NoteForm())
        if frozen and may_check_in
        else None,
        **tabs(request),
    }
    return render(request, "objectives/show.html", page, status=422 if wrong else 200)


def _rows(
    results: list[KeyResult], checks: bool, wrong: Form | None, about: KeyResult | None
) -> list[tuple[Standing, CheckInForm | None, str]]:
    """Each key result with its history, the form to check in where one may, and what its measure says now."""
    history: dict[int, list[CheckIn]] = {}
    for one in CheckIn.objects.filter(key_result__in=results).select_related("by"):
        history.setdefault(one.key_result_id, []).append(one)
    return [
        (
            standing_of(result, history.get(result.pk, [])),
            _form(result, wrong, about) if checks else None,
            _says(result),
        )
        for result in results
    ]


def _says(result: KeyResult) -> str:
    """The latest value of the measure it names, in words."""
    chart = getattr(result.measure, "chart", None)
    return chart.latest_words if chart else ""


def _form(result: KeyResult, wrong: Form | None, about: KeyResult | None) -> CheckInForm:
    if isinstance(wrong, CheckInForm) and about is not None and about.pk == result.pk:
        return wrong
    return CheckInForm(auto_id=f"id_{result.pk}_%s")
