"""How many signals each value of a facet would show. Counted again only when something has changed."""

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

from django.core.cache import cache
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast

from andon.people.models import Deed
from andon.signals.models import Signal
from andon.signals.search import Search

Counts = dict[str, Counter]
KEPT_FOR = 3600  # seconds


def counted(
    seen: QuerySet[Signal], search: Search, columns: Mapping[str, str], scope: str
) -> tuple[Counts, int]:
    """Counts of each facet, with everything else that is chosen, and how many signals are found.

    `columns` are the facets and what they count by; `scope` names those whose view `seen` is.
    """
    key = f"facets:{scope}:{_version()}:{hash_of(search)}"
    found = cache.get(key)
    if found is None:
        found = _count(seen, search, columns)
        cache.set(key, found, KEPT_FOR)
    return found


def hash_of(search: Search) -> str:
    """A key for caches of any kind: an address may be longer than they take."""
    return sha256(search.query().encode()).hexdigest()


def _version() -> str:
    """Another one whenever a signal came or somebody did anything: every deed is recorded."""
    signal = Signal.objects.order_by("-pk").values_list("pk", "kept_at").first()
    deed = Deed.objects.order_by("-pk").values_list("pk", "at").first()
    return sha256(repr((signal, deed)).encode()).hexdigest()


def _count(seen: QuerySet[Signal], search: Search, columns: Mapping[str, str]) -> tuple[Counts, int]:
    """Two queries, whatever is chosen: all facets in one pass, and the chosen ones as if they were not."""
    counts: Counts = {name: Counter() for name in columns}
    total = 0
    for *values, n in _grouped(seen.matching(search), *columns.values()):
        total += n
        for name, value in zip(columns, values, strict=True):
            counts[name][value] += n
    chosen = {name: column for name, column in columns.items() if getattr(search, name)}
    return counts | _without(seen, search, chosen), total


def _without(seen: QuerySet[Signal], search: Search, chosen: Mapping[str, str]) -> Counts:
    counts: Counts = {name: Counter() for name in chosen}
    parts = [_part(seen.matching(search.without(name)), name, column) for name, column in chosen.items()]
    rows = parts[0].union(*parts[1:], all=True).order_by() if parts else ()
    for name, value, n in rows:
        counts[name][value] += n
    return counts


def _part(signals: QuerySet[Signal], name: str, column: str) -> QuerySet:
    rows = signals.annotate(facet=Value(name, CharField()), value=Cast(column, CharField()))
    return _grouped(rows, "facet", "value")


def _grouped(signals: QuerySet[Signal], *columns: str) -> QuerySet:
    return signals.order_by().values_list(*columns).annotate(n=Count("pk"))
