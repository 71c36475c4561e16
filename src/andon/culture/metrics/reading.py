"""Audits as they are looked up by pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from andon.analysis.metrics.spec import VERDICTS
from andon.attribution.cells import names_of
from andon.culture.metrics.columns import CUSTOMERS, folded, label
from andon.culture.metrics.models import MetricAudit
from andon.people.models import Person

ORDER = [name for known in CUSTOMERS for name in known.columns]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which audits there are: outcomes (column, name) and, of the one shown, mechanisms (short name, name)."""

    outcomes: list[tuple[str, str]]
    mechanisms: list[tuple[str, str]]
    outcome: str
    mechanism: str
    names: Mapping[str, str]


def choice(person: Person, outcome: str, mechanism: str) -> Choice:
    """What was asked for where there is such an audit, else the first one. Two queries."""
    pairs = list(MetricAudit.objects.visible_to(person).values_list("outcome", "mechanism", "problem"))
    outcomes = sorted({one for one, _slug, _problem in pairs}, key=_rank)
    shown = outcome if outcome in outcomes else (outcomes[0] if outcomes else "")
    names = names_of()
    slugs = [slug for one, slug, problem in pairs if one == shown and slug and not problem]
    mechanisms = sorted(
        ((slug, names.get(slug, slug)) for slug in slugs), key=lambda pair: pair[1].casefold()
    )
    chosen = mechanism if mechanism in slugs else ""
    return Choice([(one, label(one)) for one in outcomes], mechanisms, shown, chosen, names)


def _rank(column: str) -> tuple[int, str]:
    name = folded(column)
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def chosen(person: Person, of: Choice) -> MetricAudit | None:
    return MetricAudit.objects.visible_to(person).filter(outcome=of.outcome, mechanism=of.mechanism).first()


def counts(audit: MetricAudit) -> dict[str, int]:
    """How many metrics each verdict was given to."""
    told = [one["verdict"] for one in audit.verdicts.values()]
    return {verdict: told.count(verdict) for verdict in VERDICTS}
