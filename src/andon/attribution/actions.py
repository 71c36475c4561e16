"""Separating person and process anew, from the lake."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from andon.analysis.attribution import Attribution, AttributionSpec, attribute
from andon.attribution import telling
from andon.attribution.agreed import agreed_level
from andon.attribution.cells import Brought, brought, cells_of, names_of
from andon.attribution.funnels import funnels
from andon.attribution.models import Estimate, Separation
from andon.attribution.outcomes import Outcome, outcomes_of
from andon.attribution.staff import known_people
from andon.attribution.watching import watched
from andon.lake import BadInput
from andon.mechanisms.models import Measure

logger = logging.getLogger(__name__)
WENT_WRONG = "Something went wrong here, not in the data. It is tried again with the next data."


def separate(now: datetime, outcomes: Iterable[str] | None = None) -> int:
    """Computes the separation of these columns, or of every one that measures in use count; how many could be.

    Each is kept whole as soon as it is known, in place of the older one. One that cannot be separated keeps nothing
    but a sentence that says why.
    """
    data = brought()
    wanted = set(to_separate() if outcomes is None else outcomes)
    asked = _asked(data)
    names = names_of()
    return sum(
        _separate(one, measures, data, names, now) for one, measures in asked.items() if one.outcome in wanted
    )


def to_separate() -> list[str]:
    """Columns to separate, by name. What was computed of columns that no measure counts any more is forgotten."""
    kept = set(_asked(brought()))
    known = Separation.objects.only("outcome", "kind", "good")
    gone = [one.pk for one in known if Outcome(one.outcome, one.kind, one.good) not in kept]
    Separation.objects.filter(pk__in=gone).delete()
    return sorted({one.outcome for one in kept})


def _asked(data: Brought) -> dict[Outcome, list[Measure]]:
    """Nothing while there are no data."""
    return outcomes_of(Measure.objects.in_use()) if data.paths else {}


def _separate(
    asked: Outcome, measures: list[Measure], data: Brought, names: Mapping[str, str], now: datetime
) -> bool:
    told = {"computed_at": now, "unit": measures[0].unit, "starts": data.starts, "ends": data.ends}
    try:
        cells = cells_of(asked, data, names)
        found = attribute(cells, _spec(asked, measures, names, now))
    except (BadInput, ValueError) as error:
        _keep(asked, told | {"problem": str(error)})
        return False
    except Exception:
        logger.exception("separating %s", asked.outcome)
        _keep(asked, told | {"problem": WENT_WRONG})
        return False
    slugs = {name: slug for slug, name in names.items()}
    told |= telling.separated(found, slugs) | {"funnels": funnels(cells)}
    told["watched"] = {slugs.get(name, name): one for name, one in watched(cells, asked.good).items()}
    _keep(asked, told, found)
    return True


def _spec(
    asked: Outcome, measures: list[Measure], names: Mapping[str, str], now: datetime
) -> AttributionSpec:
    """With the level that was agreed, where there is one."""
    spec = AttributionSpec(good=asked.good)  # type: ignore[arg-type]
    found = agreed_level(measures, timezone.localdate(now))
    if found is None:
        return spec
    return replace(spec, standard=found.level, standard_at=names.get(found.mechanism, found.mechanism))


@transaction.atomic
def _keep(asked: Outcome, told: dict, found: Attribution | None = None) -> None:
    """In place of the older one, with everybody's estimate: both or neither."""
    blank = {
        field.name: field.get_default() for field in Separation._meta.concrete_fields if field.has_default()
    }
    known = known_people(found.people.worker) if found else {}
    unknown = len(found.people.worker) - len(known) if found else 0
    separation, _ = Separation.objects.update_or_create(
        **asked._asdict(), defaults={"sentence": "", "problem": "", **blank, **told, "unknown": unknown}
    )
    Estimate.objects.filter(separation=separation).delete()
    if found:
        Estimate.objects.bulk_create(telling.estimates(found, known, separation), batch_size=500)
