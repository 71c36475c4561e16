"""Broken promises are recorded once each, and climb the line on their own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.lines import MOST_LEVELS, Level, line_of
from andon.escalations.models import Breach, Escalation
from andon.escalations.rules.climbing import levels_due
from andon.escalations.rules.timing import Promised, in_words, promises, span
from andon.people.models import Person
from andon.people.notices import Kind, tell

LOOK_BACK = timedelta(days=14)
"""Questions closed so long ago are looked at still: what broke while nothing ran is recorded too."""
TOLD_WITHIN = timedelta(days=7)
"""What broke longer ago, unnoticed, is recorded, but nobody is written to about it any more."""

BROKEN = {
    "own": gettext_lazy("Nobody has taken it on in time"),
    "make right": gettext_lazy("Not made right for the customer in time"),
    "explain": gettext_lazy("Not explained in time"),
    "preliminary": gettext_lazy("No preliminary answer in time"),
}
Known = Mapping[tuple[int, str, datetime], set[int]]


def climb(now: datetime) -> int:
    """Records what has broken since it was last asked; how many levels were reached.

    Safe to run at any time, twice, and by two at once: a level of a promise is one row, and who is told is told by it.
    """
    recent = Q(closing__isnull=True) | Q(closing__at__gte=now - LOOK_BACK)
    return sum(_climb(pk, now) for pk in list(_with_news(recent, now)))


def _with_news(recent: Q, now: datetime) -> Iterable[int]:
    """Questions with a level that was reached and is not recorded, the oldest first. Two queries for all of them."""
    known = _known(Breach.objects.filter(escalation__in=Escalation.objects.filter(recent).values("pk")))
    found = (
        Escalation.objects.filter(recent, merging__isnull=True).with_facts().select_related("pin__calendar")
    )
    for one in found.order_by("raised_at", "pk"):
        if any(_news(one, promised, known, now) for promised in _of(one)):
            yield one.pk


def _of(escalation: Escalation) -> tuple[Promised, ...]:
    return promises(escalation.facts, escalation.working_time)


def _news(escalation: Escalation, promised: Promised, known: Known, now: datetime) -> dict[int, datetime]:
    """Levels that were reached and are not recorded, and when each was."""
    until = escalation.facts.closed_at or now
    told = known.get((escalation.pk, promised.promise.name, promised.due), set())
    reached = levels_due(promised, until, MOST_LEVELS)
    return {level: at for level, at in enumerate(reached) if level not in told}


def _known(breaches: QuerySet[Breach]) -> Known:
    found: dict[tuple[int, str, datetime], set[int]] = defaultdict(set)
    for escalation, clock, due, level in breaches.order_by().values_list(
        "escalation", "clock", "due", "level"
    ):
        found[escalation, clock, due].add(level)
    return found


@transaction.atomic
def _climb(pk: int, now: datetime) -> int:
    """One question, as it is by now; what another process has recorded meanwhile is left alone."""
    Escalation.objects.select_for_update().get(pk=pk)
    escalation = Escalation.objects.board().get(pk=pk)
    line = line_of(escalation)
    return sum(_record(escalation, promised, line, now) for promised in _of(escalation))


def _record(escalation: Escalation, promised: Promised, line: list[Level], now: datetime) -> int:
    clock = promised.promise.name
    known = _known(Breach.objects.filter(escalation=escalation))
    made = 0
    for level, at in _news(escalation, promised, known, now).items():
        breach, new = Breach.objects.get_or_create(
            escalation=escalation, clock=clock, due=promised.due, level=level,
            defaults={"at": at, "recorded_at": now},
        )  # fmt: skip
        made += new
        if new and level < len(line) and _still_matters(escalation, promised, at, now):
            breach.told.set(_tell(escalation, promised, [*line[level], *_new_below(line, level)], level, now))
    return made


def _still_matters(escalation: Escalation, promised: Promised, at: datetime, now: datetime) -> bool:
    over = promised.met_at or escalation.facts.closed_at
    return over is None and at >= now - TOLD_WITHIN


def _new_below(line: list[Level], level: int) -> Level:
    """Whoever is to keep it, who may have taken it on since; a notice is never said twice."""
    return line[0] if level else []


def _tell(
    escalation: Escalation, promised: Promised, level: Iterable[Person], number: int, now: datetime
) -> list[Person]:
    clock = promised.promise.name.replace(" ", "-")
    return [person for person in level if _told(escalation, promised, person, clock, now)]


def _told(escalation: Escalation, promised: Promised, person: Person, clock: str, now: datetime) -> bool:
    """A person hears of a broken promise once, whichever level they stand on by then."""
    said = tell(
        person,
        key=f"escalation:{escalation.number}:late:{clock}:{promised.due:%Y%m%dT%H%M%SZ}:{person.pk}",
        kind=Kind.LATE,
        subject=lambda: _("Question %(number)s: %(broken)s") % {
            "number": escalation.number, "broken": BROKEN[promised.promise.name]},
        text=lambda: _text(escalation, promised, now),
        link=f"/escalations/{escalation.number}/",
        thread=f"escalation:{escalation.number}",
        about_own=escalation.owner == person or escalation.to_person_id == person.pk,
        now=now,
    )  # fmt: skip
    return said is not None


def _text(escalation: Escalation, promised: Promised, now: datetime) -> str:
    about = escalation.mechanism.name if escalation.mechanism else _("no mechanism yet")
    return "\n\n".join(
        [
            f"{escalation.title}\n{about}",
            _("%(broken)s: %(words)s. The customer has waited for %(waited)s.") % {
                "broken": BROKEN[promised.promise.name], "words": in_words(promised, None, now),
                "waited": span(now - escalation.customer_since)},
            _("It is with %(whom)s. Ask what stands in the way, and help to clear it.") % {
                "whom": escalation.owner or escalation.addressee},
        ]
    )  # fmt: skip


def told_words(breach: Breach) -> str:
    """For the story of a question: what was not kept, how late that was, and who was told."""
    said = str(BROKEN[breach.clock]) if not breach.level else _("Still late, by %(span)s") % {
        "span": span(breach.at - breach.due)}  # fmt: skip
    names = ", ".join(person.name for person in breach.told.all())
    return _("%(said)s; told %(names)s") % {"said": said, "names": names} if names else said
