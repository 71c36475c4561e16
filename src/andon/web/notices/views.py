"""What I was told, and how I want to be told."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from andon.people.notices import preferences
from andon.people.notices.models import Notice
from andon.web.me.doing import done, from_form, own_page
from andon.web.notices.forms import DeliveryForm, zones
from andon.web.notices.rows import choices, row

A_PAGE = 30
BACK = "notices:list"


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    me = request.user
    mine = Notice.objects.visible_to(me).select_related("digest")
    listed = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    delivery = preferences.delivery_of(me)
    page = {
        "notices": [row(notice) for notice in listed],
        "page": listed,
        "choices": choices(preferences.ways_of(me)),
        "delivery": DeliveryForm.of(delivery),
        "zones": zones(),
        "address": me.email,
        "goes_out": settings.MAIL_GOES_OUT and me.email,
    }
    return own_page(request, "notices/list.html", page)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    chosen = {kind: request.POST[kind] for kind, _label in preferences.kinds() if request.POST.get(kind)}
    return done(request, _choose, chosen, said=_("Kept. From now on you hear of it this way."), then=BACK)


def _choose(chosen: dict[str, str], by, now) -> None:
    preferences.choose(by, chosen, by=by, now=now)


@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    form = DeliveryForm(request.POST)
    return from_form(request, form, preferences.deliver, request.user, said=_("Kept."), then=BACK)
