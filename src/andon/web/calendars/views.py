"""A team's working hours: who has them, what they are, and opting in and out."""

from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.escalations.calendaring import drop_calendar, hours_of, keep_calendar, keepable
from andon.escalations.models import Calendar
from andon.people.models import Team
from andon.web.calendars.forms import HoursForm, begun

PAGE = 60
BACK = gettext_lazy("The clocks of %(team)s are those on the wall again.")


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Teams whose hours one keeps, each with what holds."""
    page = Paginator(keepable(request.user).order_by("name"), PAGE).get_page(request.GET.get("page"))
    hours = hours_of(team.pk for team in page)
    rows = [(team, hours.get(team.pk)) for team in page]
    return render(request, "calendars/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    team = _kept_by(request, slug)
    calendar = hours_of([team.pk]).get(team.pk)
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
    above = hours_of([team.pk]).get(team.pk)
    said = _("The hours of %(above)s hold for %(team)s again.") if above else BACK
    messages.success(request, said % {"team": team, "above": above and above.team})
    return redirect("hours:show", team.slug)


def _kept_by(request: HttpRequest, slug: str) -> Team:
    return get_object_or_404(keepable(request.user), slug=slug)


def _put(error: ValidationError, form: HoursForm) -> None:
    """What is wrong with the week as a whole stands above the form."""
    for name, sentences in error.message_dict.items():
        form.add_error(name if name in form.fields else None, sentences)


def _page(request: HttpRequest, team: Team, calendar: Calendar | None, form: HoursForm) -> HttpResponse:
    own = calendar if calendar and calendar.team_id == team.pk else None
    page = {
        "team": team,
        "calendar": own,
        "above": None if own else calendar,
        "form": form,
        "zones": sorted(available_timezones()),
    }
    return render(request, "calendars/hours.html", page, status=422 if form.errors else 200)
