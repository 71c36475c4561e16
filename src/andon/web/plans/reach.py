"""What of plans is there for a reader; reading somebody else’s is noted where that person sees it."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from andon.evidence import access_log
from andon.people.models import Person
from andon.plans.access import may_look_at_cases
from andon.plans.models import Examination, Plan
from andon.plans.queries import line_of


def my_plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.of(request.user).legible().complete(), pk=pk)


def my_gate(request: HttpRequest, pk: int) -> Examination:
    return get_object_or_404(Examination.objects.of(request.user).legible().complete(), pk=pk)


def plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.user).complete(), pk=pk)


def examination(request: HttpRequest, pk: int) -> Examination:
    return get_object_or_404(Examination.objects.visible_to(request.user).complete(), pk=pk)


def somebody(request: HttpRequest, pk: int) -> Person:
    """Somebody of one’s line, or for HR anybody else."""
    return get_object_or_404(line_of(request.user).select_related("team", "manager"), pk=pk)


def demand(allowed: bool) -> None:
    if not allowed:
        raise Http404


def demand_cases(request: HttpRequest) -> None:
    demand(may_look_at_cases(request.user))


def noted(request: HttpRequest, person: Person, what: str, now: datetime) -> None:
    """Only what was really read: a page that was asked for by GET."""
    access_log.note(request.user, person, what, now)
