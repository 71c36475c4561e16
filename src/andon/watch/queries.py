"""The wall: every measure as last computed, exceptions first."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple, Self

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.mechanisms.models import Measure
from andon.people import saying
from andon.people.access import roles_of
from andon.people.models import Team


@dataclass(frozen=True, slots=True)
class WallFilters:
    """Empty means "any". `team` is the slug of an owning team; `out` shows exceptions only; `q` is part of
    a name.
    """

    team: str = ""
    every: str = ""
    kind: str = ""
    out: bool = False
    q: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """From a query string; anything unknown in it is ignored."""
        given = {f.name: str(query.get(f.name, "")).replace("\x00", "").strip()[:120] for f in fields(cls)}
        return cls(**{**given, "out": given["out"] not in {"", "0", "off", "no"}})


class Counts(NamedTuple):
    """Of all measures in use, whatever is filtered. `without_data` have a chart without points, or none."""

    measures: int
    out: int
    without_data: int
    customers: int
    computed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wall:
    """What the wall shows: measures with their chart (`measure.chart`), and the sentence above them.

    `measures` and `teams` are not fetched yet, so that a page takes only its own of ten thousand.
    """

    measures: QuerySet[Measure]
    counts: Counts
    sentence: str
    teams: QuerySet[Team]


def wall(person, filters: WallFilters | None = None) -> Wall:
    """Two queries, and one each for measures and teams once taken. All of them for everybody at work, else none."""
    in_use = Measure.objects.filter(retired_at=None, mechanism__retired_at=None)
    if not roles_of(person):
        in_use = in_use.none()
    counts = _counts(in_use)
    shown = ranked(narrowed(in_use, filters or WallFilters()))
    teams = Team.objects.filter(owned_mechanisms__measures__in=in_use).distinct()
    return Wall(shown, counts, sentence(counts), teams)


def narrowed(measures: QuerySet, filters: WallFilters) -> QuerySet:
    plain = {"mechanism__owner_team__slug": filters.team, "every": filters.every, "kind": filters.kind}
    found = measures.filter(**{name: value for name, value in plain.items() if value})
    if filters.out:
        found = found.filter(chart__out=True)
    for word in filters.q.split():
        found = found.filter(Q(name__icontains=word) | Q(mechanism__name__icontains=word))
    return found


def ranked(measures: QuerySet) -> QuerySet:
    """Out of spec first, most customers first, then by strength; those without data last."""
    order = [F(f"chart__{name}").desc(nulls_last=True) for name in ("out", "customers", "strength")]
    names = ("mechanism__name", "name", "pk")
    rows = measures.select_related("mechanism__owner_team", "chart").order_by(*order, *names)
    return rows.defer("chart__points", "chart__why", "chart__warnings", "mechanism__specification")


def _counts(in_use: QuerySet) -> Counts:
    out = Q(chart__out=True)
    found = in_use.aggregate(
        measures=Count("pk"),
        out=Count("pk", filter=out),
        without=Count("pk", filter=Q(chart=None) | Q(chart__latest=None)),
        computed_at=Max("chart__computed_at"),
    )
    return Counts(found["measures"], found["out"], found["without"], _customers(in_use), found["computed_at"])


def _customers(in_use: QuerySet) -> int:
    """Of each mechanism those of its worst measure: a late refund is late in every measure of refunds."""
    worst = (
        in_use.filter(chart__out=True).order_by().values("mechanism").annotate(most=Max("chart__customers"))
    )
    return worst.aggregate(all=Sum("most"))["all"] or 0


def sentence(counts: Counts) -> str:
    """The state of the house in a sentence or two."""
    if not counts.measures:
        return _("Nothing is measured yet.")
    n = {"n": saying.thousands(counts.measures), "out": _start(saying.few(counts.out))}
    if counts.without_data == counts.measures:
        told = ngettext("%(n)s measure waits for data.", "%(n)s measures wait for data.", counts.measures)
        return told % n
    first = _out(counts.out, counts.measures) % n
    if not counts.out or not counts.customers:
        return first
    return f"{first} {_touched(counts)}"


def _out(out: int, measures: int) -> str:
    if measures == 1:
        return _("The one measure is out of spec.") if out else _("The one measure is within spec.")
    if not out:
        return _("None of %(n)s measures is out of spec.")
    return ngettext(
        "%(out)s of %(n)s measures is out of spec.", "%(out)s of %(n)s measures are out of spec.", out
    )


def _touched(counts: Counts) -> str:
    customers = {"customers": saying.counted(counts.customers, "customer")}
    if counts.out == 1:
        return _("About %(customers)s touched since it began.") % customers
    return _("About %(customers)s touched since they began.") % customers


def _start(text: str) -> str:
    """As at the start of a sentence."""
    return text[:1].upper() + text[1:]
