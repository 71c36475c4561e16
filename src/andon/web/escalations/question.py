"""What somebody is about to ask: the thing, read from the address, and to whom it will go."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_datetime

from andon.mechanisms.models import Measure, Mechanism
from andon.signals.models import Signal
from andon.watch.models import ChartException, Cluster


@dataclass(frozen=True, slots=True)
class Question:
    """A signal, a cluster, a point of a chart, or a mechanism; possibly nothing at all: then it goes to triage."""

    signal: Signal | None = None
    measure: Measure | None = None
    point_at: datetime | None = None
    exception: ChartException | None = None
    named: Mechanism | None = None
    cluster: Cluster | None = None

    @property
    def mechanism(self) -> Mechanism | None:
        if self.named:
            return self.named
        things = (self.measure, self.signal, self.cluster)
        return next((thing.mechanism for thing in things if thing), None)

    @property
    def fields(self) -> dict[str, str]:
        """As hidden fields or an address carry it; the same that `asked` reads."""
        found = {
            "signal": self.signal and self.signal.key,
            "cluster": self.cluster and str(self.cluster.pk),
            "measure": self.measure and str(self.measure.pk),
            "at": self.point_at and self.point_at.isoformat(),
            "mechanism": self.named and self.named.slug,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def address(self) -> str:
        return urlencode(self.fields)

    @property
    def thing(self) -> dict:
        """As `raise_escalation` takes it."""
        return {
            "signal": self.signal,
            "cluster": self.cluster,
            "measure": self.measure,
            "point_at": self.point_at,
            "mechanism": self.mechanism,
        }


def asked(request: HttpRequest) -> Question:
    """The thing in the address or the form. What the person cannot see does not exist: 404."""
    fields = request.POST if request.method == "POST" else request.GET
    measure = _measure(fields)
    at = _moment(fields.get("at", "")) if measure else None
    named, cluster = _mechanism(fields), _cluster(request, fields)
    return Question(_signal(request, fields), measure, at, _exception(measure, at), named, cluster)


def _signal(request: HttpRequest, fields: QueryDict) -> Signal | None:
    if not (key := fields.get("signal")):
        return None
    seen = Signal.objects.visible_to(request.user).select_related("mechanism__owner", "mechanism__owner_team")
    return get_object_or_404(seen, key=key)


def _measure(fields: QueryDict) -> Measure | None:
    if not (pk := fields.get("measure")):
        return None
    rows = Measure.objects.select_related("mechanism__owner", "mechanism__owner_team")
    return get_object_or_404(rows, pk=_number(pk))


def _cluster(request: HttpRequest, fields: QueryDict) -> Cluster | None:
    if not (pk := fields.get("cluster")):
        return None
    seen = Cluster.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("mechanism__owner", "mechanism__owner_team"), pk=_number(pk))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


def _mechanism(fields: QueryDict) -> Mechanism | None:
    if not (slug := fields.get("mechanism")):
        return None
    return get_object_or_404(Mechanism.objects.select_related("owner", "owner_team"), slug=slug)


def _moment(text: str) -> datetime | None:
    """`2026-11-02T00:00Z` or a day, UTC unless it says; a "+" that an address made a space is mended."""
    if not text:
        return None
    try:
        at = parse_datetime(text.strip().replace(" ", "+")) or parse_datetime(text.strip())
        at = at or datetime.fromisoformat(text.strip())
    except ValueError:
        raise Http404 from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _exception(measure: Measure | None, at: datetime | None) -> ChartException | None:
    return measure.exceptions.filter(at=at).first() if measure and at else None
