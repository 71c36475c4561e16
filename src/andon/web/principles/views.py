"""Principles as behaviour: everybody reads them."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from andon.standards import access
from andon.standards.models import Anchor, Behaviour, Principle

SEEN = Prefetch(
    "behaviours",
    Behaviour.objects.filter(retired_at=None)
    .order_by("position", "pk")
    .prefetch_related(Prefetch("anchors", Anchor.objects.in_use())),
    to_attr="seen",
)


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    keeps = access.may_set_standards(request.user)
    page = {"principles": Principle.objects.in_use().prefetch_related(SEEN), "keeps": keeps}
    if keeps:
        page["retired"] = Principle.objects.filter(retired_at__isnull=False)
    return render(request, "principles/list.html", page)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    principle = get_object_or_404(
        Principle.objects.visible_to(request.user).prefetch_related(SEEN), slug=slug
    )
    page = {"principle": principle, "keeps": access.may_set_standards(request.user)}
    return render(request, "principles/show.html", page)
