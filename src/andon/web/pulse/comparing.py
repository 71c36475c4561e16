"""Health of speaking up: the voice of teams beside where it is silent, and what those who asked met."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from andon.culture.pulse import access, speaking
from andon.culture.pulse.speaking import Clocks, Place
from andon.culture.rules import Verdict
from andon.people import saying
from andon.web.pulse import telling
from andon.web.pulse.views import tabs

LOOKS = {Verdict.FAR: "cord", Verdict.BEYOND: "open", Verdict.USUAL: "calm", Verdict.FEW: ""}


@dataclass(frozen=True, slots=True)
class Row:
    place: Place
    state: str
    look: str
    thanked: str
    hours: str


@require_safe
def speaking_up(request: HttpRequest) -> HttpResponse:
    if not access.may_compare(request.user):
        raise Http404
    now = timezone.now()
    rows = [_row(place) for place in speaking.places(request.user, now)]
    page = {
        "rows": rows,
        "sentence": _sentence(rows),
        "leaders": _clocks(speaking.leaders(now)),
        "own": _clocks(speaking.own(request.user, now)) if speaking.leads(request.user) else None,
        "days": speaking.LOOKED_BACK.days,
        **tabs(request),
    }
    return render(request, "pulse/speaking_up.html", page)


def _row(place: Place) -> Row:
    state, look = _state(place.verdict)
    met = place.met
    thanked = telling.share(met.thanked) if met else ""
    return Row(place, state, look, thanked, hours(met.hours) if met else "")


def _state(verdict: str) -> tuple[str, str]:
    words = {
        Verdict.FAR: _("stands out"), Verdict.BEYOND: _("worth a look"),
        Verdict.USUAL: _("as elsewhere"), Verdict.FEW: _("too few to tell"),
    }  # fmt: skip
    return (words[Verdict(verdict)], LOOKS[Verdict(verdict)]) if verdict else ("", "")


def hours(n: float) -> str:
    """A median: infinite where half of them were never explained."""
    if n == speaking.NEVER:
        return _("most without an answer yet")
    return saying.value(n * 3600, "seconds")


def _clocks(found: Clocks) -> dict[str, str]:
    return {
        "asked": hours(found.asked) if found.asked is not None else "",
        "answered": hours(found.answered) if found.answered is not None else "",
    }


def _sentence(rows: list[Row]) -> str:
    """Where it is quiet and people say that it is not safe: the one thing to look at first."""
    voices = [row.place.voice for row in rows if row.place.key == "all" and row.place.voice]
    level = voices[0].low if voices else None
    both = [
        row.place.name
        for row in rows
        if row.look in {"cord", "open"}
        and level is not None
        and row.place.voice
        and row.place.voice.high < level
    ]
    if both:
        return _("Quiet, and it does not feel safe to speak: %(places)s.") % {"places": ", ".join(both)}
    return _("Whether people speak up, and what becomes of it")
