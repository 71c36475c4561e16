"""Standards as they are written: drafts, to which nobody is held yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards.actions.checking import demand_keeper, sentence
from andon.standards.models import Behaviour, JobRole, Standard, StandardVersion

CONTENT = ("statement", "level", "unit", "good", "serves", "why_changed")


@transaction.atomic
def draft_standard(
    job_role: JobRole,
    *,
    name: str,
    statement: str,
    serves: str,
    by: Person | None,
    now: datetime,
    team: Team | None = None,
    measure: Measure | None = None,
    behaviour: Behaviour | None = None,
    outcome_measure: Measure | None = None,
    **content: Any,
) -> StandardVersion:
    """A standard that nobody is held to yet: its first version, to be agreed.

    `content`: level, unit, good (those of the measure unless told). Raises PermissionDenied, ValidationError.
    """
    demand_keeper(by)
    if job_role.retired_at:
        raise ValidationError(_("This role is retired. Choose one in use."))
    _refuse_both(measure, behaviour)
    standard = Standard(
        job_role=job_role,
        team=team,
        name=sentence(name, 120, _("what it is called")),
        measure=measure,
        behaviour=behaviour,
        outcome_measure=outcome_measure,
    )
    _refuse_a_twin(standard)
    standard.save()
    version = _new_version(standard, 1, by, now)
    _fill(version, {"statement": statement, "serves": serves, **content})
    record(by, "drafted a standard", f"standard {standard.pk}", now, name=standard.name, number=1)
    return version


def _refuse_both(measure: Measure | None, behaviour: Behaviour | None) -> None:
    if measure and behaviour:
        raise ValidationError(_("A standard is about a measure or a behaviour, not both. Write two."))


@transaction.atomic
def redraft_standard(
    standard: Standard,
    *,
    name: str,
    by: Person | None,
    now: datetime,
    team: Team | None = None,
    measure: Measure | None = None,
    behaviour: Behaviour | None = None,
    outcome_measure: Measure | None = None,
    **content: Any,
) -> StandardVersion:
    """Writes a standard anew that nobody ever agreed: its name, where it holds and what it is seen by, too.

    Raises PermissionDenied, ValidationError.
    """
    demand_keeper(by)
    standard = locked(standard)
    draft = standard.versions.drafts().first()
    if draft is None or standard.versions.agreed().exists():
        raise ValidationError(
            _("This was agreed, so what it is about stays. Write a new version of its words.")
        )
    _refuse_both(measure, behaviour)
    standard.name, standard.team = sentence(name, 120, _("what it is called")), team
    standard.measure, standard.behaviour, standard.outcome_measure = measure, behaviour, outcome_measure
    _refuse_a_twin(standard)
    standard.save()
    draft.unit = measure.unit if measure else ""
    draft.good = measure.good if measure else StandardVersion.Good.HIGH
    draft.standard = standard
    _fill(draft, content)
    record(by, "redrafted a standard", f"standard {standard.pk}", now, name=standard.name)
    return draft


def _refuse_a_twin(standard: Standard) -> None:
    """Two bars about one thing for the same people would contradict each other."""
    others = Standard.objects.in_use().filter(job_role=standard.job_role, team=standard.team)
    others = others.exclude(pk=standard.pk)
    if any(other.subject == standard.subject for other in others):
        raise ValidationError(
            _("This role has a standard about this already. Write a new version of that one.")
        )


def _new_version(standard: Standard, number: int, by: Person | None, now: datetime) -> StandardVersion:
    measure = standard.measure
    return StandardVersion(
        standard=standard,
        number=number,
        unit=measure.unit if measure else "",
        good=measure.good if measure else StandardVersion.Good.HIGH,
        drafted_by=by,
        drafted_at=now,
    )


def _fill(version: StandardVersion, content: Mapping[str, Any]) -> None:
    for name in CONTENT:
        value = content.get(name)
        if value is not None or (name == "level" and name in content):
            setattr(version, name, tidy(value) if isinstance(value, str) else value)
    version.unit = version.unit[:20]
    version.save()


@transaction.atomic
def draft_version(standard: Standard, *, by: Person | None, now: datetime, **content: Any) -> StandardVersion:
    """The next version, with the words of the one before until they are changed. One draft at a time."""
    demand_keeper(by)
    standard = locked(standard)
    if draft := standard.versions.drafts().first():
        _fill(draft, content)
        return draft
    before = standard.versions.agreed().order_by("number").last()
    version = _new_version(standard, before.number + 1 if before else 1, by, now)
    kept = {name: getattr(before, name) for name in CONTENT if before and name != "why_changed"}
    _fill(version, {**kept, **content})
    record(
        by, "drafted a standard", f"standard {standard.pk}", now, name=standard.name, number=version.number
    )
    return version


def locked(standard: Standard) -> Standard:
    """As it is now, for this transaction alone. Only the row itself: PostgreSQL locks no outer join."""
    locked = Standard.objects.select_for_update().get(pk=standard.pk)
    if not Standard.objects.in_use().filter(pk=standard.pk).exists():
        raise ValidationError(_("This standard has ended. Write a new one."))
    return locked


@transaction.atomic
def discard_draft(version: StandardVersion, *, by: Person | None, now: datetime) -> None:
    """Takes back what was never agreed; a standard without any version goes with it."""
    demand_keeper(by)
    standard = locked(version.standard)
    draft = standard.versions.drafts().filter(pk=version.pk).first()
    if draft is None:
        raise ValidationError(_("This version has been agreed, so it stays."))
    draft.delete()
    record(by, "discarded a draft", f"standard {standard.pk}", now, name=standard.name)
    if not standard.versions.exists():
        standard.delete()
