"""What is done to the register: each checks permission, writes and records together. All doors call these.

`by=None` is the installation itself: setting up, the demo, a command on the machine.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from andon.mechanisms import access, rules
from andon.mechanisms.models import Measure, Mechanism, Phase, Version
from andon.people.models import Person
from andon.people.trail import record

FIELDS = (
    "name",
    "kind",
    "purpose",
    "owner_team",
    "owner",
    "inputs",
    "outputs",
    "specification",
    "inspection",
)
MEASURE_FIELDS = (
    "name", "outcome", "of", "kind", "unit", "good", "spec_lower", "spec_upper", "target", "every",
    "season", "rules",
    "baseline_from", "baseline_to",
)  # fmt: skip


@transaction.atomic
def register(fields: Mapping[str, Any], by: Person | None, now: datetime, version: int = 1) -> Mechanism:
    """Writes down a mechanism. `fields` by model name; `consumers` are teams, `since` is when it began.

    Raises PermissionDenied, and ValidationError with sentences by field.
    """
    _demand(by is None or access.may_register(by))
    _refuse(rules.problems_of_mechanism(fields))
    slug = _free_slug(fields.get("slug") or fields["name"], fields.get("slug"))
    mechanism = Mechanism(slug=slug, version=version, **_only(fields, FIELDS))
    mechanism.save(force_insert=True)
    mechanism.consumers.set(fields.get("consumers", ()))
    _keep_version(mechanism, "Written down.", by, fields.get("since") or now)
    record(by, "registered", mechanism, now)
    return mechanism


@transaction.atomic
def revise(
    mechanism: Mechanism, fields: Mapping[str, Any], what_changed: str, by: Person | None, now: datetime
) -> Mechanism:
    """A new version, kept with what it looked like; nothing happens when nothing differs."""
    _demand(by is None or access.may_edit(by, mechanism))
    mechanism = Mechanism.objects.select_for_update().get(pk=mechanism.pk)
    if mechanism.retired_at:
        raise ValidationError("This mechanism is retired, so it is no longer revised.")
    wanted = _only(fields, FIELDS)
    _refuse(rules.problems_of_mechanism({"name": mechanism.name, "kind": mechanism.kind, **wanted}))
    before = snapshot(mechanism)
    for name, value in wanted.items():
        setattr(mechanism, name, value)
    if "consumers" in fields:
        mechanism.consumers.set(fields["consumers"])
    changed = [name for name, value in snapshot(mechanism).items() if before[name] != value]
    if changed:
        _next_version(mechanism, what_changed.strip() or _in_words(changed), by, now)
        record(by, "revised", mechanism, now, changed=changed, version=mechanism.version)
    return mechanism


def _next_version(mechanism: Mechanism, what_changed: str, by: Person | None, now: datetime) -> None:
    mechanism.version += 1
    mechanism.save()
    _keep_version(mechanism, what_changed, by, now)


def _in_words(changed: list[str]) -> str:
    return "Changed: " + ", ".join(name.replace("_", " ") for name in changed) + "."


def snapshot(mechanism: Mechanism) -> dict[str, Any]:
    """A version's content as it is kept: texts, teams by slug, people by staff number."""
    content: dict[str, Any] = {
        name: getattr(mechanism, name) for name in FIELDS if not name.startswith("owner")
    }
    content["owner_team"] = mechanism.owner_team.slug if mechanism.owner_team else ""
    content["owner"] = mechanism.owner.number if mechanism.owner else ""
    content["consumers"] = sorted(mechanism.consumers.values_list("slug", flat=True))
    return content


def _keep_version(mechanism: Mechanism, what_changed: str, by: Person | None, since: datetime) -> Version:
    return Version.objects.create(
        mechanism=mechanism,
        number=mechanism.version,
        since=since,
        what_changed=what_changed,
        content=snapshot(mechanism),
        by=by,
    )


@transaction.atomic
def retire(mechanism: Mechanism, by: Person | None, now: datetime, reason: str = "") -> Mechanism:
    """Takes a mechanism out of use; its history, charts and questions stay. Twice is harmless."""
    _demand(by is None or access.may_edit(by, mechanism))
    if mechanism.retired_at is None:
        mechanism.retired_at = now
        mechanism.save(update_fields=["retired_at"])
        record(by, "retired", mechanism, now, reason=reason[:1000])
    return mechanism


@transaction.atomic
def add_measure(mechanism: Mechanism, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Measure:
    """A number to watch a mechanism by. Raises PermissionDenied, ValidationError."""
    _demand(by is None or access.may_edit(by, mechanism))
    measure = Measure(
        mechanism=mechanism, slug=_measure_slug(mechanism, fields), **_only(fields, MEASURE_FIELDS)
    )
    _refuse(rules.problems_of_measure(measure_content(measure)))
    measure.save(force_insert=True)
    record(by, "added a measure", f"measure {mechanism.slug}/{measure.slug}", now)
    return measure


@transaction.atomic
def revise_measure(measure: Measure, fields: Mapping[str, Any], by: Person | None, now: datetime) -> Measure:
    """Changes how a measure is taken or judged. Its limits stay those of its phases."""
    _demand(by is None or access.may_edit(by, measure.mechanism))
    before = measure_content(measure)
    for name, value in _only(fields, MEASURE_FIELDS).items():
        setattr(measure, name, value)
    changed = {
        name: [before[name], value]
        for name, value in measure_content(measure).items()
        if before[name] != value
    }
    _refuse(rules.problems_of_measure(measure_content(measure)))
    if changed:
        measure.save()
        record(by, "revised a measure", _measure_name(measure), now, **_plain(changed))
    return measure


@transaction.atomic
def retire_measure(measure: Measure, by: Person | None, now: datetime) -> Measure:
    """No longer watched; what was charted stays."""
    _demand(by is None or access.may_edit(by, measure.mechanism))
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
    _demand(by is None or access.may_edit(by, measure.mechanism))
    starts = _moment(starts)
    taken = frozenset(measure.phases.values_list("starts", flat=True))
    _refuse(rules.problems_of_phase(starts, reason, now, taken))
    phase = Phase.objects.create(measure=measure, starts=starts, reason=reason.strip(), by=by, at=now)
    record(by, "began a phase", _measure_name(measure), now, starts=starts.isoformat(), reason=reason.strip())
    return phase


def _moment(starts: datetime | date) -> datetime:
    if not isinstance(starts, datetime):
        starts = datetime.combine(starts, time())
    return timezone.make_aware(starts) if timezone.is_naive(starts) else starts


def _demand(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(
            "The register is changed by a mechanism's owners, analysts and administrators."
        )


def _refuse(problems: rules.Problems) -> None:
    if problems:
        raise ValidationError(problems)


def _only(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in fields.items()
        if name in names
    }


def measure_content(measure: Measure) -> dict[str, Any]:
    """How a measure is taken and judged."""
    return {name: getattr(measure, name) for name in MEASURE_FIELDS}


def _plain(changed: Mapping[str, list]) -> dict[str, list]:
    return {name: [str(v) if isinstance(v, date) else v for v in pair] for name, pair in changed.items()}


def _measure_name(measure: Measure) -> str:
    return f"measure {measure.mechanism.slug}/{measure.slug}"


def _free_slug(name: str, chosen: str | None) -> str:
    base = slugify(name)[: 80 if chosen else 70] or "mechanism"
    taken = (
        set(Mechanism.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | rules.RESERVED
    )
    if chosen and base in taken:
        raise ValidationError({"slug": f"'{base}' is already the short name of a mechanism. Choose another."})
    return _numbered(base, taken)


def _measure_slug(mechanism: Mechanism, fields: Mapping[str, Any]) -> str:
    base = slugify(fields.get("slug") or str(fields.get("name") or "")[:70]) or "measure"
    taken = set(mechanism.measures.values_list("slug", flat=True))
    if fields.get("slug") and base in taken:
        raise ValidationError({"slug": f"This mechanism already has a measure '{base}'."})
    return _numbered(base, taken)


def _numbered(base: str, taken: set[str]) -> str:
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 100_000))) if slug not in taken)
