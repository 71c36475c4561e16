"""My log of what I did for customers."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth.actions import accomplishments as actions
from andon.growth.models import Accomplishment
from andon.growth.rules.change import told
from andon.people import saying
from andon.stats.returning import Forecast, along_history
from andon.web.me.doing import done, kept, own_page
from andon.web.me.forms import AccomplishmentForm

MOST = 100
FIELDS = ("title", "happened_on", "text", "impact", "measure", "before", "after", "unit", "links")
ON_RECORD = gettext_noop("It is on your record. Your line and HR can read it there, and you see who did.")


@dataclass(frozen=True, slots=True)
class Change:
    """A before and an after in words, and what may be read into them."""

    before: str
    after: str
    told: str
    expected: str = ""


def change(one: Accomplishment) -> Change | None:
    """None where nothing is compared. Needs `measure__chart` at hand."""
    if one.before is None or one.after is None:
        return None
    spell = partial(saying.value, unit=one.unit, more=1)
    anyway = _expected(one)
    said = told(one.after, anyway, spell)
    return Change(spell(one.before), spell(one.after), said, spell(anyway.expected) if anyway else "")


def _expected(one: Accomplishment) -> Forecast | None:
    """From the points of the measure until the day it happened."""
    chart = getattr(one.measure, "chart", None) if one.measure else None
    points = chart.points if chart else {}
    until = one.happened_on.isoformat()
    dated = zip(points.get("at", []), points.get("value", []), strict=False)
    history = [value for at, value in dated if value is not None and str(at)[:10] <= until]
    return along_history(history, one.before)


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    mine = Accomplishment.objects.visible_to(request.user)
    found = mine.select_related("measure__mechanism")[:MOST]
    return own_page(request, "me/accomplishments.html", {"rows": [_row(one) for one in found]})


def _row(one: Accomplishment) -> tuple[Accomplishment, str, str]:
    """With its figures in words."""
    before, after = (
        saying.value(x, one.unit, more=1) if x is not None else "" for x in (one.before, one.after)
    )
    return one, before, after


def _mine(request: HttpRequest, pk: int) -> Accomplishment:
    seen = Accomplishment.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("measure__chart", "measure__mechanism"), pk=pk)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    return own_page(request, "me/accomplishment.html", {"one": one, "change": change(one)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = AccomplishmentForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    if made := kept(request, form, actions.log):
        return redirect("me:accomplishment", made.pk)
    return own_page(request, "me/accomplishment_form.html", {}, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    form = AccomplishmentForm(request.POST or None, initial={name: getattr(one, name) for name in FIELDS})
    if kept(request, form, actions.revise, one):
        return redirect("me:accomplishment", pk)
    return own_page(request, "me/accomplishment_form.html", {"one": one}, form)


@require_POST
def put_on_record(request: HttpRequest, pk: int) -> HttpResponse:
    one = _mine(request, pk)
    return done(request, actions.put_on_record, one, said=_(ON_RECORD), then=("me:accomplishment", pk))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, actions.remove, _mine(request, pk), said=_("Removed."), then="me:accomplishments")
