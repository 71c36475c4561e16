"""Clusters: what many customers say at once, the curve of each, and where charts and complaints disagree."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.people.access import may_bring_data
from andon.watch.models import Cluster
from andon.web.voice import curves, disagreeing
from andon.web.voice.cards import about, asked_about, cards

MOST = 18  # that go on and are shown; the strongest
PAGE = 12  # of those that are over
QUOTED = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    seen = Cluster.objects.visible_to(request.user).select_related("mechanism")
    past = Paginator(seen.over().order_by("-ends", "p", "-pk"), PAGE).get_page(request.GET.get("page"))
    now = list(seen.going_on().strongest_first()[:MOST]) if past.number == 1 else []
    shown = cards(request.user, [*now, *past.object_list])
    page = {
        "going_on": shown[: len(now)],
        "over": shown[len(now) :],
        "page": past,
        "disagreeing": disagreeing.all_of(request.user) if past.number == 1 else [],
        "may_bring": may_bring_data(request.user),
    }
    return render(request, "voice/clusters.html", page)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Cluster.objects.visible_to(request.user)
    cluster = get_object_or_404(seen.select_related("mechanism__owner", "mechanism__owner_team"), pk=pk)
    [card] = cards(request.user, [cluster], QUOTED)
    page = {
        "card": card,
        "cluster": cluster,
        "picture": curves.large(cluster),
        "table": curves.table(cluster),
        "about": about(request.user, cluster),
        "questions": asked_about(request.user, cluster),
    }
    return render(request, "voice/one_cluster.html", page)
