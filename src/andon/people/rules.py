"""What makes a row of a staff list acceptable.

Pure: rows and what is known in, accepted and refused rows out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from andon.people import columns

LONGEST = {"number": 64, "name": 160, "email": 254, "team": 120, "title": 120, "site": 80}
DERIVED = {"employee", "manager", "owner"}  # follow from the list and the register, so they are not granted
GRANTED = ("leader", "hr_partner", "analyst", "administrator")


class Refused(NamedTuple):
    """One row that is not taken: `row` as a spreadsheet counts (the headings are row 1), and why."""

    row: int
    column: str
    value: str
    reason: str


class UnfitError(ValueError):
    """A value that cannot be taken: its column, the value and a sentence with the remedy."""

    def __init__(self, column: str, value: object, reason: str):
        super().__init__(reason)
        self.column, self.value, self.reason = column, str(value), reason


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person as the list has them.

    `given` names the columns the list holds; others are left as they are.
    """

    row: int
    number: str
    name: str
    given: frozenset[str]
    key: str = ""
    email: str = ""
    manager: str = ""
    team: str = ""
    title: str = ""
    site: str = ""
    joined: date | None = None
    left: date | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on record already: whom they report to, and whether only an administrator may change how
    they sign in.
    """

    number: str
    email: str = ""
    manager: str = ""
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows to take, their managers given as staff numbers, and rows refused."""

    accepted: tuple[StaffRow, ...]
    refused: tuple[Refused, ...] = field(default=())


def read_rows(raws: Sequence[Mapping[str, object]], today: date) -> Settled:
    """Rows as they came to rows that hold by themselves.

    Raises UnfitError when the list has no column to know people by.
    """
    headers = list(dict.fromkeys(str(header) for raw in raws for header in raw))
    names = columns.match(headers, columns.PEOPLE)
    _demand_columns(names, headers)
    accepted: list[StaffRow] = []
    refused: list[Refused] = []
    for row, raw in enumerate(raws, start=2):
        try:
            if any(columns.text(raw, header) for header in headers):
                accepted.append(_read(row, raw, names, today))
        except UnfitError as unfit:
            refused.append(Refused(row, unfit.column, unfit.value, unfit.reason))
    return Settled(tuple(accepted), tuple(refused))


def _demand_columns(names: Mapping[str, str], headers: Sequence[str]) -> None:
    if headers and "number" not in names:
        listed = ", ".join(headers[:12])
        raise UnfitError(
            "number",
            listed,
            f"No column holds the staff number. Call it 'number'. The columns are: {listed}.",
        )
    if headers and not {"name", "given", "family"} & names.keys():
        raise UnfitError("name", "", "No column holds the name. Call it 'name'.")


def _read(row: int, raw: Mapping[str, object], names: Mapping[str, str], today: date) -> StaffRow:
    def cell(name: str) -> str:
        return columns.text(raw, names.get(name))

    number = cell("number")
    if not number:
        raise UnfitError("number", "", "A person needs a staff number.")
    left = _left(raw, names, today)
    read = StaffRow(
        row=row,
        number=number,
        name=cell("name") or f"{cell('given')} {cell('family')}".strip(),
        given=_given({name for name, header in names.items() if header in raw}),
        key=cell("key"),
        email=_email(cell("email") or (cell("login") if "@" in cell("login") else "")),
        manager=cell("manager"),
        team=cell("team"),
        title=cell("title"),
        site=cell("site"),
        joined=_date("joined", raw.get(names.get("joined", ""))),
        left=left,
        roles=_roles(cell("roles")),
    )
    return _sound(read)


def _given(names: set[str]) -> frozenset[str]:
    given = names - {"key", "given", "family", "login", "active"}
    given |= {"email"} if "login" in names else set()
    return frozenset(given | ({"left"} if "active" in names else set()))


def _sound(row: StaffRow) -> StaffRow:
    if not row.name:
        raise UnfitError("name", "", "A person needs a name.")
    for column, longest in LONGEST.items():
        if len(value := getattr(row, column)) > longest:
            raise UnfitError(column, value[:40] + "…", f"Longer than {longest} characters.")
        if not value.isprintable():
            raise UnfitError(column, ascii(value)[:40], "Holds a character that cannot be printed.")
    if row.joined and row.left and row.left < row.joined:
        raise UnfitError("left", row.left, f"Left before joining on {row.joined}.")
    if row.manager and row.manager in {row.number, row.email}:
        raise UnfitError(
            "manager", row.manager, "Nobody manages themselves. Leave it empty at the top of the line."
        )
    return row


def _email(value: str) -> str:
    value = value.casefold()
    name, at, host = value.rpartition("@")
    if value and (not at or not name or "@" in name or "." not in host.strip(".") or " " in value):
        raise UnfitError(
            "email", value, "Not an e-mail address. Write one such as ana@example.com, or leave it empty."
        )
    return value


def _date(column: str, value: object) -> date | None:
    """A day written 2024-03-31, or a day from a spreadsheet.

    Other ways of writing it are ambiguous, so refused.
    """
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        value = _written_date(column, columns.text({"": value}, ""))
    if value is not None and not 1900 <= value.year <= 2100:
        raise UnfitError(column, value, "The year is not between 1900 and 2100.")
    return value


def _written_date(column: str, text: str) -> date | None:
    if not text or text in {"-", "NaT", "None", "null"}:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise UnfitError(column, text, "Not a date. Write it as year-month-day: 2024-03-31.") from None


def _left(raw: Mapping[str, object], names: Mapping[str, str], today: date) -> date | None:
    left = _date("left", raw.get(names.get("left", "")))
    active = columns.text(raw, names.get("active")).casefold()
    if left is None and active in {"false", "no", "0", "off"}:
        return today
    return left


def _roles(text: str) -> tuple[str, ...]:
    words = [
        word.strip().casefold().replace(" ", "_").replace("-", "_")
        for word in text.replace(",", ";").split(";")
    ]
    words = [word for word in words if word and word not in DERIVED]
    for word in words:
        if word not in GRANTED:
            raise UnfitError("roles", word, f"Not a role that is granted. These are: {', '.join(GRANTED)}.")
    return tuple(dict.fromkeys(words))


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
        if len(refused) == before:
            accepted = (replace(row, manager=resolved[row.number]) for row in rows)
            return Settled(tuple(accepted), tuple(sorted(refused)))


def _refuse(refused: list[Refused], row: StaffRow, column: str, reason: str) -> None:
    refused.append(Refused(row.row, column, str(getattr(row, column)), reason))


def _unique(rows: Iterable[StaffRow], refused: list[Refused]) -> list[StaffRow]:
    kept: dict[str, StaffRow] = {}
    for row in rows:
        if first := kept.get(row.number):
            _refuse(refused, row, "number", f"This staff number is already on row {first.row}.")
        else:
            kept[row.number] = row
    return list(kept.values())


def _emails_free(
    rows: list[StaffRow], known: Mapping[str, Known], guard: bool, refused: list[Refused]
) -> list[StaffRow]:
    listed = {row.number for row in rows if "email" in row.given}
    taken = {
        old.email.casefold(): f"by {old.number}, on record"
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
                "This person has a granted role: only an administrator changes how they sign in.",
            )
        elif row.email and row.email in taken:
            _refuse(refused, row, "email", f"This address is already used {taken[row.email]}.")
        else:
            kept.append(row)
            taken |= {row.email: f"on row {row.row}"} if row.email else {}
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
                refused, row, "manager", "Nobody on the list or on record is known by this number or address."
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
                "These managers go round in a loop: " + " → ".join(looped[row.number]) + ".",
            )
        else:
            kept.append(row)
    return kept


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
