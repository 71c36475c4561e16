"""What the pages of the contact centre show. Nothing is computed here; everything was counted when the data came."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from andon import plots
from andon.attribution.cells import names_of
from andon.culture.centre.definitions import BY_KEY, INDICATORS, SECONDS, Indicator
from andon.culture.centre.models import CentreFigure
from andon.culture.centre.pictures import chart_of
from andon.culture.metrics.amounts import value
from andon.culture.metrics.feeling import Feelings
from andon.people import drawing, saying
from andon.people.models import Person
from andon.web.centre.place import Place, place

RECENT = 13  # weeks in the small table
KEPT_FOR = 7 * 86400  # seconds; what is counted anew has another key


@dataclass(frozen=True, slots=True)
class Scope:
    """All contacts, or one mechanism that serves them. there: whether anything was counted."""

    there: bool
    mechanism: str
    name: str
    mechanisms: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with its chart (`figure`), or with what must be brought; and its place in the audit."""

    indicator: Indicator
    figure: CentreFigure | None
    number: str
    overall: str
    basis: list[str]
    place: Place | None
    table: tuple[tuple[str, ...], list[tuple[str, ...]]] | None


def scope_of(person: Person, asked: str) -> Scope:
    """Two queries."""
    found = set(
        CentreFigure.objects.visible_to(person).order_by().values_list("mechanism", flat=True).distinct()
    )
    names = names_of()
    slugs = sorted(found - {""}, key=lambda slug: names.get(slug, slug).casefold())
    chosen = asked if asked in slugs else ""
    name = names.get(chosen, chosen) if chosen else _("All contacts")
    return Scope(bool(found), chosen, name, [(slug, names.get(slug, slug)) for slug in slugs])


def every(person: Person, scope: Scope) -> tuple[list[Shown], list[Indicator]]:
    """Numbers with their charts, and those of which the data hold nothing here. Two queries."""
    figures = {one.key: one for one in _figures(person, scope)}
    feelings = Feelings([scope.mechanism])
    shown = [_shown(one, figures[one.key], scope, feelings) for one in INDICATORS if one.key in figures]
    return shown, [one for one in INDICATORS if one.key not in figures]


def _figures(person: Person, scope: Scope) -> Any:
    return CentreFigure.objects.visible_to(person).filter(mechanism=scope.mechanism)


def one(person: Person, scope: Scope, key: str) -> dict[str, Any]:
    """One number with its whole chart and table."""
    figure = _figures(person, scope).filter(key=key).first()
    if figure is None:
        return {"indicator": BY_KEY[key]}
    shown = _shown(BY_KEY[key], figure, scope, Feelings([scope.mechanism]))
    chart = chart_of(figure, scope.name)
    return {
        "indicator": shown.indicator,
        "one": shown,
        "picture": _picture(figure, chart),
        "table": plots.table(chart),
    }


def _picture(figure: CentreFigure, chart: plots.ControlChart) -> dict[str, Any]:
    content = repr((figure.pk, figure.key, figure.mechanism, figure.computed_at, get_language()))

    def draw() -> dict[str, Any]:
        spec = drawing.specification(plots.large(chart))
        return {"svg": plots.to_svg(spec), "spec": spec}

    return cache.get_or_set(f"centre:{sha256(content.encode()).hexdigest()}", draw, KEPT_FOR)


def _shown(indicator: Indicator, figure: CentreFigure, scope: Scope, feelings: Feelings) -> Shown:
    header, rows = plots.table(chart_of(figure, scope.name))
    return Shown(
        indicator, figure, _number(figure.latest, figure.unit), _number(figure.overall, figure.unit),
        list(basis(figure)), place(indicator, figure, scope.mechanism, feelings), (header, rows[:RECENT]),
    )  # fmt: skip


def _number(x: float | None, unit: str) -> str:
    return saying.MISSING if x is None else value(x, unit)


def basis(figure: CentreFigure) -> Any:
    """From what it was counted here."""
    if figure.key == "service":
        yield from _limits(figure)
    if figure.key == "csat" and figure.basis.get("best") is not None:
        yield _("Satisfied: %(best)s and better.") % {"best": saying.plain(figure.basis["best"])}
    columns = figure.basis.get("columns", [])
    yield _("Read from %(columns)s.") % {"columns": ", ".join(f"“{name}”" for name in columns)}


def _limits(figure: CentreFigure) -> Any:
    limits, names = figure.basis.get("limits", {}), names_of()
    if not limits:
        yield _("Within %(limit)s, as is usual where the register says nothing else.") % {
            "limit": saying.value(SECONDS, "seconds")
        }
        return
    told = "; ".join(
        f"{names.get(slug, slug)} {saying.value(one, 'seconds')}" for slug, one in limits.items()
    )
    yield _("Within what the register says: %(limits)s; elsewhere %(limit)s.") % {
        "limits": told, "limit": saying.value(SECONDS, "seconds"),
    }  # fmt: skip
