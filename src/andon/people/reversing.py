"""Taking a staff list back: each value as it was before, unless it has been changed again since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people import access, lines
from andon.people.models import Grant, Person, Role, StaffImport, Team
from andon.people.staff import WORDS, plain
from andon.people.trail import record

DAYS = ("joined", "left")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of it: values restored, people who came with the list and now count as gone, and sentences on
    what stays as it is.
    """

    restored: int
    gone: tuple[str, ...]
    stays: tuple[str, ...]


def take_back(source: str, *, by: Person | None, now: datetime, dry_run: bool = False) -> TakenBack:
    """Undoes the newest staff list of a file. `dry_run` says what would happen.

    People who were new are not deleted, as something may refer to them: they count as having left.
    Raises PermissionDenied, ValidationError.
    """
    if by is not None and not access.may_bring_people(by):
        raise PermissionDenied(_("Only an HR partner or an administrator takes a staff list back."))
    with transaction.atomic():
        brought = StaffImport.objects.select_for_update().filter(source=source, taken_back_at=None).first()
        if brought is None:
            raise ValidationError(_("What this list changed was not kept, or has been taken back already."))
        done = _take_back(brought, by, now)
        transaction.set_rollback(dry_run)
    return done


def _take_back(brought: StaffImport, by: Person | None, now: datetime) -> TakenBack:
    people = Person.objects.in_bulk({one[0] for one in brought.changed} | set(brought.added))
    stays: list[str] = []
    stays += _ungrant(brought, people, by)
    managers = dict(Person.objects.values_list("pk", "manager_id"))
    restored = [one for one in brought.changed if _restore(people.get(one[0]), *one[1:], managers, stays)]
    gone = [people[key] for key in brought.added if key in people and _let_go(people[key], now, stays)]
    for person in people.values():
        person.save()
    lines.rebuild()
    brought.taken_back_at = now
    brought.save(update_fields=["taken_back_at"])
    record(
        by,
        "took back a staff list",
        brought.source or "staff list",
        now,
        restored=len(restored),
        gone=len(gone),
    )
    return TakenBack(len(restored), tuple(person.name for person in gone), tuple(stays))


def _restore(
    person: Person | None,
    field: str,
    before: object,
    after: object,
    managers: dict[int, int | None],
    stays: list[str],
) -> bool:
    if person is None:
        return False
    if plain(getattr(person, field)) != after:
        stays.append(f"{person.name}: {WORDS.get(field, field)} has been changed since, and stays.")
        return False
    if reason := _unfit(person, field, before, managers):
        stays.append(f"{person.name}: {WORDS.get(field, field)} stays, as {reason}.")
        return False
    setattr(person, field, date.fromisoformat(str(before)) if before and field in DAYS else before)
    if field == "manager_id":
        managers[person.pk] = before  # type: ignore[assignment]
    return True


def _unfit(person: Person, field: str, before: object, managers: Mapping[int, int | None]) -> str:
    """Why the old value does not fit any more; empty when it does."""
    if (
        field == "email"
        and before
        and Person.objects.exclude(pk=person.pk).filter(email__iexact=before).exists()
    ):
        return "somebody else has the old address now"
    if field == "team_id" and before and not Team.objects.filter(pk=before).exists():
        return "the old team is no longer there"
    if field == "manager_id" and before:
        if before not in managers:
            return "the old manager is no longer on record"
        if person.pk in {before, *(above for above, _ in lines.above(int(str(before)), managers))}:
            return "people would manage each other in a loop"
    return ""


def _let_go(person: Person, now: datetime, stays: list[str]) -> bool:
    if _last_administrator(person):
        stays.append(f"{person.name} is the last administrator, and stays.")
        return False
    person.left, person.is_active = timezone.localdate(now), False
    return True


def _ungrant(brought: StaffImport, people: Mapping[int, Person], by: Person | None) -> list[str]:
    """Roles the list gave are taken again, but for the last administrator's."""
    stays = []
    for key, role in brought.granted:
        person = people.get(key) or Person.objects.filter(pk=key).first()
        if person is None:
            continue
        if by is not None and not access.may_grant(by):
            stays.append(f"{person.name} stays {role}: only an administrator takes roles.")
        elif role == Role.ADMINISTRATOR and _last_administrator(person):
            stays.append(f"{person.name} is the last administrator, and stays.")
        else:
            Grant.objects.filter(person=person, role=role).delete()
            access.forget_roles(person)
    return stays


def _last_administrator(person: Person) -> bool:
    others = Person.objects.at_work().with_role(Role.ADMINISTRATOR).exclude(pk=person.pk)
    return person.grants.filter(role=Role.ADMINISTRATOR).exists() and not others.exists()
