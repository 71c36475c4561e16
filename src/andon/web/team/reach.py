"""Whom a reader may look at here, and that they looked."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from andon.evidence import access_log
from andon.evidence.access import SELF, readable_people
from andon.growth.line import may_coach
from andon.growth.models import Coaching
from andon.people.models import Person


def read_person(request: HttpRequest, pk: int, what: str, now: datetime) -> tuple[Person, str]:
    """Somebody of the reader's line, or anybody for an HR partner, and the right by which they read.

    The reading is noted for the person to see.
    """
    person = get_object_or_404(readable_people(request.user).select_related("team", "manager"), pk=pk)
    reading = access_log.note(request.user, person, what, now)
    return person, reading.basis if reading else SELF


def coached_person(request: HttpRequest, pk: int) -> Person:
    """Somebody whom the reader may coach; else they do not exist."""
    person = get_object_or_404(readable_people(request.user).select_related("team", "manager"), pk=pk)
    if not may_coach(request.user, person):
        raise Http404
    return person


def read_coaching(request: HttpRequest, pk: int) -> Coaching:
    """A note about somebody whom the reader may look at. Who only acts on it has read it before."""
    seen = Coaching.objects.filter(person__in=readable_people(request.user).order_by().values("pk"))
    return get_object_or_404(seen.complete(), pk=pk)
