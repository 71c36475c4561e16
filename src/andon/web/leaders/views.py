"""What leaders look at: the voice as it is, what is late, what came back, what fails alike; and where it is silent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from andon.culture import silence as reports
from andon.culture.access import may_lead, may_read_silence
from andon.escalations.models import Thanks
from andon.signals.models import Signal
from andon.web.escalations.board import late_first
from andon.web.leaders.back import came_back
from andon.web.leaders.failing import failing_alike
from andon.web.leaders.told import Told
from andon.web.voice.cards import strip

VOICES = 12
MOST_THANKS = 8


@require_safe
def leaders(request: HttpRequest) -> HttpResponse:
    if not may_lead(request.user):
        raise Http404
    person, now = request.user, timezone.now()
    heard = Signal.objects.visible_to(person).exclude(text="")
    page = {
        "voices": heard.page(size=VOICES).signals,
        "strip": strip(person),
        "late": late_first(person, now),
        "back": came_back(person, now),
        "failing": failing_alike(now),
        "thanks": Thanks.objects.select_related("to", "by", "escalation").order_by("-at", "-pk")[
            :MOST_THANKS
        ],
        "silence": Told.of(reports.latest()),
    }
    return render(request, "leaders/leaders.html", page)


@require_safe
def silence(request: HttpRequest) -> HttpResponse:
    if not may_read_silence(request.user):
        raise Http404
    return render(request, "leaders/silence.html", {"told": Told.of(reports.latest())})
