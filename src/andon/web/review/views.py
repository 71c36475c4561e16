"""The weekly review: one page for the meeting, exceptions first, and the same as a PDF."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.culture.weekly import monday_of, week_of
from andon.culture.weekly.keeping import FIRST
from andon.people.access import at_work
from andon.web.review.agenda import Agenda
from andon.web.review.paper import pdf


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    return _page(request, None, timezone.now())


@require_safe
def latest_pdf(request: HttpRequest) -> HttpResponse:
    return _paper(request, None, timezone.now())


@require_safe
def week(request: HttpRequest, day: date) -> HttpResponse:
    if day != monday_of(day):
        return redirect("review:week", monday_of(day))
    return _page(request, day, timezone.now())


@require_safe
def week_pdf(request: HttpRequest, day: date) -> HttpResponse:
    return _paper(request, monday_of(day), timezone.now())


def _page(request: HttpRequest, monday: date | None, now: datetime) -> HttpResponse:
    return render(request, "review/review.html", {"agenda": _agenda(request, monday, now), "now": now})


def _paper(request: HttpRequest, monday: date | None, now: datetime) -> HttpResponse:
    agenda = _agenda(request, monday, now)
    response = HttpResponse(pdf(agenda), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="review-{agenda.ends:%Y-%m-%d}.pdf"'
    return response


def _agenda(request: HttpRequest, monday: date | None, now: datetime) -> Agenda:
    """What has not begun, or lies before anything was kept, is not there."""
    if not at_work(request.user) or (monday and not FIRST <= monday <= now.date()):
        raise Http404
    return Agenda.of(week_of(monday, now), monday, now)
