"""What can be done with a question: each verb is one action."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.escalations import actions
from andon.web.escalations.forms import CloseForm, EntryForm, MechanismForm
from andon.web.escalations.views import page_of, visible


@require_POST
def own(request: HttpRequest, number: int) -> HttpResponse:
    return _do(request, number, actions.own, None, _("It is yours now. Thank you."))


@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    return _do(request, number, actions.write, EntryForm(request.POST), _("Written."))


@require_POST
def name_mechanism(request: HttpRequest, number: int) -> HttpResponse:
    return _do(
        request, number, actions.name_mechanism, MechanismForm(request.POST), _("It is with its owner now.")
    )


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    return _do(
        request,
        number,
        actions.close,
        CloseForm(request.POST),
        _("Closed. Thank you for asking and answering."),
    )


def _do(request: HttpRequest, number: int, verb: Callable, form: Form | None, said: str) -> HttpResponse:
    """Reads the form, does the verb, and goes back to the page; what was written is never lost on the way."""
    escalation = visible(request, number)
    if form is not None and not form.is_valid():
        return page_of(request, escalation, form)
    try:
        verb(escalation, **(form.cleaned_data if form else {}), by=request.user, now=timezone.now())
    except ValidationError as error:
        if form is not None:
            form.add_error(None, error)
            return page_of(request, escalation, form)
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("escalations:show", number)
