"""Looking at the gate, and letting a condition be left out. Both are written down before anything is shown."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.evidence import access_log
from andon.evidence.ledger import append
from andon.people import access as people
from andon.people import saying
from andon.people.locking import held
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.trail import record
from andon.people.words import tidy
from andon.plans import access
from andon.plans.actions.again import pressed_twice
from andon.plans.facts import examine as look
from andon.plans.facts import period_of
from andon.plans.models import Examination, Override
from andon.plans.rules.gate import problem_overriding, problem_reason
from andon.standards.models import StandardVersion
from andon.standards.queries import in_force_for

WHAT = "The gate to a plan"  # as it stands in the list of who read what


@transaction.atomic
def examine(
    person: Person, version: StandardVersion, reason: str, *, by: Person, now: datetime
) -> Examination:
    """Looks at the six conditions, for a reason that the person reads. Raises PermissionDenied, ValidationError."""
    basis = access.basis(by, person)
    if basis not in {access.LINE, access.HR}:
        raise PermissionDenied(_("Examined by the line above somebody, and by HR partners."))
    reason = tidy(reason)
    _refuse(problem_reason(reason))
    _refuse("" if people.at_work(person) else _("They do not work here any more."))
    _refuse(_not_theirs(person, version, now))
    if again := pressed_twice(
        Examination.objects.filter(person=person, by=by, version=version, reason=reason, plan=None), now
    ):
        return again
    return _kept(person, version, reason, basis, by, now)


def _kept(
    person: Person, version: StandardVersion, reason: str, basis: str, by: Person, now: datetime
) -> Examination:
    access_log.note(by, person, WHAT, now)
    with saying.for_keeps():
        gate, period = look(person, version, now), period_of(now)
    body = {
        "standard": version.standard.name, "version": version.number, "reason": reason, "basis": basis,
        "conditions": gate.as_data(),
    }  # fmt: skip
    entry = append("plan.gate_examined", about=person, body=body, by=by, now=now)
    made = Examination.objects.create(
        person=person, standard=version.standard, version=version, basis=basis, reason=reason, starts=period.starts,
        ends=period.ends, conditions=gate.as_data(), by=by, at=now, entry=entry,
    )  # fmt: skip
    record(by, "examined a gate", made, now, person=person.number)
    return made


def _not_theirs(person: Person, version: StandardVersion, now: datetime) -> str:
    bound = {one.pk for one in in_force_for(person, timezone.localdate(now))}
    return "" if version.pk in bound else _("This standard does not hold for them today.")


@transaction.atomic
def override(examination: Examination, condition: int, reason: str, *, by: Person, now: datetime) -> Override:
    """HR lets one condition be left out. The person reads who did so and why; it is counted.

    Raises PermissionDenied, ValidationError.
    """
    locked = held(Examination.objects.all(), examination.pk)
    if access.basis(by, locked.person) != access.HR:
        raise PermissionDenied(_("Only an HR partner outside their line makes an exception."))
    reason = tidy(reason)
    if known := locked.overrides.filter(condition=condition, by=by, reason=reason).first():
        return known
    _refuse(_("Who examined it makes no exception for it.") if locked.by_id == by.pk else "")
    _refuse(problem_overriding(condition, locked.gate.unmet, locked.overridden, reason))
    body = {"examination": locked.entry_id, "condition": condition, "reason": reason}
    entry = append("plan.condition_overridden", about=locked.person, body=body, by=by, now=now)
    record(by, "overrode a condition", locked, now, condition=condition)
    return Override.objects.create(
        examination=locked, condition=condition, reason=reason, by=by, at=now, entry=entry
    )


def _refuse(problem: str) -> None:
    if problem:
        raise ValidationError(retold(problem))
