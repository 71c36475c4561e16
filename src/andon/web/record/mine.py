"""One's own record: what is on it, who read it, and taking everything away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andon.attribution.models import Estimate
from andon.evidence import actions
from andon.evidence.law.subject_access import everything as pack
from andon.evidence.models import Item, Reading
from andon.web.record.listing import page_of

READERS = 5
READERS_PAGE = 100


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    now, mine = timezone.now(), Item.objects.of(request.user)
    page, lines = page_of(mine, request.GET.get("page"), now)
    context = {
        "page": page,
        "lines": lines,
        "unseen": mine.filter(sight=None).count(),
        "readings": Reading.objects.filter(person=request.user).select_related("reader")[:READERS],
        "estimates": Estimate.objects.visible_to(request.user).count(),
        "now": now,
    }
    return render(request, "record/mine.html", context)


@require_POST
def see(request: HttpRequest) -> HttpResponse:
    new = Item.objects.of(request.user).filter(sight=None, pk__in=_ticked(request)).select_related("person")
    seen = actions.see(new, by=request.user, now=timezone.now())
    told = ngettext("Noted that you saw %(n)d item.", "Noted that you saw %(n)d items.", seen) % {"n": seen}
    messages.success(request, told)
    return redirect("record:mine")


def _ticked(request: HttpRequest) -> list[int]:
    return [
        int(pk)
        for pk in request.POST.getlist("item")[:1000]
        if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]


@require_safe
@never_cache
def readers(request: HttpRequest) -> HttpResponse:
    readings = Reading.objects.filter(person=request.user).select_related("reader")[:READERS_PAGE]
    return render(request, "record/readers.html", {"readings": readings, "most": READERS_PAGE})


@require_safe
@never_cache
def everything(request: HttpRequest) -> HttpResponse:
    """The file is named after nobody, as it lies in a folder that others may see."""
    now = timezone.now()
    answer = HttpResponse(pack(request.user, by=request.user, now=now), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{_("everything")}-{now:%Y-%m-%d}.zip"'
    return answer
