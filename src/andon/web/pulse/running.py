"""Running the pulse: its rhythm, opening and ending a wave, and slips for those who cannot sign in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.culture.pulse import actions
from andon.culture.pulse.access import may_run
from andon.culture.pulse.actions.opening import rhythm
from andon.culture.pulse.defaults import lay_out
from andon.culture.pulse.models import Question, Wave
from andon.flow import pulse
from andon.web.filling import filled, form_page, sentences
from andon.web.pulse.answering import open_wave
from andon.web.pulse.forms import OpenForm, RhythmForm, words_of
from andon.web.pulse.views import tabs


def demand(request: HttpRequest) -> None:
    if not may_run(request.user):
        raise Http404


@form_page
def run(request: HttpRequest) -> HttpResponse:
    """The form is that of the rhythm."""
    demand(request)
    lay_out()
    kept = rhythm()
    begun = {
        name: getattr(kept, name) for name in ("every", "next_on", "open_days", "fewest", "fewest_comments")
    }
    form = RhythmForm(request.POST or None, initial=begun)

    def write(fields: dict[str, Any]) -> HttpResponse:
        actions.keep_rhythm(**fields, by=request.user, now=timezone.now())
        messages.success(request, _("Kept. It holds from the next wave on."))
        return redirect("pulse:run")

    now = timezone.now()
    wave = open_wave(now)
    asked = [(question, words_of(question.texts)) for question in Question.objects.filter(retired_at=None)]
    page = {
        "wave": wave, "asked": asked, "opening": OpenForm(), "past": Wave.objects.counted()[:12],
        "slips": len(wave.by_slip) if wave else 0, **tabs(request),
    }  # fmt: skip
    return filled(request, form, write, "pulse/run.html", **page)


@require_POST
def open_one(request: HttpRequest) -> HttpResponse:
    """Opens a wave and tells everybody."""
    demand(request)
    form = OpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the last day as 2026-03-31."))
        return redirect("pulse:run")
    try:
        wave = actions.open_wave(form.cleaned_data["last_day"], by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, sentences(error))
        return redirect("pulse:run")
    pulse.invite.enqueue(wave.pk)
    messages.success(request, _("The wave is open, and everybody is told."))
    return redirect("pulse:run")


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    demand(request)
    now = timezone.now()
    wave = open_wave(now)
    if wave is None:
        messages.error(request, _("No wave is open."))
        return redirect("pulse:run")
    try:
        actions.close_early(wave, by=request.user, now=now)
        pulse.keep_up(timezone.now())
        messages.success(request, _("The wave is over. What may be shown is on the page of results."))
    except ValidationError as error:
        messages.error(request, sentences(error))
    return redirect("pulse:run")


@require_POST
def print_slips(request: HttpRequest) -> HttpResponse:
    """A page to print and cut. Asked for with a form, so that codes stand in no address and no history."""
    demand(request)
    now = timezone.now()
    wave = open_wave(now)
    if wave is None:
        messages.error(request, _("No wave is open."))
        return redirect("pulse:run")
    try:
        found = actions.slips(wave, by=request.user, now=now)
    except ValidationError as error:
        messages.error(request, sentences(error))
        return redirect("pulse:run")
    response = render(request, "pulse/slips.html", {"wave": wave, "slips": found})
    response["Cache-Control"] = "private, no-store"
    return response
