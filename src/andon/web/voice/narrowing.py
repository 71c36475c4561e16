"""The facets beside the stream: what one may narrow down to, how many each would show, and what is chosen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from andon.mechanisms.models import Mechanism
from andon.people import saying
from andon.signals.models import Signal
from andon.signals.search import NOBODY, Search
from andon.web.voice.counting import counted

MOST = 12  # options shown of a facet, those with the most signals first
LABELS = {
    "mechanism": gettext_lazy("Mechanism"),
    "band": gettext_lazy("Rating"),
    "channel": gettext_lazy("Channel"),
    "product": gettext_lazy("Product"),
    "region": gettext_lazy("Region"),
    "language": gettext_lazy("Language"),
}
COLUMNS = {name: "mechanism_id" if name == "mechanism" else name for name in LABELS}
OTHERS = {
    "q": gettext_lazy("“%(what)s”"),
    "month": gettext_lazy("month %(what)s"),
    "suggested": gettext_lazy("suggested: %(what)s"),
    "since": gettext_lazy("from %(what)s"),
    "until": gettext_lazy("to %(what)s"),
    "cluster": gettext_lazy("cluster %(what)s"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; `query` leads to it, or away from it when it is chosen."""

    label: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, and the query without it."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    facets: list[Facet]
    chosen: list[Chip]
    total: int

    @property
    def found(self) -> str:
        return capfirst(saying.counted(self.total, "signal"))

    @classmethod
    def of(cls, seen: QuerySet[Signal], search: Search, scope: str) -> "Narrowing":
        names = Names.read()
        counts, total = counted(seen, search, COLUMNS, scope)
        facets = [
            Facet(name, label, list(_options(name, counts[name], search, names)))
            for name, label in LABELS.items()
        ]
        shown = [
            facet
            for facet in facets
            if len(facet.options) > 1 or any(option.chosen for option in facet.options)
        ]
        return cls(shown, list(_chosen(search, names)), total)


@dataclass(frozen=True, slots=True)
class Names:
    """Slugs and names of mechanisms by their key, retired ones too."""

    slugs: dict[int, str]
    by_slug: dict[str, str]

    @classmethod
    def read(cls) -> "Names":
        rows = list(Mechanism.objects.values_list("pk", "slug", "name"))
        return cls({pk: slug for pk, slug, _ in rows}, {slug: name for _, slug, name in rows})

    def value(self, facet: str, value: object) -> str:
        """As it stands in an address."""
        if facet != "mechanism":
            return str(value or "")
        return NOBODY if value in (None, "") else self.slugs.get(int(value), "")

    def label(self, facet: str, value: str) -> str:
        if facet in {"mechanism", "suggested"}:
            return _("no mechanism yet") if value == NOBODY else self.by_slug.get(value, value)
        if facet == "band":
            return dict(Signal.Band.choices).get(value, value)
        return language(value) if facet == "language" else value


def language(code: str) -> str:
    """German for "de"; a code that is not known stays as it is."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def _options(facet: str, counts: Counter, search: Search, names: Names) -> Iterator[Option]:
    now = getattr(search, facet)
    by_value = Counter({names.value(facet, value): n for value, n in counts.items()})
    by_value.pop("", None)
    shown = dict(by_value.most_common(MOST))
    if now:
        shown.setdefault(now, by_value[now])
    for value, n in shown.items():
        chosen = value == now
        there = search.without(facet) if chosen else search.having(**{facet: value})
        yield Option(names.label(facet, value), n, there.query(), chosen)


def _chosen(search: Search, names: Names) -> Iterator[Chip]:
    for name, value in search.narrowed():
        label = OTHERS.get(name, "%(what)s") % {"what": names.label(name, value)}
        yield Chip(label, search.without(name).query())
