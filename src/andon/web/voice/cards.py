"""Clusters as cards: the curve, what was said as far as the reader may see it, and who has asked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from andon.escalations.models import Escalation
from andon.mechanisms.models import Mechanism
from andon.people.access import roles_of
from andon.people.models import Person
from andon.signals.access import SEE_ALL
from andon.signals.models import Signal
from andon.watch.access import read_by
from andon.watch.models import Cluster, Membership
from andon.web.voice import curves

EXAMPLES = 3
READ = 150  # members of a cluster that are looked through for what a reader may read
MOST_QUESTIONS = 20
STRIP = 4
MOST_MECHANISMS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What `voice/cluster.html` shows; `asked` is the open question about it."""

    cluster: Cluster
    examples: list[Signal]
    asked: Escalation | None
    svg: str


def strip(person: Person) -> list[tuple[Cluster, str]]:
    """The strongest few that go on, each with its curve."""
    return _small(Cluster.objects.visible_to(person))


def of_mechanism(person: Person, mechanism: Mechanism) -> list[tuple[Cluster, str]]:
    """Those about this mechanism."""
    return _small(Cluster.objects.visible_to(person).of_mechanism(mechanism))


def _small(clusters) -> list[tuple[Cluster, str]]:
    found = clusters.going_on().strongest_first()[:STRIP]
    return [(cluster, curves.small(cluster)) for cluster in found]


def cards(person: Person, clusters: Iterable[Cluster], quoted: int = EXAMPLES) -> list[Card]:
    """Two queries, however many clusters."""
    clusters = list(clusters)
    said, asked = _examples(person, clusters, quoted), _asked(person, clusters)
    return [Card(c, said.get(c.pk, []), asked.get(c.pk), curves.small(c)) for c in clusters]


def within(person: Person, cluster: Cluster) -> Card:
    """As it stands within a question about it; one query."""
    said = _examples(person, [cluster], EXAMPLES)
    return Card(cluster, said.get(cluster.pk, []), None, curves.small(cluster))


def asked_about(person: Person, cluster: Cluster) -> QuerySet[Escalation]:
    """Open ones first, newest first."""
    asked = (
        Escalation.objects.visible_to(person).filter(cluster=cluster).select_related("closing", "mechanism")
    )
    return asked.order_by(F("closing").asc(nulls_first=True), "-number")[:MOST_QUESTIONS]


def about(person: Person, cluster: Cluster) -> QuerySet:
    """Mechanisms of those of its signals that this person may read, the most frequent first."""
    seen = Signal.objects.visible_to(person).filter(memberships__cluster=cluster, mechanism__isnull=False)
    named = seen.order_by().values("mechanism__slug", "mechanism__name").annotate(n=Count("pk"))
    return named.order_by("-n", "mechanism__name")[:MOST_MECHANISMS]


def _examples(person: Person, clusters: list[Cluster], quoted: int) -> dict[int, list[Signal]]:
    """The first few of each that this person may read, the most telling ones first."""
    members = Membership.objects.filter(cluster__in=clusters, rank__lt=READ).order_by()
    if not roles_of(person) & SEE_ALL:
        members = read_by(members, person)
    place = Window(RowNumber(), partition_by=F("cluster"), order_by=[F("rank"), F("pk")])
    first = members.annotate(place=place).filter(place__lte=quoted).values("pk")  # sorted without the texts
    rows = Membership.objects.filter(pk__in=first).select_related("signal__mechanism").defer("signal__raw")
    found: dict[int, list[Signal]] = {}
    for member in rows.order_by("rank", "pk"):
        if member.signal.text:
            found.setdefault(member.cluster_id, []).append(member.signal)
    return found


def _asked(person: Person, clusters: list[Cluster]) -> dict[int, Escalation]:
    open_ones = Escalation.objects.visible_to(person).open().filter(cluster__in=clusters)
    return {one.cluster_id: one for one in open_ones.order_by("-number")}
