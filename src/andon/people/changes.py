"""What a staff list changed, or would change."""

from dataclasses import dataclass
from typing import NamedTuple

from andon.people.rules import Refused


class Change(NamedTuple):
    """One thing about a person that differs: what, and both values in words."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody on record about whom the list says something new."""

    number: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class StaffChanges:
    """What a staff list changed, or would change when `dry_run`. People are (staff number, name)."""

    added: tuple[tuple[str, str], ...] = ()
    changed: tuple[Changed, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    back: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = ()
    teams: tuple[str, ...] = ()
    granted: tuple[tuple[str, str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    dry_run: bool = False

    @property
    def moves(self) -> tuple[Changed, ...]:
        """Who changes team or manager."""
        return tuple(
            one for one in self.changed if {"team", "manager"} & {change.what for change in one.changes}
        )
