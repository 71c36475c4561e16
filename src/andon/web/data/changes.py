"""What a staff list or a register would change, shown before anything is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.core.exceptions import ValidationError

from andon.flow import lists
from andon.mechanisms.importing import RegisterChanges
from andon.people.models import Person
from andon.people.staff import StaffChanges
from andon.signals.models import Dataset

MOST = 200  # rows shown of each group

REFUSED = ("Row", "Column", "What stands there", "Why")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind of change; at most `MOST` of `size` are in `rows`."""

    label: str
    headings: tuple[str, ...]
    rows: list[Sequence[object]]
    size: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change. With a `problem` the list as a whole cannot be taken."""

    groups: list[Group] = field(default_factory=list)
    unchanged: int = 0
    warnings: Sequence[str] = ()
    problem: str = ""

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(group.label, group.size) for group in self.groups] + [("As they are", self.unchanged)]

    @property
    def anything(self) -> bool:
        """Whether there is something to apply."""
        return any(group.headings is not REFUSED for group in self.groups)


def preview_of(dataset: Dataset, by: Person, now: datetime) -> Preview | None:
    """None for files whose columns are named instead."""
    shown: dict[str, Callable[..., Preview]] = {"people": of_staff, "mechanisms": of_register}
    if dataset.holds not in shown:
        return None
    try:
        return shown[dataset.holds](lists.bring(dataset, by, now, dry_run=True))
    except ValidationError as error:
        return Preview(problem=" ".join(error.messages))


def of_staff(changes: StaffChanges) -> Preview:
    person = ("Staff number", "Name")
    groups = [
        _group("New", person, changes.added),
        _group(
            "Changed",
            (*person, "What changes"),
            ((c.number, c.name, _said(c.changes)) for c in changes.changed),
        ),
        _group("Left", person, changes.left),
        _group("Back at work", person, changes.back),
        _group("New teams", ("Team",), ((name,) for name in changes.teams)),
        _group("Roles given", (*person, "Role"), changes.granted),
        _group("Refused", REFUSED, changes.refused, open=True),
    ]
    return Preview([group for group in groups if group.size], changes.unchanged, changes.warnings)


def of_register(changes: RegisterChanges) -> Preview:
    groups = [
        _group("New mechanisms", ("Mechanism",), ((name,) for name in changes.registered)),
        _group("New versions", ("Mechanism",), ((name,) for name in changes.revised)),
        _group("New measures", ("Measure",), ((name,) for name in changes.measures_added)),
        _group("Changed measures", ("Measure",), ((name,) for name in changes.measures_revised)),
        _group("Refused", REFUSED, changes.refused, open=True),
    ]
    return Preview([group for group in groups if group.size], changes.unchanged)


def _said(changes: Iterable) -> str:
    return "; ".join(f"{one.what}: {one.before or 'nothing'} → {one.after or 'nothing'}" for one in changes)


def _group(
    label: str, headings: tuple[str, ...], rows: Iterable[Sequence[object]], open: bool = False
) -> Group:
    rows = list(rows)
    return Group(label, headings, list(islice(rows, MOST)), len(rows), open)
