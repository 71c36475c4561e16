"""A team's working hours: who has them, what they are, and opting in and out."""

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.escalations.calendaring import drop_calendar, keep_calendar, keepable
from andon.escalations.models import Calendar
from andon.people.models import Team
from andon.web.calendars.forms import HoursForm, begun

PAGE = 60


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Teams whose hours one keeps, each with what holds."""
    in_force = Prefetch("calendars", Calendar.objects.in_force(), to_attr="in_force")
    kept = keepable(request.user).prefetch_related(in_force).order_by("name")
    page = Paginator(kept, PAGE).get_page(request.GET.get("page"))
    return render(request, "calendars/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    team = _kept_by(request, slug)
    calendar = Calendar.objects.in_force().filter(team=team).select_related("by").first()
    if request.method != "POST":
        return _page(request, team, calendar, HoursForm(initial=begun(calendar, settings.TIME_ZONE)))
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _page(request, team, calendar, form)
    try:
        keep_calendar(team, **form.content, by=request.user, now=timezone.now())
    except ValidationError as error:
        _put(error, form)
        return _page(request, team, calendar, form)
    messages.success(request, _("Kept. Questions raised from now on count these hours."))
    return redirect("hours:show", team.slug)


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    team = _kept_by(request, slug)
    drop_calendar(team, by=request.user, now=timezone.now())
    messages.success(request, _("The clocks of %(team)s are those on the wall again.") % {"team": team})
    return redirect("hours:show", team.slug)


def _kept_by(request: HttpRequest, slug: str) -> Team:
    return get_object_or_404(keepable(request.user), slug=slug)


def _put(error: ValidationError, form: HoursForm) -> None:
    """What is wrong with the week as a whole stands above the form."""
    for name, sentences in error.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def _page(request: HttpRequest, team: Team, calendar: Calendar | None, form: HoursForm) -> HttpResponse:
    page = {"team": team, "calendar": calendar, "form": form, "zones": sorted(available_timezones())}
    return render(request, "calendars/hours.html", page, status=422 if form.errors else 200)
