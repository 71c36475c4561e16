"""Addresses that several pages lead to: the voice behind a stretch of time, a question about a thing."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse

from andon.signals.search import Search


def voice_url(mechanism_slug: str, start: datetime | None = None, until: datetime | None = None) -> str:
    """The signals of a mechanism, from the day of `start` to the last day before `until`."""
    search = Search(mechanism=mechanism_slug)
    if start and until:
        last = until - timedelta(microseconds=1)
        search = search.having(since=start.date().isoformat(), until=last.date().isoformat())
    return f"{reverse('voice:list')}?{search.query()}"


def raise_url(**query: object) -> str:
    """Where a question is put: about a `measure` (with `at`), a `signal` or a `mechanism`."""
    return f"{reverse('escalations:raise')}?{urlencode(query)}"
