"""Objectives from a file: one row a key result; rows that do not fit are refused by row, with an exact preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from andon.mechanisms.models import Measure
from andon.people.models import Person, Team
from andon.people.rules import Refused, UnfitError
from andon.people.trail import record
from andon.standards import access, columns
from andon.standards.actions.checking import demand
from andon.standards.actions.objectives import write_objective
from andon.standards.models import Cycle, Objective

MOST_ROWS = 5000
Rows = Sequence[Mapping[str, object]]
Group = list[tuple[int, dict[str, str]]]


@dataclass(slots=True)
class ObjectiveChanges:
    """What a file made, or would make when `dry_run`: whose, objective, how many key results; and what not."""

    made: list[tuple[str, str, int]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    dry_run: bool = False


def import_objectives(rows: Rows, *, by: Person, now: datetime, dry_run: bool = False) -> ObjectiveChanges:
    """Brings in objectives; rows of one objective stand or fall together, and one that is there already is refused.

    `dry_run` does all of it and undoes it: an exact preview. Raises PermissionDenied, and ValidationError when the
    file as a whole cannot be read.
    """
    demand(
        access.may_bulk(by),
        _("Objectives for many are brought in by those who lead people, and HR partners."),
    )
    _refuse_unreadable(rows)
    changes = ObjectiveChanges(dry_run=dry_run)
    with transaction.atomic():
        bring = _Bringing(by, now, changes)
        for group in _groups(rows):
            bring.group(group)
        counts = {"made": len(changes.made), "refused": len(changes.refused)}
        record(by, "brought in objectives", "objectives", now, **counts)
        transaction.set_rollback(dry_run)
    changes.refused.sort()
    return changes


def _refuse_unreadable(rows: Rows) -> None:
    if not rows:
        raise ValidationError(_("There is no row below the headings."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("More than %(n)s rows. Bring them in in parts.") % {"n": f"{MOST_ROWS:,}"})
    if not any(columns.columns.match(rows[0], {"objective": columns.OBJECTIVE["objective"]})):
        listed = ", ".join(str(name) for name in list(rows[0])[:12])
        raise ValidationError(
            _("No column holds the objective. Call it “objective”. The columns are: %(listed)s.")
            % {"listed": listed}
        )


def _groups(rows: Rows) -> list[Group]:
    """Rows by objective, as a spreadsheet counts rows; a row without one belongs to the objective above it."""
    groups: dict[tuple[str, ...], Group] = {}
    key: tuple[str, ...] = ()
    for row, raw in enumerate(rows, start=2):
        cells = columns.read(raw)
        if not any(cells.values()):
            continue
        if cells["objective"]:
            key = tuple(cells[name].casefold() for name in ("cycle", "person", "team", "objective"))
        groups.setdefault(key, []).append((row, cells))
    return list(groups.values())


class _Bringing:
    """One import: what is on record, looked up once, and what to do with each objective."""

    def __init__(self, by: Person, now: datetime, changes: ObjectiveChanges):
        self.by, self.now, self.changes = by, now, changes
        self.cycles = {name.casefold(): one for one in Cycle.objects.all() for name in (one.slug, one.name)}
        self.teams = {name.casefold(): one for one in Team.objects.all() for name in (one.slug, one.name)}
        measures = Measure.objects.in_use().select_related("mechanism")
        self.measures = {f"{one.mechanism.slug}/{one.slug}": one for one in measures}

    def group(self, group: Group) -> None:
        """An objective with all its key results, or every row of it refused."""
        at, cells = group[0]
        results = []
        try:
            fields = self._fields(cells)
            for row, each in group:
                at = row
                results += [found] if (found := columns.key_result(each)) else []
        except UnfitError as unfit:
            self._refuse(group, at, unfit.column, unfit.value, unfit.reason)
        else:
            self._write(group, fields, results)

    def _write(self, group: Group, fields: dict[str, Any], results: list[dict[str, object]]) -> None:
        row, cells = group[0]
        try:
            with transaction.atomic():
                made = write_objective(by=self.by, now=self.now, key_results=results, **fields)
        except ValidationError as error:
            self._refuse(group, row, "objective", cells["objective"], " ".join(error.messages))
        except PermissionDenied as denied:
            self._refuse(group, row, "team", cells["team"], str(denied))
        else:
            self.changes.made.append((_whose(made), made.title, len(results)))

    def _refuse(self, group: Group, at: int, column: str, value: str, reason: str) -> None:
        for row, cells in group:
            if row == at:
                self.changes.refused.append(Refused(row, column, value[:240], reason))
            else:
                words = _("Another row of this objective does not fit.")
                self.changes.refused.append(Refused(row, "objective", cells["objective"][:240], words))

    def _fields(self, cells: Mapping[str, str]) -> dict[str, Any]:
        if not cells["objective"]:
            raise UnfitError("objective", "", _("The first row of an objective says what it is."))
        cycle = self._named(self.cycles, "cycle", cells["cycle"], _("No cycle is called this."))
        team = self._named(self.teams, "team", cells["team"], _("No team is called this."))
        person = self._person(cells["person"])
        if team and person:
            raise UnfitError(
                "team", cells["team"], _("An objective is of a team or of a person. Leave one empty.")
            )
        fields = {
            "title": cells["objective"],
            "why": cells["why"],
            "cycle": cycle,
            "team": team,
            "person": person,
        }
        self._refuse_twin(fields)
        measure = self._named(
            self.measures, "measure", cells["measure"],
            _("No measure is called this. Write it as mechanism/measure, in their short names."),
        )  # fmt: skip
        parent = self._parent(cells["under"], cycle)
        return {**fields, "measure": measure, "parent": parent, "due": columns.due(cells["due"])}

    def _named(self, known: Mapping[str, Any], column: str, written: str, reason: str) -> Any:
        if written and written.casefold() not in known:
            raise UnfitError(column, written, reason)
        return known[written.casefold()] if written else None

    def _person(self, written: str) -> Person | None:
        """Among those one may write for only: a number of somebody else is as unknown as one of nobody."""
        if not written:
            return None
        people = access.people_written_by(self.by)
        found = people.filter(Q(number=written) | Q(email__iexact=written)).first()
        if found is None:
            raise UnfitError("person", written, _("Nobody in your line has this staff number or address."))
        return found

    def _refuse_twin(self, fields: Mapping[str, Any]) -> None:
        same = Objective.objects.kept().filter(title__iexact=fields["title"])
        if same.filter(**{name: fields[name] for name in ("cycle", "team", "person")}).exists():
            raise UnfitError("objective", fields["title"], _("This objective is there already."))

    def _parent(self, written: str, cycle: Cycle | None) -> Objective | None:
        """By its title, among what one sees: in the same cycle if it is there, and only one."""
        if not written:
            return None
        seen = Objective.objects.visible_to(self.by).kept().filter(title__iexact=written)
        found = list(seen.filter(cycle=cycle)[:2]) or list(seen[:2])
        if len(found) != 1:
            problem = _("Several objectives are called this.") if found else _("No objective is called this.")
            raise UnfitError(
                "under", written, f"{problem} " + _("Align it by hand afterwards, or leave it empty.")
            )
        return found[0]


def _whose(objective: Objective) -> str:
    if objective.person:
        return objective.person.name
    return objective.team.name if objective.team else _("everybody")
