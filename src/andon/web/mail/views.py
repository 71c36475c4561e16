"""Messages that came in, and one of them with all that is known of it."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from andon.signals.access import may_keep_mailboxes
from andon.signals.models import Arrival, Mailbox
from andon.web.mail.forms import SenderForm
from andon.web.mail.reach import for_readers, one

PAGE = 50
Status = Arrival.Status
TABS = {
    "": gettext_lazy("All"),
    "quarantine": gettext_lazy("In quarantine"),
    "failed": gettext_lazy("Not understood"),
    "automatic": gettext_lazy("Automatic"),
}
FRAMES = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@require_safe
@for_readers
def arrivals(request: HttpRequest) -> HttpResponse:
    shown = request.GET.get("show", "")
    shown = shown if shown in TABS else ""
    before = request.GET.get("before", "")
    found = _narrowed(Arrival.objects.visible_to(request.user), shown)
    if before.isascii() and before.isdigit() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("mailbox").defer("notes").order_by("-pk")[: PAGE + 1])
    page = {
        "arrivals": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "first": not before,
        "shown": shown,
        "tabs": TABS.items(),
        "may_keep": may_keep_mailboxes(request.user),
        "mailboxes": Mailbox.objects.in_use().count(),
    }
    return render(request, "mail/list.html", page)


def _narrowed(found: QuerySet[Arrival], shown: str) -> QuerySet[Arrival]:
    match shown:
        case "quarantine":
            return found.in_quarantine()
        case "failed":
            return found.filter(status__in=[Status.FAILED, Status.WAITING])
        case "automatic":
            return found.filter(kind__in=["auto", "bounce"], status=Status.ACCEPTED, signal=None)
    return found


@require_safe
@csp_override(FRAMES)
def show(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "mail/show.html", page_of(one(request, key)))


def page_of(arrival: Arrival, form: SenderForm | None = None) -> dict[str, Any]:
    """The message is read from its bytes each time: what is shown is what came."""
    try:
        letter = arrival.letter()
    except OSError:
        letter = None
    kind, _, number = arrival.thread.partition(":")
    return {
        "arrival": arrival,
        "letter": letter,
        "attached": list(enumerate(letter.attachments)) if letter else [],
        "escalation": number if kind == "escalation" else "",
        "may_release": arrival.status == Status.QUARANTINED,
        "may_dismiss": arrival.status == Status.QUARANTINED and not arrival.ruling,
        "may_try_again": arrival.status in (Status.FAILED, Status.WAITING),
        "may_hear": arrival.status == Status.ACCEPTED and arrival.signal is None and not arrival.thread,
        "sender_form": form or (SenderForm() if letter and letter.is_forward and arrival.signal else None),
    }
