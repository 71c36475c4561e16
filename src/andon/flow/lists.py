"""Staff lists and registers from files: which kind of list it is, what would change, and the change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.lake import BadInput, open_source, records, text_of, write_refused
from andon.mechanisms.columns import MEASURE
from andon.mechanisms.importing import RegisterChanges, import_register
from andon.people.columns import PEOPLE, TEAMS, match, unread
from andon.people.models import Person
from andon.people.retelling import retold
from andon.people.rules import Refused
from andon.people.staff import StaffChanges, import_staff
from andon.plans.models import Plan
from andon.plans.words import label
from andon.plots.words import counted
from andon.signals import imports
from andon.signals.models import Dataset

Rows = list[dict[str, str]]
FIRST = 2  # the headings are row 1
Changes = StaffChanges | RegisterChanges
OF_A_PERSON = {"email", "login", "manager", "title", "joined", "left", "given", "family"}
OF_A_MEASURE = {"outcome", "of", "good", "spec_lower", "spec_upper", "target", "every", "season", "rules"}


def bring(dataset: Dataset, by: Person | None, now: datetime, dry_run: bool = False) -> Changes:
    """Brings in people, teams, mechanisms or measures; `dry_run` undoes it, so that it can be shown.

    Raises BadInput, PermissionDenied, and ValidationError when the list as a whole cannot be taken.
    """
    rows, broken = rows_of(dataset)
    headings = list(rows[0]) if rows else []
    if dataset.holds == Dataset.Holds.PEOPLE:
        teams, people = ([], rows) if is_of_people(headings) else (rows, [])
        changes = import_staff(teams, people, by=by, now=now, dry_run=dry_run, source=dataset.key)
        changes = _with(broken, changes)
        if not dry_run:
            return changes
        more = (*not_read(headings, PEOPLE if people else TEAMS), *ended_plans(changes, by))
        return replace(changes, warnings=changes.warnings + more)
    mechanisms, measures = ([], rows) if is_of_measures(headings) else (rows, [])
    return _with(broken, import_register(mechanisms, measures, by, now, dry_run))


def _with(broken: list[Refused], changes: Changes) -> Changes:
    """Lines that are no rows are refused like any other."""
    refused = sorted([*broken, *changes.refused])
    return replace(changes, refused=type(changes.refused)(refused)) if broken else changes


def not_read(headings: list[str], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Columns that would be passed over in silence: one may be a known one under another name."""
    names = unread(headings, known)
    if not names:
        return ()
    listed = ", ".join(f"“{name}”" for name in names)
    said = _(
        "Not read, as no column of such a list is called so: %(columns)s. If one is meant, call it as the help says."
    )
    return (said % {"columns": listed},)


def ended_plans(changes: StaffChanges, by: Person | None) -> tuple[str, ...]:
    """Of whoever would leave: the open plans that would end with that. Told to those only who may know of them, and
    in the preview only, which is nobody else's."""
    left = [number for number, _ in changes.left]
    found = (
        Plan.objects.visible_to(by).open().select_related("person") if by and left else Plan.objects.none()
    )
    return tuple(
        _("%(person)s would leave with an open %(plan)s. It would be closed as “left”, with no decision.")
        % {"person": f"{plan.person.name} ({plan.person.number})", "plan": label()}
        for plan in found.filter(person__number__in=left)
    )


def rows_of(dataset: Dataset) -> tuple[Rows, list[Refused]]:
    """Every row as texts by heading, whatever kind of file it is; and the lines that are no rows.

    In place of those stands an empty row, which is nobody: so the others keep their numbers.
    """
    source = open_source([dataset.path])
    source.keep(list(source.columns))
    rows: Rows = []
    for record in records(source):
        rows += [dict.fromkeys(record.cells, "") for _gap in range(len(rows) + FIRST, record.row)]
        rows.append({heading: text_of(cell) for heading, cell in record.cells.items()})
    return rows, [Refused(one.row, one.column, one.value, _why(one.reason)) for one in source.broken()]


def _why(reason: str) -> str:
    """As the file is read, with what to do about it."""
    remedies = {
        "the line has too many fields": _(
            "This line has more fields than the first line has headings. Put a text that holds a comma into quotation "
            "marks."
        ),
        "the line has too few fields": _(
            "This line has fewer fields than the first line has headings. An empty field needs its comma, too."
        ),
    }
    return remedies.get(reason) or retold(reason)


def is_of_people(headings: list[str]) -> bool:
    """A list of teams says what they are part of, or nothing that only people have."""
    about_people = match(headings, PEOPLE).keys() & (OF_A_PERSON | {"number"})
    return bool(about_people & OF_A_PERSON) or bool(about_people and "parent" not in match(headings, TEAMS))


def is_of_measures(headings: list[str]) -> bool:
    return "measure" in {heading.strip().casefold() for heading in headings} or bool(
        match(headings, MEASURE).keys() & OF_A_MEASURE
    )


def import_list(dataset: Dataset, now: datetime) -> None:
    """The job: as the page before has shown it."""
    try:
        with transaction.atomic():
            changes = bring(dataset, dataset.by, now)
            dataset.already_known = changes.unchanged
            dataset.rows = sum(changed(changes).values())
            dataset.notes = said(changes)
            write_refused(dataset.refused_path, changes.refused)
            imports.finish(dataset, list(changes.refused), now)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from None
    except PermissionDenied as error:
        raise BadInput(str(error)) from None


def changed(changes: Changes) -> Mapping[str, int]:
    """How many of what."""
    if isinstance(changes, StaffChanges):
        return {
            "new person,new people": len(changes.added),
            "changed person,changed people": len(changes.changed),
            "new team,new teams": len(changes.teams),
        }
    return {
        "new mechanism,new mechanisms": len(changes.registered),
        "new version,new versions": len(changes.revised),
        "new measure,new measures": len(changes.measures_added),
        "changed measure,changed measures": len(changes.measures_revised),
    }


def said(changes: Changes) -> list[str]:
    """Sentences on what was done."""
    parts = [counted(n, *words.split(",")) for words, n in changed(changes).items() if n]
    first = (
        f"{', '.join(parts).capitalize()}." if parts else "Nothing is new: all of it was on record already."
    )
    return [first, *getattr(changes, "warnings", ())]
