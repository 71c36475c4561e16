"""The frame of every page: where one can go, and what waits there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.db.models import CharField, Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from andon.culture.fairness.access import may_enter
from andon.escalations.models import Escalation
from andon.people import saying
from andon.people.access import ANALYST, HR_PARTNER, LEADER, MANAGER, is_any, may_bring_data, may_bring_people
from andon.signals.access import may_read_mail
from andon.watch.models import Chart


@dataclass(frozen=True, slots=True)
class Link:
    """One way to go; `count` is a word or two about what waits there, or empty."""

    label: str
    url: str
    icon: str
    count: str = ""
    current: bool = False


def frame(request: HttpRequest) -> dict:
    """For every template. Nothing is asked of the database unless the page shows the navigation."""
    return {"nav": cache(lambda: groups(request)), "organisation": settings.ORGANISATION}


def groups(request: HttpRequest) -> list[list[Link]]:
    """Only pages that exist and that this person may open."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return []
    every = [
        [*_customer_half(request), *_together(request)],
        list(_mine(request)),
        list(_team(request)),
        list(_aims(request)),
        list(_insight(request)),
        list(_upkeep(request)),
    ]
    return [links for links in every if links]


def _customer_half(request: HttpRequest) -> Iterator[Link]:
    yield from _link(request, _("Today"), "home", "sun")
    out, asked = _waiting()
    yield from _link(
        request,
        _("The wall"),
        "wall",
        "layout-grid",
        _("%(out)s out") % {"out": saying.thousands(out)} if out else "",
    )
    yield from _link(request, _("Mechanisms"), "mechanisms:list", "cog")
    yield from _link(request, _("Customer voice"), "voice:list", "message-square-quote")
    yield from _link(
        request,
        _("Escalations"),
        "escalations:list",
        "circle-question-mark",
        _("%(asked)s open") % {"asked": saying.thousands(asked)} if asked else "",
    )


def _together(request: HttpRequest) -> Iterator[Link]:
    """What is looked at together, week by week; and what leaders read."""
    yield from _link(request, _("Journeys"), "journeys:home", "waypoints")
    yield from _link(request, _("Weekly review"), "review:latest", "calendar-check")
    yield from _link(request, _("Pulse"), "pulse:home", "heart-pulse")
    if is_any(request.user, LEADER):
        yield from _link(request, _("Leaders"), "leaders:home", "compass")
    elif is_any(request.user, HR_PARTNER, ANALYST):
        yield from _link(request, _("Silence"), "leaders:silence", "ear")


def _mine(request: HttpRequest) -> Iterator[Link]:
    record = list(_link(request, _("My record"), "record:mine", "scroll-text"))
    there = any(link.current for link in record)  # its address begins as that of all that is one’s own
    for link in _link(request, _("My work"), "me:hub", "user-round"):
        yield replace(link, current=link.current and not there)
    yield from record


def _team(request: HttpRequest) -> Iterator[Link]:
    """For who leads people; what somebody owes of support, wherever they stand, is on their team’s pages."""
    if is_any(request.user, MANAGER):
        yield from _link(request, _("My team"), "team:hub", "users-round")
        yield from _link(request, _("Plans"), "plans:list", "route")
        yield from _link(request, _("Working hours"), "hours:list", "clock")


def _aims(request: HttpRequest) -> Iterator[Link]:
    yield from _link(request, _("Standards"), "standards:mine", "ruler")
    yield from _link(request, _("Objectives"), "objectives:tree", "target")


def _insight(request: HttpRequest) -> Iterator[Link]:
    """What the numbers say of the work as a whole, never of a person."""
    yield from _link(request, _("Is it the system?"), "system:list", "scale")
    yield from _link(request, _("Metrics"), "metrics:audit", "scan-search")
    yield from _link(request, _("Contact centre"), "centre:every", "headset")


def _upkeep(request: HttpRequest) -> Iterator[Link]:
    if may_bring_data(request.user) or may_bring_people(request.user):
        yield from _link(request, _("Bring data"), "data:list", "upload")
    if may_read_mail(request.user):
        yield from _link(request, _("Mail"), "mail:list", "mail")
    yield from _link(request, _("People"), "people:list", "users")
    if is_any(request.user, HR_PARTNER):
        yield from _link(request, _("Plans in review"), "plans:queue", "route")
        yield from _link(request, _("Skills"), "growing:skills", "graduation-cap")
        yield from _link(request, _("Records and law"), "law:home", "archive")
    if may_enter(request.user):
        yield from _link(request, _("Fairness"), "fairness:home", "equal-approximately")


def _waiting() -> tuple[int, int]:
    """How many measures are out of spec and how many questions open, in one query."""
    out = Chart.objects.filter(out=True, measure__retired_at=None, measure__mechanism__retired_at=None)
    both = _counted(out, "out").union(_counted(Escalation.objects.open(), "asked"))
    found = dict(both.values_list("what", "n"))
    return found.get("out", 0), found.get("asked", 0)


def _counted(rows: QuerySet, what: str) -> QuerySet:
    named = rows.order_by().annotate(what=Value(what, CharField()))
    return named.values("what").annotate(n=Count("pk"))


def _link(request: HttpRequest, label: str, name: str, icon: str, count: str = "") -> Iterator[Link]:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return
    current = request.path == url if url == "/" else request.path.startswith(url)
    yield Link(label, url, icon, count, current)
