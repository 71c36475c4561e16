"""What has happened to a mechanism, newest first: versions, phases, exceptions, questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.escalations.models import Escalation
from andon.mechanisms.models import Mechanism, Phase, Version
from andon.people import saying
from andon.people.models import Person
from andon.people.retelling import retold, retold_if_ours
from andon.watch.models import ChartException
from andon.web.mechanisms import points
from andon.web.templatetags.andon import first_sentence

SHOWN = 40
READ = 300  # exceptions read, so that those side by side can be told as one


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the story. `sign` marks it: "key" for what people did, "cord", "good" or nothing."""

    at: datetime
    sign: str
    title: str
    text: str = ""
    url: str = ""


def questions(mechanism: Mechanism, person: Person) -> list[Escalation]:
    """The newest, with their closing; one query."""
    asked = (
        Escalation.objects.visible_to(person).of_mechanism(mechanism).select_related("closing", "mechanism")
    )
    return list(asked.order_by("-number")[:SHOWN])


def events(mechanism: Mechanism, asked: list[Escalation]) -> list[Event]:
    """At most `SHOWN`, with the questions `asked`; two queries however long the history is."""
    every = [
        *_changes(mechanism),
        *_exceptions(mechanism),
        *_questions(asked),
    ]
    return sorted(every, key=lambda event: event.at, reverse=True)[:SHOWN]


def _changes(mechanism: Mechanism) -> Iterator[Event]:
    """Versions and phases, in one query."""
    number = Cast("number", CharField())
    versions = Version.objects.filter(mechanism=mechanism).order_by()
    versions = versions.values_list("since", number, "what_changed", Value("version", CharField()))
    phases = Phase.objects.filter(measure__mechanism=mechanism).order_by()
    phases = phases.values_list("starts", "measure__name", "reason", Value("phase", CharField()))
    for at, name, text, what in versions.union(phases, all=True).order_by("-since")[:SHOWN]:
        title = _("Version %(number)s") if what == "version" else _("New limits for “%(name)s”")
        yield Event(at, "key", title % {"number": name, "name": name}, retold_if_ours(text))


def _questions(asked: list[Escalation]) -> Iterator[Event]:
    for question in asked:
        closed = getattr(question, "closing", None)
        title = _("Question %(number)s · closed") if closed else _("Question %(number)s")
        url = reverse("escalations:show", args=[question.number])
        yield Event(question.raised_at, "", title % {"number": question.number}, question.heading, url)


def _exceptions(mechanism: Mechanism) -> Iterator[Event]:
    found = ChartException.objects.filter(measure__mechanism=mechanism, withdrawn_at=None)
    newest = found.select_related("measure").order_by("-at")[:READ]
    by_measure = sorted(newest, key=lambda e: (e.measure_id, e.worse is False, e.at))
    for (_measure, better), group in groupby(by_measure, key=lambda e: (e.measure_id, e.worse is False)):
        for run in _side_by_side(group):
            yield _told(run, better, mechanism)


def _side_by_side(exceptions: Iterable[ChartException]) -> Iterator[list[ChartException]]:
    run: list[ChartException] = []
    for exception in exceptions:
        if run and exception.at > points.end(run[-1].at, exception.measure.every):
            yield run
            run = []
        run.append(exception)
    if run:
        yield run


def _told(run: list[ChartException], better: bool, mechanism: Mechanism) -> Event:
    first, last, measure = run[0], run[-1], run[0].measure
    url = reverse("mechanisms:measure", args=[mechanism.slug, measure.slug])
    named = {"name": measure.name, "when": _when(run, measure.every)}
    title = _("“%(name)s”: %(when)s better than usual") if better else _("“%(name)s”: %(when)s")
    reason = retold(first_sentence(max(run, key=lambda e: e.strength).reason))
    return Event(
        last.at, "good" if better else "cord", title % named, reason, f"{url}#at-{first.at:%Y%m%dT%H%M}"
    )


def _when(run: list[ChartException], every: str) -> str:
    first, last = (saying.period(points.moment(e.at.isoformat()), every) for e in (run[0], run[-1]))
    if len(run) == 1:
        return first
    return _many(len(run), every) % {"n": saying.few(len(run)), "first": first, "last": last}


def _many(n: int, every: str) -> str:
    return {
        "hour": ngettext(
            "%(n)s hour marked, %(first)s to %(last)s", "%(n)s hours marked, %(first)s to %(last)s", n
        ),
        "day": ngettext(
            "%(n)s day marked, %(first)s to %(last)s", "%(n)s days marked, %(first)s to %(last)s", n
        ),
        "week": ngettext(
            "%(n)s week marked, %(first)s to %(last)s", "%(n)s weeks marked, %(first)s to %(last)s", n
        ),
        "month": ngettext(
            "%(n)s month marked, %(first)s to %(last)s", "%(n)s months marked, %(first)s to %(last)s", n
        ),
        "quarter": ngettext(
            "%(n)s quarter marked, %(first)s to %(last)s", "%(n)s quarters marked, %(first)s to %(last)s", n
        ),
    }[every]
