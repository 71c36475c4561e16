"""Which rows of a staff list hold together with each other and with who is on record. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from andon.people.rules import Known, Refused, Settled, StaffRow

LONGEST_LINE = 40  # managers above somebody; more is a mistake in the list


def settle(read: Settled, known: Mapping[str, Known], guard: bool = False) -> Settled:
    """Which rows hold together with each other and with `known`: unique, managers there, no loops.

    A refused row may leave others without their manager, so it is repeated until nothing more is refused.
    `guard` keeps the sign-in address of people with a granted role as it is.
    """
    refused = list(read.refused)
    rows = _unique(read.accepted, refused)
    while True:
        before = len(refused)
        rows = _emails_free(rows, known, guard, refused)
        rows, resolved = _managed(rows, known, refused)
        rows = _without_loops(rows, resolved, known, refused)
        rows = _without_towers(rows, resolved, known, refused)
        if len(refused) == before:
            accepted = (replace(row, manager=resolved[row.number]) for row in rows)
            return Settled(tuple(accepted), tuple(sorted(refused)))


def _refuse(refused: list[Refused], row: StaffRow, column: str, reason: str) -> None:
    refused.append(Refused(row.row, column, str(getattr(row, column)), reason))


def _unique(rows: Iterable[StaffRow], refused: list[Refused]) -> list[StaffRow]:
    kept: dict[str, StaffRow] = {}
    for row in rows:
        if first := kept.get(row.number):
            _refuse(
                refused, row, "number", _("This staff number is already on row %(row)s.") % {"row": first.row}
            )
        else:
            kept[row.number] = row
    return list(kept.values())


def _emails_free(
    rows: list[StaffRow], known: Mapping[str, Known], guard: bool, refused: list[Refused]
) -> list[StaffRow]:
    listed = {row.number for row in rows if "email" in row.given}
    taken = {
        old.email.casefold(): _("This address is already used by %(number)s, on record.")
        % {"number": old.number}
        for old in known.values()
        if old.email and old.number not in listed
    }
    kept = []
    for row in rows:
        old = known.get(row.number)
        if guard and old and old.guarded and "email" in row.given and row.email != old.email.casefold():
            _refuse(
                refused,
                row,
                "email",
                _("This person has a granted role: only an administrator changes how they sign in."),
            )
        elif row.email and row.email in taken:
            _refuse(refused, row, "email", taken[row.email])
        else:
            kept.append(row)
            told = _("This address is already used on row %(row)s.") % {"row": row.row}
            taken |= {row.email: told} if row.email else {}
    return kept


def _managed(
    rows: list[StaffRow], known: Mapping[str, Known], refused: list[Refused]
) -> tuple[list[StaffRow], dict[str, str]]:
    """Rows whose manager is on record or on the list, and each row's manager as a staff number."""
    while True:
        names = _names_of(rows, known)
        resolved = {row.number: _manager_of(row, names, known) for row in rows}
        missing = [row for row in rows if resolved[row.number] is None]
        for row in missing:
            _refuse(
                refused,
                row,
                "manager",
                _("Nobody on the list or on record is known by this number or address."),
            )
        if not missing:
            return rows, {number: manager or "" for number, manager in resolved.items()}
        rows = [row for row in rows if resolved[row.number] is not None]


def _names_of(rows: Iterable[StaffRow], known: Mapping[str, Known]) -> dict[str, str]:
    """Every way to name a manager (number, address, key) to a staff number; numbers win."""
    names = {row.key: row.number for row in rows if row.key}
    names |= {old.email.casefold(): old.number for old in known.values() if old.email}
    names |= {row.email: row.number for row in rows if row.email}
    return names | {number: number for number in known} | {row.number: row.number for row in rows}


def _manager_of(row: StaffRow, names: Mapping[str, str], known: Mapping[str, Known]) -> str | None:
    if "manager" not in row.given:
        return known[row.number].manager if row.number in known else ""
    return names.get(row.manager) or names.get(row.manager.casefold()) if row.manager else ""


def _without_loops(
    rows: list[StaffRow], resolved: Mapping[str, str], known: Mapping[str, Known], refused: list[Refused]
) -> list[StaffRow]:
    managers = {number: old.manager for number, old in known.items()} | dict(resolved)
    looped = loops(managers)
    kept = []
    for row in rows:
        if row.number in looped:
            _refuse(
                refused,
                row,
                "manager",
                _("These managers go round in a loop: %(loop)s.") % {"loop": " → ".join(looped[row.number])},
            )
        else:
            kept.append(row)
    return kept


def _without_towers(
    rows: list[StaffRow], resolved: Mapping[str, str], known: Mapping[str, Known], refused: list[Refused]
) -> list[StaffRow]:
    """Without those under so many managers that the list must be wrong; loops are gone already."""
    accepted = {row.number: resolved[row.number] for row in rows}
    heights = _heights({number: old.manager for number, old in known.items()} | accepted)
    for row in rows:
        if heights[row.number] > LONGEST_LINE:
            _refuse(
                refused,
                row,
                "manager",
                _("More than %(most)s managers above one another.") % {"most": LONGEST_LINE},
            )
    return [row for row in rows if heights[row.number] <= LONGEST_LINE]


def _heights(managers: Mapping[str, str]) -> dict[str, int]:
    """How many managers are above everybody."""
    heights = {"": -1}
    for start in managers:
        path: list[str] = []
        person = start
        while person not in heights and person not in path[-LONGEST_LINE:]:
            path.append(person)
            person = managers.get(person, "")
        for below in reversed(path):
            heights[below] = heights.get(managers.get(below, ""), 0) + 1
    return heights


def loops(managers: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Everybody who is, in the end, their own manager, with the loop they are in."""
    done: set[str] = set()
    found: dict[str, tuple[str, ...]] = {}
    for start in managers:
        path: dict[str, None] = {}
        person = start
        while person and person not in done and person not in path:
            path[person] = None
            person = managers.get(person, "")
        if person in path:
            ring = tuple(list(path)[list(path).index(person) :])
            found |= dict.fromkeys(ring, (*ring[:6], "…") if len(ring) > 6 else (*ring, ring[0]))
        done |= path.keys()
    return found
