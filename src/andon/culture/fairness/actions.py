"""What is done: naming auditors, bringing groups, asking for an audit. Permission, writing and trail together."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.culture.fairness import access
from andon.culture.fairness.models import (
    Attribute,
    FairnessAudit,
    FairnessAuditor,
    GroupList,
    Membership,
)
from andon.culture.fairness.reading import UnfitListError, read
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

DRAFTS = timedelta(days=1)
"""A list that nobody applied is let go of."""
SHORTEST, LONGEST = 28, 366 * 6


def name_auditor(person: Person, why: str, *, by: Person, now: datetime) -> FairnessAuditor:
    """Asks somebody to audit; it begins when they accept. Raises PermissionDenied, ValidationError."""
    if not access.may_name(by):
        raise PermissionDenied(_("HR partners and administrators name auditors."))
    if by.pk == person.pk:
        raise PermissionDenied(_("Nobody names themselves: ask another HR partner or an administrator."))
    if not access.can_be_named(person):
        raise ValidationError(_("Only an HR partner or an analyst can be named."))
    if not (why := tidy(why)):
        raise ValidationError({"why": _("Say why.")})
    with transaction.atomic():
        if FairnessAuditor.objects.standing().filter(person=person).exists():
            raise ValidationError(_("%(name)s is named already.") % {"name": person.name})
        record(by, "named a fairness auditor", person, now, why=why)
        return FairnessAuditor.objects.create(person=person, named_by=by, why=why, named_at=now)


@transaction.atomic
def accept(*, by: Person, now: datetime) -> None:
    """Raises PermissionDenied where nobody named them, or they may no longer be."""
    if not access.is_asked(by):
        raise PermissionDenied(_("Nobody has named you."))
    FairnessAuditor.objects.waiting().filter(person=by).update(accepted_at=now)
    record(by, "accepted to be a fairness auditor", by, now)


@transaction.atomic
def end(auditor: FairnessAuditor, *, by: Person, now: datetime) -> None:
    """By whoever names auditors, or by the auditor. Raises PermissionDenied."""
    if not access.may_name(by) and by.pk != auditor.person_id:
        raise PermissionDenied(_("HR partners and administrators end this."))
    if FairnessAuditor.objects.standing().filter(pk=auditor.pk).update(ended_by=by, ended_at=now):
        record(by, "ended a fairness auditor", auditor.person, now)


def _demand_auditor(by: Person) -> None:
    if not access.is_auditor(by):
        raise PermissionDenied(_("This is for fairness auditors."))


def bring(raw: bytes, purpose: str, legal_basis: str, *, by: Person, now: datetime) -> GroupList:
    """Reads a list and keeps it to be looked at; nothing is recorded yet. The file is not kept.

    Raises PermissionDenied, ValidationError.
    """
    _demand_auditor(by)
    purpose, legal_basis = tidy(purpose), tidy(legal_basis)
    missing = {"purpose": purpose, "legal_basis": legal_basis}
    if errors := {name: _("Say it in a sentence.") for name, text in missing.items() if not text}:
        raise ValidationError(errors)
    _let_drafts_go(now)
    try:
        found = read(raw, set(Person.objects.values_list("number", flat=True)))
    except UnfitListError as reason:
        raise ValidationError({"file": str(reason)}) from None
    refused = [[one.row, one.column, one.reason] for one in found.refused]
    counts = {name: sum(groups.values()) for name, groups in found.counts.items()}
    return GroupList.objects.create(
        purpose=purpose,
        legal_basis=legal_basis,
        by=by,
        at=now,
        rows=found.rows,
        refused=refused,
        counts=counts,
    )


def _let_drafts_go(now: datetime) -> None:
    GroupList.objects.filter(applied_at=None, at__lt=now - DRAFTS).delete()


@transaction.atomic
def apply(brought: GroupList, *, by: Person, now: datetime) -> int:
    """Records the groups; how many. By whoever brought the list. Raises PermissionDenied, ValidationError."""
    _demand_auditor(by)
    brought = GroupList.objects.select_for_update().get(pk=brought.pk)
    if brought.by_id != by.pk:
        raise PermissionDenied(_("Whoever brought a list applies it."))
    if brought.applied_at or not brought.rows:
        raise ValidationError(_("There is nothing in this list that could be recorded."))
    people = dict(Person.objects.values_list("number", "pk"))
    attributes = {name: _attribute(name, brought) for name in {row[1] for row in brought.rows}}
    Membership.objects.bulk_create(
        [
            Membership(person_id=people[number], attribute=attributes[name], group=group)
            for number, name, group in brought.rows
            if number in people
        ],
        update_conflicts=True, unique_fields=["person", "attribute"], update_fields=["group"], batch_size=1000,
    )  # fmt: skip
    recorded = len(brought.rows)
    brought.rows, brought.applied_at = [], now
    brought.save(update_fields=["rows", "applied_at"])
    record(by, "brought groups", "groups", now, attributes=brought.counts, purpose=brought.purpose)
    return recorded


def _attribute(name: str, brought: GroupList) -> Attribute:
    """The newest list says why it is kept; the name stays as it was."""
    found, _new = Attribute.objects.update_or_create(
        slug=slugify(name)[:80],
        defaults={"came_in": brought},
        create_defaults={"name": name, "came_in": brought},
    )
    return found


def let_go(brought: GroupList, *, by: Person) -> None:
    """A list that is not to be applied. Raises PermissionDenied."""
    _demand_auditor(by)
    if brought.by_id != by.pk:
        raise PermissionDenied(_("Whoever brought a list lets go of it."))
    GroupList.objects.filter(pk=brought.pk, applied_at=None).delete()


@transaction.atomic
def forget(attribute: Attribute, *, by: Person, now: datetime) -> None:
    """Nobody is recorded by it any more. Audits stay as they were. Raises PermissionDenied."""
    _demand_auditor(by)
    record(by, "forgot groups", "groups", now, attribute=attribute.name)
    attribute.delete()


def ask(
    since: date, until: date, *, by: Person, now: datetime, start: Callable[[int], object]
) -> FairnessAudit:
    """Asks for an audit; `start` is given its key once it is kept. Raises PermissionDenied, ValidationError."""
    _demand_auditor(by)
    if until > timezone.localdate(now):
        raise ValidationError(_("The time to look at must be over: choose an earlier end."))
    if not SHORTEST <= (until - since).days <= LONGEST:
        raise ValidationError(_("Choose between one month and six years."))
    with transaction.atomic():
        audit = FairnessAudit.objects.create(since=since, until=until, by=by, at=now)
        record(by, "asked for a fairness audit", f"fairness audit {audit.pk}", now)
        transaction.on_commit(lambda: start(audit.pk))
    return audit
