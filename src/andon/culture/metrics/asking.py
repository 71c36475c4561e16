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

    people: by mechanism, 0 where nobody is named. limits: of columns, the values that people are held to.
    """

    data: Brought
    columns: Mapping[str, str]
    people: Mapping[str, int]
    measures: tuple[Measure, ...]
    outcomes: tuple[Outcome, ...]
    limits: Mapping[str, tuple[float, ...]]

    @property
    def few(self) -> set[str]:
        """Mechanisms in which so few serve that nothing is said of them by themselves."""
        return {slug for slug, people in self.people.items() if 0 < people < FEWEST}

    @property
    def units(self) -> dict[str, str]:
        """The unit of each column, as the register counts it."""
        return {one.outcome: one.unit for one in self.measures if one.outcome}

    def scopes(self) -> list[str]:
        """Mechanisms of which the register counts a number of the work; first "" for everywhere."""
        slugs = {one.mechanism.slug for one in self.measures if self._is_metric(one)}
        return ["", *sorted(slugs - self.few)[:MOST]]

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


def limits_of(measures: Iterable[Measure]) -> dict[str, tuple[float, ...]]:
    """Targets and limits of values, and levels of standards that were agreed: where cases may be made to fit."""
    values = {one.pk: one for one in measures if one.kind == Measure.Kind.VALUE and one.outcome}
    found: dict[str, set[float]] = {}
    for one in values.values():
        told = {size for size in (one.target, one.spec_lower, one.spec_upper) if size is not None}
        found.setdefault(one.outcome, set()).update(told)
    agreed = StandardVersion.objects.agreed().filter(
        ends=None, level__isnull=False, standard__measure__in=values
    )
    for key, level in agreed.values_list("standard__measure", "level"):
        found[values[key].outcome].add(level)
    return {name: tuple(sorted(sizes)) for name, sizes in found.items() if sizes}


def question(ground: Ground, outcome: Outcome, mechanism: str) -> Question:
    """As somebody at the command line would ask it."""
    columns, people = ground.columns, ground.people
    named = people.get(mechanism, 0) if mechanism else sum(people.values())
    by = {role: (role,) for role in ("worker", "mechanism", "team") if role in columns}
    if people and not named:
        by.pop("worker", None)
    beside = metrics(outcome.column, columns, ground.measures, ground.outcomes)
    sides = {name: side for name, side in directions(ground.measures).items() if name in beside}
    return Question(
        tuple(str(path) for path in ground.data.paths), "at", outcome.column, beside,
        worker=by.get("worker", ()), mechanism=by.get("mechanism", ()), team=by.get("team", ()),
        where=(f"mechanism={mechanism}",) if mechanism else (),
        spec=AuditSpec(
            good=outcome.good, better=sides, look_further=True,
            limits={name: sizes for name, sizes in ground.limits.items() if name in beside},
        ),  # type: ignore[arg-type]
    )  # fmt: skip
