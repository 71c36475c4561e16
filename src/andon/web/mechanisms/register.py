"""The register as a list: what each mechanism is for, and how it stands."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from andon.escalations.models import Escalation
from andon.mechanisms.models import Measure, Mechanism

PAGE = 100
SEARCHED = ("name", "purpose", "owner_team__name", "measures__name")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mechanisms, read from the address."""

    q: str = ""
    team: str = ""
    kind: str = ""
    out: bool = False
    retired: bool = False

    @classmethod
    def of(cls, get: QueryDict) -> "Wanted":
        kind = get.get("kind", "")
        return cls(
            q=_typed(get, "q"),
            team=_typed(get, "team"),
            kind=kind if kind in Mechanism.Kind.values else "",
            out=get.get("out", "") not in ("", "0"),
            retired=get.get("retired", "") not in ("", "0"),
        )

    def __bool__(self) -> bool:
        return bool(self.q or self.team or self.kind or self.out or self.retired)


def _typed(get: QueryDict, name: str) -> str:
    """PostgreSQL knows no NUL, and nobody means to search for one."""
    return get.get(name, "").replace("\x00", "").strip()[:120]


def mechanisms(wanted: Wanted) -> QuerySet[Mechanism]:
    """Those out of spec first; `measured`, `charted` and `out` count measures, `asked` open questions."""
    found = Mechanism.objects.filter(retired_at__isnull=not wanted.retired).select_related("owner_team")
    if wanted.team:
        found = found.filter(owner_team__slug=wanted.team)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    for word in wanted.q.split():
        found = found.filter(pk__in=Mechanism.objects.filter(_holds(word)).values("pk"))
    found = found.annotate(
        measured=_count(_measures()),
        charted=_count(_measures().filter(chart__latest__isnull=False)),
        out=_count(_measures().filter(chart__out=True)),
        asked=_count(_open()),
    )
    if wanted.out:
        found = found.filter(out__gt=0)
    return found.order_by(F("out").desc(), "name", "pk")


def _holds(word: str) -> Q:
    return Q(*[(f"{field}__icontains", word) for field in SEARCHED], _connector=Q.OR)


def _measures() -> QuerySet[Measure]:
    return Measure.objects.filter(mechanism=OuterRef("pk"), retired_at=None)


def _open() -> QuerySet[Escalation]:
    return Escalation.objects.filter(mechanism=OuterRef("pk"), closing=None)


def _count(rows: QuerySet) -> Coalesce:
    counts = rows.order_by().values("mechanism").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)
