"""Bringing in the register from files: row by row through the same actions as by hand; repeatable; with a
preview.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from andon.mechanisms import access, columns, measuring, registering
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person, Team
from andon.people.rules import Refused, UnfitError
from andon.people.trail import record

Rows = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class RegisterChanges:
    """What a register file changed, or would change when `dry_run`; refused columns of the second file
    start with
    `measures.`. `touched` are the measures to chart anew."""

    registered: list[str] = field(default_factory=list)
    revised: list[str] = field(default_factory=list)
    measures_added: list[str] = field(default_factory=list)
    measures_revised: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    touched: list[Measure] = field(default_factory=list)
    dry_run: bool = False


def import_register(
    mechanism_rows: Rows, measure_rows: Rows, by: Person | None, now: datetime, dry_run: bool = False
) -> RegisterChanges:
    """Mechanisms, then their measures, from rows of files (header to value). What does not fit is refused
    by row.

    Columns a file does not hold are left as they are; what it does not name stays. Raises PermissionDenied.
    """
    if by is not None and not access.may_import(by):
        raise PermissionDenied(_("Only an analyst or an administrator brings in the register."))
    changes = RegisterChanges(dry_run=dry_run)
    with transaction.atomic():
        bring = _Bringing(by, now, changes)
        _each(mechanism_rows, bring.mechanism, "", changes)
        _each(measure_rows, bring.measure, "measures.", changes)
        record(by, "brought in the register", "register", now, **_counts(changes))
        transaction.set_rollback(dry_run)
    return changes


def _counts(changes: RegisterChanges) -> dict[str, int]:
    names = ("registered", "revised", "measures_added", "measures_revised", "refused")
    return {name: len(getattr(changes, name)) for name in names}


def _each(rows: Rows, bring: Callable, prefix: str, changes: RegisterChanges) -> None:
    for row, raw in enumerate(rows, start=2):
        try:
            if any(columns.text(raw, header) for header in raw):
                bring(raw)
        except UnfitError as unfit:
            changes.refused.append(Refused(row, prefix + unfit.column, unfit.value[:240], unfit.reason))
        except ValidationError as error:
            changes.refused += [
                Refused(row, prefix + name, value, said) for name, value, said in _said(error, raw)
            ]


def _said(error: ValidationError, raw: Mapping[str, object]) -> Iterable[tuple[str, str, str]]:
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    cells = columns.read(raw, {**columns.MECHANISM, **columns.MEASURE})
    for name, sentences in by_field.items():
        yield name, cells.get(name, "")[:240], " ".join(sentences)


class _Bringing:
    """One import: what is on record, looked up once, and what to do with each row."""

    def __init__(self, by: Person | None, now: datetime, changes: RegisterChanges):
        self.by, self.now, self.changes = by, now, changes
        self.mechanisms = {mechanism.slug: mechanism for mechanism in Mechanism.objects.all()}
        self.measures = {(m.mechanism_id, m.slug): m for m in Measure.objects.select_related("mechanism")}
        self.teams = {name.casefold(): team for team in Team.objects.all() for name in (team.slug, team.name)}
        self.seen: set[tuple[str, ...]] = set()

    def mechanism(self, raw: Mapping[str, object]) -> None:
        cells = columns.read(raw, columns.MECHANISM)
        slug = slugify(cells.get("slug", ""))
        if not slug:
            raise UnfitError("mechanism", "", _("A mechanism needs a short name, in the column 'mechanism'."))
        self._once(slug)
        known = self.mechanisms.get(slug)
        self._revise(known, cells) if known else self._register(slug, cells)

    def _once(self, *names: str) -> None:
        if names in self.seen:
            raise UnfitError(
                "mechanism" if len(names) == 1 else "measure", names[-1], _("Already on a row above.")
            )
        self.seen.add(names)

    def _register(self, slug: str, cells: Mapping[str, str]) -> None:
        fields = {"slug": slug, "name": cells["slug"], **self._fields(cells)}
        version = columns.whole("version", cells.get("version", "")) or 1
        mechanism = registering.register(fields, self.by, self.now, version=version)
        self.mechanisms[slug] = mechanism
        self.changes.registered.append(slug)

    def _revise(self, known: Mechanism, cells: Mapping[str, str]) -> None:
        fields = {name: value for name, value in self._fields(cells).items() if name != "since"}
        revised = registering.revise(known, fields, cells.get("what_changed", ""), self.by, self.now)
        if revised.version == known.version:
            self.changes.unchanged += 1
        else:
            self.changes.revised.append(known.slug)
        self.mechanisms[known.slug] = revised

    def _fields(self, cells: Mapping[str, str]) -> dict[str, object]:
        keep = set(cells) - {"slug", "version", "what_changed", "owner_team", "owner", "consumers", "since"}
        fields: dict[str, object] = {
            name: cells[name] for name in keep if cells[name] or name not in {"name", "kind"}
        }
        if "owner_team" in cells:
            fields["owner_team"] = self._team("owner_team", cells["owner_team"])
        if "owner" in cells:
            fields["owner"] = _person("owner", cells["owner"])
        if "consumers" in cells:
            names = filter(None, (name.strip() for name in cells["consumers"].split(";")))
            fields["consumers"] = [self._team("consumers", name) for name in names]
        if since := columns.moment("since", cells.get("since", "")):
            fields["since"] = timezone.make_aware(since) if timezone.is_naive(since) else since
        return fields

    def _team(self, column: str, name: str) -> Team | None:
        if name and name.casefold() not in self.teams:
            raise UnfitError(
                column, name, _("No team is called this. Bring in the teams first, or leave it empty.")
            )
        return self.teams[name.casefold()] if name else None

    def measure(self, raw: Mapping[str, object]) -> None:
        cells = columns.read(raw, columns.MEASURE)
        mechanism = self.mechanisms.get(slugify(cells.get("mechanism", "")))
        if mechanism is None:
            raise UnfitError("mechanism", cells.get("mechanism", ""), _("No mechanism has this short name."))
        slug = slugify(cells.get("slug", ""))
        if not slug:
            raise UnfitError("measure", "", _("A measure needs a short name, in the column 'measure'."))
        self._once(mechanism.slug, slug)
        fields = columns.measure_fields(cells)
        known = self.measures.get((mechanism.pk, slug))
        self._revise_measure(known, fields) if known else self._add_measure(mechanism, slug, fields)

    def _add_measure(self, mechanism: Mechanism, slug: str, fields: dict[str, object]) -> None:
        measure = measuring.add_measure(
            mechanism, {"name": slug.replace("-", " "), **fields}, self.by, self.now
        )
        self.measures[mechanism.pk, slug] = measure
        self.changes.measures_added.append(f"{mechanism.slug}/{slug}")
        self.changes.touched.append(measure)

    def _revise_measure(self, known: Measure, fields: dict[str, object]) -> None:
        before = measuring.measure_content(known)
        measuring.revise_measure(known, fields, self.by, self.now)
        if measuring.measure_content(known) == before:
            self.changes.unchanged += 1
        else:
            self.changes.measures_revised.append(f"{known.mechanism.slug}/{known.slug}")
            self.changes.touched.append(known)


def _person(column: str, written: str) -> Person | None:
    if not written:
        return None
    people = Person.objects.filter(number=written) or Person.objects.filter(email__iexact=written)
    if not people:
        raise UnfitError(
            column,
            written,
            _("Nobody has this staff number or address. Bring in people first, or leave it empty."),
        )
    return people[0]
