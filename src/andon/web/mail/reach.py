"""Who may see mail as it came, and set up mailboxes. For everybody else these pages do not exist."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from andon.signals.access import may_keep_mailboxes, may_read_mail
from andon.signals.models import Arrival, Mailbox

View = Callable[..., HttpResponse]


def one(request: HttpRequest, key: str) -> Arrival:
    found = Arrival.objects.visible_to(request.user).select_related("mailbox", "signal", "by", "ruled_by")
    return get_object_or_404(found, key=key)


def for_readers(view: View) -> View:
    return _guarded(view, may_read_mail)


def for_keepers(view: View) -> View:
    return _guarded(view, may_keep_mailboxes)


def box(name: str) -> Mailbox:
    return get_object_or_404(Mailbox, name=name)


def _guarded(view: View, may: Callable[..., bool]) -> View:
    """404 for who may not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
