"""From the lake to the cells of one outcome: who served, through which mechanism, in which team, when, for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from andon import lake
from andon.attribution.coarser import coarser
from andon.attribution.outcomes import Outcome, plain
from andon.attribution.rules import FEWEST, period_of
from andon.lake import BadInput, Source
from andon.lake.factoring import factor_cells
from andon.lake.factors import FactorCells, FactorSpec
from andon.mechanisms.models import Mechanism
from andon.signals.models import Dataset

# What is known of a case before anybody has served it. Nothing that the person who serves decides may be here.
MIX = ("region", "product", "channel", "language", "priority", "segment", "tariff")
MOST_CELLS = 60_000  # what follows costs what the cells cost
NO_WORKERS = BadInput(
    "The data do not say who served.", "Name the column of who served when the file is brought in."
)
TOO_FEW = BadInput(
    f"Fewer than {FEWEST} people served these cases.",
    "What is said of so few would be said of persons. More data, or a mechanism that more people use, would help.",
)
ALIKE = BadInput("All cases have the same outcome.", "There are no differences to explain.")


@dataclass(frozen=True, slots=True)
class Brought:
    """The interactions that are in use: where they lie, and from when to when."""

    paths: list[Path]
    starts: datetime | None
    ends: datetime | None

    @property
    def every(self) -> str:
        return period_of(self.ends - self.starts if self.starts and self.ends else None)


def brought() -> Brought:
    """Every dataset of interactions that is in the lake."""
    found = [one for one in Dataset.objects.in_lake().order_by("pk") if one.lake_path.exists()]
    starts = [one.starts for one in found if one.starts]
    ends = [one.ends for one in found if one.ends]
    return Brought([one.lake_path for one in found], min(starts, default=None), max(ends, default=None))


def cells_of(outcome: Outcome, data: Brought, names: Mapping[str, str]) -> FactorCells:
    """Raises BadInput with a sentence where there is nothing to separate. `names` are those of mechanisms."""
    source = lake.open_source([str(path) for path in data.paths])
    cells = factor_cells(source, spec_of(outcome, source, data.every))
    if len(cells.factors["worker"].levels) < FEWEST:
        raise TOO_FEW
    if cells.least == cells.most:
        raise ALIKE
    return coarser(_named(cells, names), MOST_CELLS)


def spec_of(outcome: Outcome, source: Source, every: str) -> FactorSpec:
    """What is asked of the lake: every factor that its columns hold."""
    if "worker" not in source.columns:
        raise NO_WORKERS
    by = {role: (role,) for role in ("worker", "mechanism", "team") if role in source.columns}
    kind = outcome.kind
    return FactorSpec(outcome.outcome, by, kind, "at", every, mix_of(source), ())  # type: ignore[arg-type]


def mix_of(source: Source) -> tuple[str, ...]:
    """Columns that tell the mix of customers and cases."""
    texts = {name.casefold(): name for name, kind in source.columns.items() if kind == "text"}
    return tuple(texts[name] for name in MIX if name in texts)


def _named(cells: FactorCells, names: Mapping[str, str]) -> FactorCells:
    """Mechanisms by the name that people know, and the outcome in plain words."""
    factor = cells.factors["mechanism"]
    known = replace(factor, levels=[names.get(slug, slug) for slug in factor.levels])
    return replace(cells, factors=cells.factors | {"mechanism": known}, outcome=plain(cells.outcome))


def names_of(slugs: Sequence[str] | None = None) -> dict[str, str]:
    """Short name to name, of mechanisms; one that shares its name with another keeps the short one."""
    found = dict(Mechanism.objects.values_list("slug", "name"))
    shared = {name for name in found.values() if list(found.values()).count(name) > 1}
    return {slug: name for slug, name in found.items() if name not in shared}
