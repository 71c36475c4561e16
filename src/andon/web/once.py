"""A form that is sent twice, by a double click or an impatient reload, does once what it does.

The same words to the same address from the same browser within a minute, with nothing sent in between, are the same
deed: the second gets the answer of the first. Two browsers of one person are two: signing out of each ends each.
Actions know nothing of it; what must never be twice they say themselves.
"""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta

from django.contrib.messages import ERROR
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from andon.web.models import Sent

AGAIN = timedelta(minutes=1)
PATIENCE, STEP = 10.0, 0.05  # seconds: how long the second waits for the first
NOT_REMEMBERED = ("/pulse/answer/", "/pulse/slip/")
"""What is sent there leaves no mark of who sent it, nor when; the box of the pulse takes one answer a person."""
FORM = "application/x-www-form-urlencoded"  # files are recognised by what is in them


def only_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NOT_REMEMBERED) or not _recognised(request):
            return get_response(request)
        key, digest = request.user.pk, _digest(request)
        if not _first(key, digest):
            return _answer_of_the_first(key, digest) or get_response(request)
        return _remembered(key, digest, request, get_response)

    return answer


def _recognised(request: HttpRequest) -> bool:
    return request.method == "POST" and request.content_type == FORM and request.user.is_authenticated


def _digest(request: HttpRequest) -> str:
    said = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    sent = (request.session.session_key, request.get_full_path(), sorted(said))
    return hashlib.sha256(repr(sent).encode()).hexdigest()


def _first(key: int, digest: str) -> bool:
    """Claims it in one statement, so that of two at the same moment one is the first."""
    now = timezone.now()
    other = ~Q(digest=digest) | Q(at__lte=now - AGAIN)
    if Sent.objects.filter(other, person=key).update(digest=digest, at=now, led_to=""):
        return True
    return Sent.objects.get_or_create(person_id=key, defaults={"digest": digest, "at": now})[1]


def _remembered(key: int, digest: str, request: HttpRequest, get_response: Callable) -> HttpResponse:
    """Where the first led to; what failed or only showed a page may be sent again."""
    led_to = ""
    try:
        answer = get_response(request)
        led_to = answer.headers.get("Location", "") if not _refused(request) else ""
    finally:
        mine = Sent.objects.filter(person=key, digest=digest)
        mine.update(led_to=led_to) if led_to else mine.update(digest="")
    return answer


def _refused(request: HttpRequest) -> bool:
    queued = getattr(getattr(request, "_messages", None), "_queued_messages", ())
    return any(message.level >= ERROR for message in queued)


def _answer_of_the_first(key: int, digest: str) -> HttpResponse | None:
    """None where the first came to nothing, so that the second may try."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        known = Sent.objects.filter(person=key, digest=digest).values_list("led_to", flat=True).first()
        if known is None:
            return None
        if known:
            return HttpResponseRedirect(known)
        time.sleep(STEP)
    return None
