"""What a staff list or a register would change, shown before anything is changed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.flow import lists
from andon.mechanisms.importing import RegisterChanges
from andon.people.models import Person
from andon.people.staff import StaffChanges
from andon.signals.models import Dataset

MOST = 200  # rows shown of each group

REFUSED = (
    gettext_lazy("Row"),
    gettext_lazy("Column"),
    gettext_lazy("What stands there"),
    gettext_lazy("Why"),
)


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
        return [(group.label, group.size) for group in self.groups] + [(_("As they are"), self.unchanged)]

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
    person = (_("Staff number"), _("Name"))
    groups = [
        _group(_("New"), person, changes.added),
        _group(
            _("Changed"),
            (*person, _("What changes")),
            ((c.number, c.name, _said(c.changes)) for c in changes.changed),
        ),
        _group(_("Left"), person, changes.left),
        _group(_("Back at work"), person, changes.back),
        _group(_("New teams"), (_("Team"),), ((name,) for name in changes.teams)),
        _group(_("Roles given"), (*person, _("Role")), changes.granted),
        _group(_("Refused"), REFUSED, changes.refused, open=True),
    ]
    return Preview([group for group in groups if group.size], changes.unchanged, changes.warnings)


def of_register(changes: RegisterChanges) -> Preview:
    groups = [
        _group(_("New mechanisms"), (_("Mechanism"),), ((name,) for name in changes.registered)),
        _group(_("New versions"), (_("Mechanism"),), ((name,) for name in changes.revised)),
        _group(_("New measures"), (_("Measure"),), ((name,) for name in changes.measures_added)),
        _group(_("Changed measures"), (_("Measure"),), ((name,) for name in changes.measures_revised)),
        _group(_("Refused"), REFUSED, changes.refused, open=True),
    ]
    return Preview([group for group in groups if group.size], changes.unchanged)


def _said(changes: Iterable) -> str:
    nothing = _("nothing")
    return "; ".join(f"{one.what}: {one.before or nothing} → {one.after or nothing}" for one in changes)


def _group(
    label: str, headings: tuple[str, ...], rows: Iterable[Sequence[object]], open: bool = False
) -> Group:
    rows = list(rows)
    return Group(label, headings, list(islice(rows, MOST)), len(rows), open)
