"""Measures and their phases: added, revised, retired, and begun anew after a recorded change."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.mechanisms import access, rules
from andon.mechanisms.checking import demand, numbered, only, refuse
from andon.mechanisms.models import Measure, Mechanism, Phase
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

MEASURE_FIELDS = (
    "name", "outcome", "of", "kind", "unit", "good", "spec_lower", "spec_upper", "target", "every",
    "season", "rules",
    "baseline_from", "baseline_to",
)  # fmt: skip


@transaction.atomic
def add_measure(mechanism: Mechanism, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Measure:
    """A number to watch a mechanism by. Raises PermissionDenied, ValidationError."""
    demand(by is None or access.may_edit(by, mechanism))
    measure = Measure(
        mechanism=mechanism, slug=_measure_slug(mechanism, fields), **only(fields, MEASURE_FIELDS)
    )
    refuse(rules.problems_of_measure(measure_content(measure)))
    measure.save(force_insert=True)
    record(by, "added a measure", f"measure {mechanism.slug}/{measure.slug}", now)
    return measure


@transaction.atomic
def revise_measure(measure: Measure, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Measure:
    """Changes how a measure is taken or judged. Its limits stay those of its phases."""
    demand(by is None or access.may_edit(by, measure.mechanism))
    before = measure_content(measure)
    for name, value in only(fields, MEASURE_FIELDS).items():
        setattr(measure, name, value)
    changed = {
        name: [before[name], value]
        for name, value in measure_content(measure).items()
        if before[name] != value
    }
    refuse(rules.problems_of_measure(measure_content(measure)))
    if changed:
        measure.save()
        record(by, "revised a measure", _measure_name(measure), now, **_plain(changed))
    return measure


@transaction.atomic
def retire_measure(measure: Measure, by: Person | None, now: datetime) -> Measure:
    """No longer watched; what was charted stays."""
    demand(by is None or access.may_edit(by, measure.mechanism))
    if measure.retired_at is None:
        measure.retired_at = now
        measure.save(update_fields=["retired_at"])
        record(by, "retired a measure", _measure_name(measure), now)
    return measure


@transaction.atomic
def begin_phase(
    measure: Measure, starts: datetime | date, reason: str, by: Person | None, now: datetime
) -> Phase:
    """New limits from a recorded change on: a person says so, with a reason. A day means its first moment."""
    demand(by is None or access.may_edit(by, measure.mechanism))
    starts, reason = _moment(starts), tidy(reason)
    taken = frozenset(measure.phases.values_list("starts", flat=True))
    refuse(rules.problems_of_phase(starts, reason, now, taken))
    phase = Phase.objects.create(measure=measure, starts=starts, reason=reason, by=by, at=now)
    record(by, "began a phase", _measure_name(measure), now, starts=starts.isoformat(), reason=reason)
    return phase


def _moment(starts: datetime | date) -> datetime:
    if not isinstance(starts, datetime):
        starts = datetime.combine(starts, time())
    return timezone.make_aware(starts) if timezone.is_naive(starts) else starts


def measure_content(measure: Measure) -> dict[str, Any]:
    """How a measure is taken and judged."""
    return {name: getattr(measure, name) for name in MEASURE_FIELDS}


def _plain(changed: Mapping[str, list]) -> dict[str, list]:
    return {name: [str(v) if isinstance(v, date) else v for v in pair] for name, pair in changed.items()}


def _measure_name(measure: Measure) -> str:
    return f"measure {measure.mechanism.slug}/{measure.slug}"


def _measure_slug(mechanism: Mechanism, fields: Mapping[str, Any]) -> str:
    base = slugify(fields.get("slug") or str(fields.get("name") or "")[:70]) or "measure"
    taken = set(mechanism.measures.values_list("slug", flat=True))
    if fields.get("slug") and base in taken:
        raise ValidationError(
            {"slug": _("This mechanism already has a measure '%(base)s'.") % {"base": base}}
        )
    return numbered(base, taken)
