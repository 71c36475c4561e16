"""What to audit: which outcomes of customers, which metrics beside each, everywhere and in which mechanisms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from andon.analysis.metrics.ask import Question
from andon.analysis.metrics.spec import AuditSpec
from andon.attribution.cells import Brought
from andon.culture.metrics.columns import CUSTOMERS, Outcome, directions, known, metrics, outcomes
from andon.lake import Source
from andon.lake.metrics import people_by_mechanism
from andon.mechanisms.models import Measure
from andon.standards.models import Standard, StandardVersion

MOST = 60  # mechanisms that are audited by themselves
FEWEST = 5  # people: what is said of the work of fewer is said of persons


@dataclass(frozen=True, slots=True)
class Ground:
    """What the lake and the register hold.

    people: by mechanism, 0 where nobody is named. limits: by mechanism and column, values that people are held to.
    """

    data: Brought
    columns: Mapping[str, str]
    people: Mapping[str, int]
    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    limits: Mapping[tuple[str, str], tuple[float, ...]]

    @property
    def few(self) -> set[str]:
        """Mechanisms in which so few serve that nothing is said of them by themselves."""
        return {slug for slug, people in self.people.items() if 0 < people < FEWEST}

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column, as the register counts it."""
        return {one.outcome: one.unit for one in self.measures if one.outcome}

    def scopes(self) -> list[str]:
        """Mechanisms in the lake of which the register counts a number of the work; first "" for everywhere."""
        slugs = {one.mechanism.slug for one in self.measures if self._is_metric(one)}
        return ["", *sorted((slugs & self.people.keys()) - self.few)[:MOST]]

    def _is_metric(self, measure: Measure) -> bool:
        found = known(measure.outcome)
        return bool(measure.outcome) and found not in CUSTOMERS and measure.kind != Measure.Kind.BETWEEN


def ground(data: Brought, source: Source) -> Ground:
    measures = tuple(Measure.objects.in_use().select_related("mechanism").order_by("pk"))
    return Ground(
        data, source.columns, people_by_mechanism(source), measures,
        tuple(outcomes(source.columns, measures, meant_to_move())), limits_of(measures),
    )  # fmt: skip


def meant_to_move() -> list[str]:
    """Columns that standards or objectives name as the outcome of customers they serve."""
    measures = Measure.objects.in_use().exclude(outcome="")
    named = Q(pk__in=Standard.objects.in_use().values("outcome_measure"))
    return list(measures.filter(named).order_by("outcome").values_list("outcome", flat=True).distinct())


def limits_of(measures: Iterable[Measure]) -> dict[tuple[str, str], tuple[float, ...]]:
    """Targets and limits of values, and levels of standards that were agreed: where cases may be made to fit. By
    mechanism and column, as a limit in one says nothing of another.
    """
    values = {one.pk: one for one in measures if one.kind == Measure.Kind.VALUE and one.outcome}
    found: dict[tuple[str, str], set[float]] = {}
    for one in values.values():
        told = {size for size in (one.target, one.spec_lower, one.spec_upper) if size is not None}
        found.setdefault((one.mechanism.slug, one.outcome), set()).update(told)
    agreed = StandardVersion.objects.agreed().filter(
        ends=None, level__isnull=False, standard__measure__in=values
    )
    for key, level in agreed.values_list("standard__measure", "level"):
        found[values[key].mechanism.slug, values[key].outcome].add(level)
    return {name: tuple(sorted(sizes)) for name, sizes in found.items() if sizes}


def question(ground: Ground, outcome: Outcome, mechanism: str) -> Question:
    """As somebody at the command line would ask it."""
    by = _factors(ground, mechanism)
    beside = metrics(outcome.column, ground.columns, ground.measures, ground.outcomes)
    return Question(
        tuple(str(path) for path in ground.data.paths), "at", outcome.column, beside,
        worker=by.get("worker", ()), mechanism=by.get("mechanism", ()), team=by.get("team", ()),
        where=(f"mechanism={mechanism}",) if mechanism else (), spec=_spec(ground, outcome, mechanism, set(beside)),
    )  # fmt: skip


def _factors(ground: Ground, mechanism: str) -> dict[str, tuple[str]]:
    """Who, what and where, as far as the columns say it; without who, where nobody is named."""
    people = ground.people
    named = people.get(mechanism, 0) if mechanism else sum(people.values())
    roles = ("worker", "mechanism", "team") if named or not people else ("mechanism", "team")
    return {role: (role,) for role in roles if role in ground.columns}


def _spec(ground: Ground, outcome: Outcome, mechanism: str, beside: set[str]) -> AuditSpec:
    here = {name: sizes for (slug, name), sizes in ground.limits.items() if slug == mechanism}
    return AuditSpec(
        good=outcome.good,  # type: ignore[arg-type]
        better={name: side for name, side in directions(ground.measures).items() if name in beside},  # type: ignore[misc]
        limits={name: sizes for name, sizes in here.items() if name in beside},
        look_further=True,
    )
