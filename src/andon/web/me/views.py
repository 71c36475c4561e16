"""How my numbers read: what was computed of the reader, for nobody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from andon.attribution.models import Estimate, Separation
from andon.web.me.cards import card

HEAVY = ("mechanisms", "teams", "funnels", "watched", "model", "shares", "rankings", "notes")


@require_safe
def estimates(request: HttpRequest) -> HttpResponse:
    mine = Estimate.objects.visible_to(request.user).select_related("separation")
    mine = mine.defer(*(f"separation__{name}" for name in HEAVY))
    computed = Separation.objects.visible_to(request.user).filter(problem="").exists()
    context = {"cards": [card(one) for one in mine], "computed": computed}
    answer = render(request, "me/estimates.html", context)
    answer["Cache-Control"] = "private, no-store"  # stays with the person, not with the machine they share
    return answer
