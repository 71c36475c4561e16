"""What is new: exceptions at the end of the data, clusters of what customers say, and questions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.escalations.models import Escalation
from andon.people import saying
from andon.people.access import at_work
from andon.people.models import Person
from andon.people.retelling import retold
from andon.watch.models import ChartException, Cluster
from andon.web.templatetags.andon import first_sentence

WEEK, DAY = timedelta(days=7), timedelta(days=1)
READ, SHOWN = 200, 8
# When old data come in, all their exceptions are new to us; news are only those near the end of the data.
FRESH = {
    "hour": timedelta(days=2),
    "day": timedelta(days=8),
    "week": timedelta(days=35),
    "month": timedelta(days=95),
    "quarter": timedelta(days=280),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One line: when we learned of it, what it is, where it leads, whom it touched. `sign` as in a story."""

    at: datetime
    sign: str
    title: str
    text: str
    url: str
    customers: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Newest first, at most `SHOWN` in all."""

    since_yesterday: list[Change]
    this_week: list[Change]

    def __bool__(self) -> bool:
        return bool(self.since_yesterday or self.this_week)


def changes(person: Person, now: datetime) -> Changes:
    """Three queries."""
    if not at_work(person):
        return Changes([], [])
    since = now - WEEK
    every = [*_exceptions(since), *_clusters(person, since), *_questions(person, since)]
    newest = sorted(every, key=lambda change: (change.at, change.customers), reverse=True)[:SHOWN]
    yesterday = [change for change in newest if change.at >= now - DAY]
    return Changes(yesterday, newest[len(yesterday) :])


def _exceptions(since: datetime) -> Iterator[Change]:
    found = ChartException.objects.filter(first_seen__gte=since, withdrawn_at=None).exclude(worse=False)
    found = found.filter(measure__retired_at=None, measure__mechanism__retired_at=None)
    rows = found.select_related("measure__mechanism", "measure__chart").order_by("-at", "-customers")
    rows = rows.defer("measure__chart__points", "measure__chart__tile")[:READ]
    fresh = sorted((row for row in rows if _fresh(row)), key=lambda row: (row.measure_id, row.at))
    for _measure, group in groupby(fresh, key=lambda row: row.measure_id):
        yield _told(list(group))


def _fresh(exception: ChartException) -> bool:
    through = exception.measure.chart.through
    return through is None or exception.at >= through - FRESH[exception.measure.every]


def _told(marked: list[ChartException]) -> Change:
    last, measure = marked[-1], marked[-1].measure
    url = reverse("mechanisms:measure", args=[measure.mechanism.slug, measure.slug])
    first_seen = max(exception.first_seen for exception in marked)
    title = f"{measure.mechanism.name}: {measure.name}"
    text = f"{marked_words(len(marked), measure.every)} {retold(first_sentence(last.reason))}"
    return Change(first_seen, "cord", title, text, url, sum(exception.customers for exception in marked))


def _clusters(person: Person, since: datetime) -> Iterator[Change]:
    """Those that go on; a look back into old data is no news."""
    found = Cluster.objects.visible_to(person).going_on().filter(first_seen__gte=since)
    for one in found.strongest_first().defer("curve")[:SHOWN]:
        url = reverse("voice:cluster", args=[one.pk])
        text = retold(first_sentence(one.sentence))
        yield Change(
            one.first_seen,
            "cord",
            _("Many say the same: %(title)s") % {"title": one.title},
            text,
            url,
            one.customers,
        )


def _questions(person: Person, since: datetime) -> Iterator[Change]:
    asked = Escalation.objects.visible_to(person).filter(Q(raised_at__gte=since) | Q(closing__at__gte=since))
    for question in asked.select_related("closing", "mechanism").order_by("-number")[:SHOWN]:
        closing = getattr(question, "closing", None)
        url = reverse("escalations:show", args=[question.number])
        at, sign = (closing.at, "good") if closing else (question.raised_at, "")
        about = question.mechanism.name if question.mechanism else ""
        yield Change(at, sign, _question(question, bool(closing)), about, url)


def _question(question: Escalation, closed: bool) -> str:
    named = {"number": question.number, "title": question.heading}
    if closed:
        return _("Question %(number)s closed: %(title)s") % named
    return _("Question %(number)s asked: %(title)s") % named


def marked_words(n: int, every: str) -> str:
    """“Three weeks marked.”"""
    many = {
        "hour": ngettext("%(n)s hour marked.", "%(n)s hours marked.", n),
        "day": ngettext("%(n)s day marked.", "%(n)s days marked.", n),
        "week": ngettext("%(n)s week marked.", "%(n)s weeks marked.", n),
        "month": ngettext("%(n)s month marked.", "%(n)s months marked.", n),
        "quarter": ngettext("%(n)s quarter marked.", "%(n)s quarters marked.", n),
    }
    return capfirst(many[every] % {"n": saying.few(n)})
