"""What is due and held, for HR partners; and for everybody, what is kept about people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from andon.evidence.law import retention
from andon.evidence.law.permission import may_look_after
from andon.evidence.models import Erasure, Hold, Retention

RECENT = 20


def for_partners(request: HttpRequest) -> None:
    """For everybody else there is no such page."""
    if not may_look_after(request.user):
        raise Http404


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    for_partners(request)
    now = timezone.now()
    holds = Hold.objects.select_related("by", "lifted_by").prefetch_related("held__person")
    context = {
        "schedule": retention.schedule(now),
        "in_force": holds.in_force(now),
        "past": holds.exclude(pk__in=Hold.objects.in_force(now))[:RECENT],
        "erasures": Erasure.objects.select_related("person", "by")[:RECENT],
        "now": now,
    }
    return render(request, "law/home.html", context)


@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The processing register, and the notice of what is computed about employees."""
    chosen = dict(Retention.objects.values_list("slug", "days"))
    kinds = [
        (kind, retention.length_of(chosen.get(slug, kind.days))) for slug, kind in retention.KINDS.items()
    ]
    return render(request, "law/notice.html", {"kinds": kinds})
