"""How signals are looked up."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime

from andon.signals.folding import terms
from andon.signals.search import NOBODY, Search

PAGE = 50


class Page(NamedTuple):
    """Signals of one page, newest first, and where the next one begins ("" at the end)."""

    signals: list
    after: str


class SignalQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What `person` may read; the rest does not exist for them."""
        from andon.signals import access

        return access.visible(self, person)

    def insert(self, signals: list) -> None:
        """Writes new ones with the words to search by; each has its key afterwards."""
        for one in signals:
            one.month = f"{one.received_at:%Y-%m}"
        self.bulk_create(signals, batch_size=200)
        wording = self.model.wording.related.related_model
        wording.objects.bulk_create(
            [wording(signal=one, folded=one.words()) for one in signals], batch_size=200
        )

    def unassigned(self):
        return self.filter(mechanism__isnull=True)

    def of_mechanism(self, mechanism):
        return self.filter(mechanism=mechanism)

    def between(self, start: datetime, end: datetime):
        """Received from `start` up to, not including, `end`."""
        return self.filter(received_at__gte=start, received_at__lt=end)

    def search(self, query: str):
        """All words of `query` occur, in any case and with or without accents; "in quotes" as a phrase."""
        found = self
        for term in terms(query):
            found = found.filter(pk__in=_wordings().filter(folded__contains=term).values("signal_id"))
        return found

    def matching(self, search: Search):
        """What `search` asks for, all of it at once."""
        plain = {n: getattr(search, n) for n in ("channel", "language", "product", "region", "month", "band")}
        found = self.filter(**{name: value for name, value in plain.items() if value})
        found = found._about(search).search(search.q)
        if start := _day(search.since):
            found = found.filter(received_at__gte=start)
        if end := _day(search.until):
            found = found.filter(received_at__lt=end + timedelta(days=1))
        return found

    def _about(self, search: Search):
        found = self
        if search.cluster:
            found = found.filter(clusters=int(search.cluster)) if _is_key(search.cluster) else found.none()
        if search.mechanism:
            wanted = (
                {"mechanism__isnull": True}
                if search.mechanism == NOBODY
                else {"mechanism__slug": search.mechanism}
            )
            found = found.filter(**wanted)
        if search.suggested:
            found = found.unassigned().filter(suggested__slug=search.suggested)
        return found

    def page(self, after: str = "", size: int = PAGE) -> Page:
        """The next `size`, newest first, after the place a page before has named. Costs the same however
        deep.
        """
        rows = self.order_by("-received_at", "-id")
        if place := _place(after):
            at, pk = place
            rows = rows.filter(received_at__lte=at).exclude(received_at=at, id__gte=pk)
        keys = list(rows.values_list("pk", flat=True)[: size + 1])  # keys alone sort faster than texts
        whole = self.model.objects.select_related("mechanism", "suggested").defer("raw")
        found = list(whole.filter(pk__in=keys[:size]).order_by("-received_at", "-id"))
        last = found[-1] if len(keys) > size else None
        return Page(found, f"{last.received_at.isoformat()}~{last.pk}" if last else "")


def _wordings():
    from andon.signals.models import Wording

    return Wording.objects


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _day(text: str) -> datetime | None:
    try:
        day: date | None = parse_date(text)
    except ValueError:
        return None
    return datetime.combine(day, time.min, UTC) if day else None


def _place(after: str) -> tuple[datetime, int] | None:
    at, _, pk = after.partition("~")
    try:
        moment = parse_datetime(at.replace(" ", "+"))
    except ValueError:
        return None
    return (moment, int(pk)) if moment and moment.tzinfo and pk.isdecimal() and len(pk) < 19 else None
