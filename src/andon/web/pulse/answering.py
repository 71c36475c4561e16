"""Taking part. Nothing is written but to the sealed box: no message, no session, no mark of a form that was sent."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andon.culture.pulse import actions
from andon.culture.pulse.access import may_answer
from andon.culture.pulse.models import Wave
from andon.people.access import at_work
from andon.web.filling import form_page, say
from andon.web.pulse.forms import AnswerForm, SlipForm


@form_page
def answer(request: HttpRequest) -> HttpResponse:
    """The page is the same before and after one has answered, so that nobody who looks on sees which it is."""
    now = timezone.now()
    if not at_work(request.user):
        raise Http404
    wave = open_wave(now)
    if wave is None or not may_answer(request.user, wave, now):
        return _shut(request, wave)
    form = AnswerForm(wave, sent(request))
    if form.is_valid():
        try:
            actions.answer(wave, form.answers, form.cleaned_data["comment"], by=request.user, now=now)
            return redirect("pulse:thanks")
        except ValidationError as error:
            say(form, error)
    return _page(request, "pulse/answer.html", wave, form)


@login_not_required
@form_page
def slip(request: HttpRequest) -> HttpResponse:
    """For whoever has no address to sign in with: a slip of paper that was drawn from a pile."""
    now = timezone.now()
    wave = open_wave(now)
    if wave is None:
        return _shut(request, None)
    form = SlipForm(wave, sent(request))
    if form.is_valid():
        try:
            said = form.cleaned_data
            actions.answer_by_slip(wave, said["code"], form.answers, said["comment"], now=now)
            return redirect("pulse:thanks")
        except (ValidationError, PermissionDenied) as error:
            say(form, error) if isinstance(error, ValidationError) else form.add_error(None, str(error))
    return _page(request, "pulse/slip.html", wave, form)


@login_not_required
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Says the same to whoever opens it."""
    return _unseen(render(request, "pulse/thanks.html", {"wave": open_wave(timezone.now())}))


def sent(request: HttpRequest) -> QueryDict | None:
    """Also where nothing at all was ticked."""
    return request.POST if request.method == "POST" else None


def open_wave(now: datetime) -> Wave | None:
    return Wave.objects.open(now).first()


def _page(request: HttpRequest, template: str, wave: Wave, form: AnswerForm) -> HttpResponse:
    return _unseen(
        render(request, template, {"wave": wave, "form": form}, status=422 if form.errors else 200)
    )


def _shut(request: HttpRequest, wave: Wave | None) -> HttpResponse:
    if wave is None:
        why = _("No wave is open just now. When the next one opens, everybody is told.")
    else:
        why = _(
            "This wave asks those who were at work when it opened, and takes slips of those who cannot sign in."
        )
    return _unseen(render(request, "pulse/shut.html", {"why": why}))


def _unseen(response: HttpResponse) -> HttpResponse:
    """Kept by no browser and no server in between."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    return response
