"""Bringing in the staff list: two passes, managers first; repeatable; with a preview of what would change."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people import access, lines, rules
from andon.people.changes import Change, Changed, StaffChanges
from andon.people.forgetting import without_forgotten
from andon.people.models import Grant, Person, Role, StaffImport, Team
from andon.people.rules import Refused, StaffRow
from andon.people.settling import settle
from andon.people.teams import bring_teams
from andon.people.trail import record

FIELDS = ("name", "email", "title", "site", "joined", "left", "is_active", "team_id", "manager_id")
WORDS = {"team_id": "team", "manager_id": "manager", "is_active": "at work"}


Rows = Sequence[Mapping[str, object]]
Moved = list[object]  # key of the person, field, before, after


def import_staff(
    teams_rows: Rows,
    people_rows: Rows,
    *,
    by: Person | None,
    now: datetime,
    dry_run: bool = False,
    source: str = "",
) -> StaffChanges:
    """Brings in teams and people from rows of a file (header to value).

    Columns a list does not hold are left as they are; people it does not name stay. Rows that do not fit are
    refused by row, and the others are taken. `dry_run` does all of it and undoes it: an exact preview.
    What changed is kept under `source`, so that `reversing.take_back` can undo it.
    Raises PermissionDenied, and ValidationError when the list as a whole cannot be read.
    """
    if by is not None and not access.may_bring_people(by):
        raise PermissionDenied(_("Only an HR partner or an administrator brings in people."))
    with transaction.atomic():
        changes = _bring(list(teams_rows), list(people_rows), by, now, dry_run, source)
        transaction.set_rollback(dry_run)
    return changes


def _bring(
    teams_rows: list, people_rows: list, by: Person | None, now: datetime, dry_run: bool, source: str
) -> StaffChanges:
    today = timezone.localdate(now)
    settled, before = _settled(people_rows, by, today)
    settled = _keep_an_administrator(settled)
    teams, new_teams, refused_teams = bring_teams(teams_rows, settled.accepted)
    people = dict(before)
    added = _first_pass(settled.accepted, people, teams, today)
    new = {person.pk for person in added}
    changed, moved = _second_pass(settled.accepted, people, new, teams, today)
    lines.rebuild()
    granted, warnings = _grant_listed(settled.accepted, people, by, now)
    changes = StaffChanges(
        added=tuple((person.number, person.name) for person in added),
        changed=tuple(changed),
        left=_who_went(changed, "no"),
        back=_who_went(changed, "yes"),
        unchanged=len(settled.accepted) - len(added) - len(changed),
        refused=tuple(sorted(refused_teams + settled.refused)),
        teams=new_teams,
        granted=granted,
        warnings=tuple(warnings) + _led_by_leavers(people),
        dry_run=dry_run,
    )
    kept = [[people[number].pk, role] for number, _, role in granted]
    StaffImport.objects.create(source=source, at=now, by=by, added=sorted(new), changed=moved, granted=kept)
    counts = {name: len(getattr(changes, name)) for name in ("added", "changed", "left", "refused", "teams")}
    record(by, "brought in people", "staff list", now, **counts)
    return changes


def _settled(people_rows: list, by: Person | None, today: date) -> tuple[rules.Settled, dict[str, Person]]:
    try:
        read = rules.read_rows(people_rows, today)
    except rules.UnfitError as unfit:
        raise ValidationError({unfit.column: unfit.reason}) from None
    before = {person.number: person for person in Person.objects.select_related("team", "manager")}
    read = without_forgotten(read, before, today)
    guarded = set(Grant.objects.values_list("person__number", flat=True))
    known = {number: _known(person, number in guarded) for number, person in before.items()}
    return settle(read, known, guard=by is not None and not access.may_grant(by)), before


def _known(person: Person, guarded: bool) -> rules.Known:
    return rules.Known(
        person.number, person.email or "", person.manager.number if person.manager else "", guarded
    )


def _keep_an_administrator(settled: rules.Settled) -> rules.Settled:
    """Refuses the rows that would, now or on a day they name, leave nobody who may administer."""
    staying = Person.objects.at_work().filter(left=None).with_role(Role.ADMINISTRATOR)
    keepers = set(staying.values_list("number", flat=True))
    going = {row.number for row in settled.accepted if row.number in keepers and row.left}
    if not keepers or keepers - going:
        return settled
    reason = _("The last administrator: give somebody else the role first.")
    refused = [
        Refused(row.row, "left", str(row.left), reason) for row in settled.accepted if row.number in going
    ]
    kept = tuple(row for row in settled.accepted if row.number not in going)
    return rules.Settled(kept, settled.refused + tuple(refused))


def _first_pass(
    rows: Iterable[StaffRow], people: dict[str, Person], teams: Mapping, today: date
) -> list[Person]:
    """Everybody new, without their manager yet; addresses that somebody gives up are freed before."""
    rows = list(rows)
    given_up = [
        people[row.number].pk
        for row in rows
        if row.number in people and _new_address(row, people[row.number])
    ]
    Person.objects.filter(pk__in=given_up).update(email=None)
    new = [_new_person(row, teams, today) for row in rows if row.number not in people]
    Person.objects.bulk_create(new, batch_size=500)
    people |= {person.number: person for person in new}
    return new


def _new_address(row: StaffRow, person: Person) -> bool:
    return "email" in row.given and row.email != (person.email or "").casefold()


def _new_person(row: StaffRow, teams: Mapping, today: date) -> Person:
    person = Person(number=row.number)
    person.set_unusable_password()
    for name, value in _wanted(row, person, teams, {}, today).items():
        setattr(person, name, value)
    return person


def _wanted(row: StaffRow, person: Person, teams: Mapping, people: Mapping[str, Person], today: date) -> dict:
    """What the list says about a person, field to value; only of columns it holds."""
    wanted = {
        name: getattr(row, name) for name in ("name", "title", "site", "joined", "left") if name in row.given
    }
    wanted["name"] = row.name
    if _new_address(row, person):
        wanted["email"] = row.email or None
    if "left" in row.given:
        wanted["is_active"] = row.left is None or row.left > today
    if "team" in row.given:
        wanted["team_id"] = teams[row.team.casefold()].pk if row.team else None
    if "manager" in row.given and people:
        wanted["manager_id"] = people[row.manager].pk if row.manager else None
    return wanted


def _second_pass(
    rows: Iterable[StaffRow], people: dict[str, Person], new: set[int], teams: Mapping, today: date
) -> tuple[list[Changed], list[Moved]]:
    """Managers, now that everybody is there, and whatever else is new about people on record.

    Of those on record: in words, and value by value.
    """
    names = _Names(people, teams)
    changed, moved, touched = [], [], []
    for row in rows:
        person = people[row.number]
        values = _apply(person, _wanted(row, person, teams, people, today))
        touched += [person] if values else []
        if values and person.pk not in new:
            changed.append(Changed(person.number, person.name, tuple(names.change(*one) for one in values)))
            moved += [[person.pk, field, plain(before), plain(after)] for field, before, after in values]
    Person.objects.bulk_create(
        touched, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=list(FIELDS)
    )
    return changed, moved


def plain(value: object) -> object:
    """A value of a person as it is kept: days in words, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value


class _Names:
    """Names of people and teams by key, for saying a change in words."""

    def __init__(self, people: Mapping[str, Person], teams: Mapping[str, Team]):
        self.people = {person.pk: person.name for person in people.values()}
        self.teams = {team.pk: team.name for team in teams.values()}

    def change(self, field: str, before: object, after: object) -> Change:
        return Change(WORDS.get(field, field), self.word(field, before), self.word(field, after))

    def word(self, field: str, value: object) -> str:
        if field == "manager_id":
            return self.people.get(value, "")
        if field == "team_id":
            return self.teams.get(value, "")
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "" if value is None else str(value)


def _apply(person: Person, wanted: Mapping[str, object]) -> list[tuple[str, object, object]]:
    """Sets what differs; which fields, with the values before and after."""
    changes = []
    for name, value in wanted.items():
        before = getattr(person, name)
        if before != value:
            changes.append((name, before, value))
            setattr(person, name, value)
    return changes


def _who_went(changed: Iterable[Changed], at_work: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.number, one.name)
        for one in changed
        for change in one.changes
        if change[::2] == ("at work", at_work)
    )


def _grant_listed(
    rows: Iterable[StaffRow], people: Mapping[str, Person], by: Person | None, now: datetime
) -> tuple[tuple[tuple[str, str, str], ...], list[str]]:
    """Roles on the list: given when an administrator brings it, and never taken away by a file."""
    listed = [(people[row.number], role, row.row) for row in rows for role in row.roles]
    held = set(Grant.objects.values_list("person", "role"))
    listed = [(person, role, row) for person, role, row in listed if (person.pk, role) not in held]
    if by is not None and not access.may_grant(by):
        return (), [
            _("Row %(row)s: %(name)s was not made %(role)s. Only an administrator gives roles.")
            % {"row": row, "name": p.name, "role": role}
            for p, role, row in listed
        ]
    Grant.objects.bulk_create(
        Grant(person=p, role=role, granted_by=by, granted_at=now) for p, role, _row in listed
    )
    for person, role, _row in listed:
        record(by, "gave a role", person, now, role=role, basis="staff list")
    return tuple((person.number, person.name, role) for person, role, _row in listed), []


def _led_by_leavers(people: Mapping[str, Person]) -> tuple[str, ...]:
    gone = {person.pk: person for person in people.values() if not person.is_active}
    left_behind: dict[int, int] = {}
    for person in people.values():
        if person.is_active and person.manager_id in gone:
            left_behind[person.manager_id] = left_behind.get(person.manager_id, 0) + 1
    return tuple(
        _("%(name)s (%(number)s) has left and is still named as manager of %(count)s at work.")
        % {"name": gone[key].name, "number": gone[key].number, "count": count}
        for key, count in left_behind.items()
    )
