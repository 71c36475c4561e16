"""Whether customers feel a number that people are held to. Plain decisions on what the audits found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from andon.analysis.metrics.spec import CANNOT_TELL, MATTERS, NOT
from andon.culture.metrics.columns import CUSTOMERS, known
from andon.culture.metrics.models import MetricAudit
from andon.mechanisms.models import Measure

State = Literal["felt", "not felt", "the other way round", "cannot tell", "their own"]
FELT: State = "felt"
NOT_FELT: State = "not felt"
OTHER_WAY: State = "the other way round"
OPEN: State = "cannot tell"
OWN: State = "their own"


@dataclass(frozen=True, slots=True)
class Said:
    """What one audit found of a metric. more: whether more of it is better or worse for customers, "" for neither."""

    outcome: str
    verdict: str
    more: str


@dataclass(frozen=True, slots=True)
class Feeling:
    """Whether customers feel a metric, and by which of their outcomes that was told. `mechanism`: "" for everywhere."""

    state: State
    said: tuple[Said, ...] = ()
    mechanism: str = ""

    @property
    def idle(self) -> bool:
        """Whether holding people to it buys customers nothing, or harms them."""
        return self.state in (NOT_FELT, OTHER_WAY)

    def of(self, *verdicts: str) -> list[str]:
        return [one.outcome for one in self.said if one.verdict in verdicts]


def judged(said: Iterable[Said], good: str) -> State:
    """Felt, if any of their outcomes goes with it; not felt, if at least one was told and none of those does.

    The other way round: where customers feel it, they fare worse as it counts as better (`good`).
    """
    found = list(said)
    mattering = [one for one in found if one.verdict == MATTERS]
    if mattering:
        against = "worse" if good == "high" else "better"
        return OTHER_WAY if all(one.more == against for one in mattering) else FELT
    return NOT_FELT if any(one.verdict == NOT for one in found) else OPEN


class Feelings:
    """Every verdict that is kept, looked up once; of some mechanisms only, where those are named."""

    def __init__(self, mechanisms: Iterable[str] | None = None) -> None:
        rows = MetricAudit.objects.filter(problem="").values_list("outcome", "mechanism", "verdicts")
        if mechanisms is not None:
            rows = rows.filter(mechanism__in={"", *mechanisms})
        self._kept: dict[str, dict[str, Mapping[str, Any]]] = {}
        for outcome, mechanism, verdicts in rows:
            self._kept.setdefault(mechanism, {})[outcome] = verdicts
        self._outcomes = {outcome for outcome, _mechanism, _verdicts in rows}

    def of(self, measure: Measure) -> Feeling:
        """Of a measure, in its mechanism; where that was not audited by itself, everywhere."""
        return self.of_column(measure.outcome, measure.good, measure.mechanism.slug)

    def of_column(self, column: str, good: str, slug: str) -> Feeling:
        if column in self._outcomes or known(column) in CUSTOMERS:
            return Feeling(OWN)
        for mechanism in dict.fromkeys((slug, "")):
            said = self._said(mechanism, column)
            if any(one.verdict != CANNOT_TELL for one in said):
                return Feeling(judged(said, good), said, mechanism)
        return Feeling(OPEN)

    def _said(self, mechanism: str, column: str) -> tuple[Said, ...]:
        found = self._kept.get(mechanism, {})
        return tuple(
            Said(outcome, verdicts[column]["verdict"], verdicts[column]["more"])
            for outcome, verdicts in found.items()
            if column in verdicts
        )
