"""The board: questions by their clocks, what is late first."""

from dataclasses import dataclass, fields
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.models import Escalation
from andon.escalations.rules import Clock, Facts, next_due
from andon.people.models import Person

PAGE = 50
MOST_SORTED = 20_000  # open questions that are sorted by clock: the oldest, as the latest are among them
MOMENTS = tuple(field.name for field in fields(Facts))
VIEWS = {
    "": gettext_lazy("All"),
    "by-name": gettext_lazy("To me"),
    "to-me": gettext_lazy("To me and my team"),
    "asked": gettext_lazy("Asked by me"),
    "triage": gettext_lazy("In triage"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the board, with the clock that comes first."""

    escalation: Escalation
    clock: Clock | None

    @property
    def late(self) -> bool:
        return bool(self.clock and self.clock.late)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    query: str
    current: bool


@dataclass(frozen=True, slots=True)
class Board:
    """One page of questions; `more` is the query of the next."""

    rows: list[Row]
    tabs: list[Tab]
    view: str
    closed: bool
    mechanism: str
    more: str
    page: int

    @classmethod
    def of(cls, person: Person, given: QueryDict, now: datetime) -> "Board":
        view = given.get("view", "") if given.get("view", "") in VIEWS else ""
        closed, mechanism = given.get("closed") == "1", given.get("mechanism", "")
        page = _page(given.get("page", ""))
        found = _chosen(view, person, mechanism)
        keys = _newest(found.closed(), page) if closed else _by_clock(found.open(), page, now)
        rows = _rows(person, keys[:PAGE], now)
        more = _query(view, closed, mechanism, page + 1) if len(keys) > PAGE else ""
        return cls(rows, _tabs(view, closed, mechanism), view, closed, mechanism, more, page)

    @property
    def first(self) -> str:
        return _query(self.view, self.closed, self.mechanism)


def late_first(person: Person, now: datetime, most: int = 8) -> list[Row]:
    """The open questions with a promise that was not kept, the latest first."""
    seen = Escalation.objects.visible_to(person)
    rows = _rows(person, _by_clock(seen.open().overdue(now), 0, now)[:most], now)
    return [row for row in rows if row.late]


def _chosen(view: str, person: Person, mechanism: str) -> QuerySet[Escalation]:
    seen = Escalation.objects.visible_to(person)
    found = {
        "": lambda: seen,
        "by-name": lambda: seen.filter(Q(to_person=person) | Q(ownerships__by=person)).distinct(),
        "to-me": lambda: seen.put_to(person),
        "asked": lambda: seen.raised_by_person(person),
        "triage": seen.in_triage,
    }[view]()
    return found.filter(mechanism__slug=mechanism) if mechanism else found


def _by_clock(found: QuerySet[Escalation], page: int, now: datetime) -> list[int]:
    """Keys of one page and one more: what is late first, the latest at the top, then what is due next."""
    rows = found.with_facts().order_by("raised_at", "pk").values_list("pk", *MOMENTS)[:MOST_SORTED]
    never = datetime.max.replace(tzinfo=now.tzinfo)
    due = [(next_due(Facts(*moments)) or never, pk) for pk, *moments in rows]
    return [pk for _due, pk in sorted(due)[page * PAGE : (page + 1) * PAGE + 1]]


def _newest(found: QuerySet[Escalation], page: int) -> list[int]:
    keys = found.order_by("-number").values_list("pk", flat=True)
    return list(keys[page * PAGE : (page + 1) * PAGE + 1])


def _rows(person: Person, keys: list[int], now: datetime) -> list[Row]:
    found = {one.pk: one for one in Escalation.objects.visible_to(person).filter(pk__in=keys).board()}
    return [Row(found[pk], first_clock(found[pk].clocks(now))) for pk in keys if pk in found]


def first_clock(clocks: tuple[Clock, ...]) -> Clock | None:
    """The running clock that runs out first; None when none runs."""
    return min((clock for clock in clocks if clock.running), key=lambda clock: clock.due, default=None)


def _tabs(view: str, closed: bool, mechanism: str) -> list[Tab]:
    tabs = [
        Tab(label, _query(name, False, mechanism), name == view and not closed)
        for name, label in VIEWS.items()
    ]
    return [*tabs, Tab(_("Closed"), _query(view if view != "triage" else "", True, mechanism), closed)]


def _query(view: str, closed: bool, mechanism: str, page: int = 0) -> str:
    found = {"view": view, "closed": "1" if closed else "", "mechanism": mechanism, "page": page or ""}
    return urlencode({name: value for name, value in found.items() if value})


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
