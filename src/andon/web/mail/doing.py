"""Letting a message out of quarantine, trying one again, and saying whose words it holds."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.flow import mail
from andon.signals import spoken
from andon.web.mail.forms import SenderForm
from andon.web.mail.reach import one
from andon.web.mail.views import page_of


@require_POST
def release(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, mail.release, _("Released. It went on as any other message."))


@require_POST
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, mail.dismiss, _("Dismissed. It is kept, and can be released later."))


@require_POST
def try_again(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, mail.try_again, _("It was tried again."))


@require_POST
def hear(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, mail.hear, _("It is a signal now."))


@require_POST
def confirm_sender(request: HttpRequest, key: str) -> HttpResponse:
    arrival, form = one(request, key), SenderForm(request.POST)
    if not form.is_valid():
        return render(request, "mail/show.html", page_of(arrival, form))
    said = _("Thank you. It is known now whose words these are.")
    return _do(request, key, spoken.confirm_sender, said, **form.cleaned_data)


def _do(request: HttpRequest, key: str, verb: Callable, said: str, **more: str) -> HttpResponse:
    arrival = one(request, key)
    try:
        verb(arrival, **more, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("mail:show", key)
