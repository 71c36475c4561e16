"""What of standards exists for somebody; what does not is a page that is not there."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from andon.people.access import MANAGER, is_any
from andon.standards import access
from andon.standards.models import Standard


def for_keepers(request: HttpRequest) -> None:
    """For everybody but HR partners these pages do not exist."""
    if not access.may_set_standards(request.user):
        raise Http404


def visible_standard(request: HttpRequest, pk: int) -> Standard:
    seen = Standard.objects.visible_to(request.user).select_related(
        "job_role", "team", "measure__mechanism", "behaviour__principle", "outcome_measure__mechanism"
    )
    return get_object_or_404(seen, pk=pk)


def tabs(request: HttpRequest) -> dict[str, bool]:
    """Which of the pages beside each other somebody has."""
    return {
        "leads": is_any(request.user, MANAGER),
        "calibrates": access.may_calibrate(request.user),
        "keeps": access.may_set_standards(request.user),
    }
