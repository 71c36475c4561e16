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
    return do(request, number, actions.own, None, _("It is yours now. Thank you."))


@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    return do(request, number, actions.write, EntryForm(request.POST), _("Written."))


@require_POST
def name_mechanism(request: HttpRequest, number: int) -> HttpResponse:
    return do(
        request, number, actions.name_mechanism, MechanismForm(request.POST), _("It is with its owner now.")
    )


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    return do(
        request,
        number,
        actions.close,
        CloseForm(request.POST),
        _("Closed. Thank you for asking and answering."),
    )


def do(request: HttpRequest, number: int, verb: Callable, form: Form | None, said: str) -> HttpResponse:
    """Reads the form, does the verb, and goes back to the page; what was written is never lost on the way."""
    escalation = visible(request, number)
    if form is None:
        return plainly(request, said, verb, escalation) or redirect("escalations:show", number)
    if form.is_valid() and say(
        request, form, said, verb, escalation, **getattr(form, "said", form.cleaned_data)
    ):
        return redirect("escalations:show", number)
    return page_of(request, escalation, form)


def say(request: HttpRequest, form: Form, said: str, verb: Callable, *things, **fields) -> bool:
    """Does the verb and says so; False when it was refused, with why on the form."""
    try:
        verb(*things, **fields, by=request.user, now=timezone.now())
    except ValidationError as error:
        put_on(form, error)
        return False
    messages.success(request, said)
    return True


def put_on(form: Form, error: ValidationError) -> None:
    """Sentences on their fields, and on top of the form those of fields that it does not have."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def plainly(request: HttpRequest, said: str, verb: Callable, *things, **fields) -> None:
    """Does a verb that needs no form; what is refused is said on the page one comes back to."""
    try:
        verb(*things, **fields, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
