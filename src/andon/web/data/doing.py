"""Taking a file out again, and trying once more."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.signals import actions
from andon.web.data.reach import one


@require_POST
def take_out(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.take_out, _("Taken out again. The file itself is kept."))


@require_POST
def try_again(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.try_again, _("It is tried again."))


def _do(request: HttpRequest, key: str, verb: Callable, said: str) -> HttpResponse:
    dataset = one(request, key)
    try:
        verb(dataset, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("data:show", key)
