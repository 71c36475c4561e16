"""Which objectives and key results exist for somebody; others are a page that is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from andon.people.access import HR_PARTNER, MANAGER, is_any
from andon.standards import access
from andon.standards.models import KeyResult, Objective


def visible_objective(request: HttpRequest, pk: int) -> Objective:
    seen = Objective.objects.visible_to(request.user).select_related(
        "cycle", "team", "person", "parent", "measure__mechanism", "mechanism", "made_by", "dropped_by"
    )
    return get_object_or_404(seen, pk=pk)


def changeable_objective(request: HttpRequest, pk: int) -> Objective:
    found = visible_objective(request, pk)
    if not access.may_change(request.user, found):
        raise Http404
    return found


def changeable_result(request: HttpRequest, pk: int) -> KeyResult:
    result = visible_result(request, pk)
    if not access.may_change(request.user, result.objective):
        raise Http404
    return result


def visible_result(request: HttpRequest, pk: int) -> KeyResult:
    seen = Objective.objects.visible_to(request.user).values("pk")
    results = KeyResult.objects.filter(objective__in=seen).select_related(
        "objective__cycle", "objective__team", "objective__person", "measure__mechanism"
    )
    return get_object_or_404(results, pk=pk)


def for_bulk(request: HttpRequest) -> None:
    if not access.may_bulk(request.user):
        raise Http404


def tabs(request: HttpRequest) -> dict[str, bool]:
    """Which of the pages beside each other somebody has."""
    return {
        "leads": is_any(request.user, MANAGER, HR_PARTNER),
        "bulk": access.may_bulk(request.user),
        "keeps": access.may_set_standards(request.user),
    }
