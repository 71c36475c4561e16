"""What makes a row of a staff list acceptable.

Pure: rows and what is known in, accepted and refused rows out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from andon.people import columns

LONGEST = {"number": 64, "name": 160, "email": 254, "team": 120, "title": 120, "site": 80}
JOINERS = {
    0x200C: None,
    0x200D: None,
}  # within a word: names in Persian and in scripts of India are written with them
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
            _("No column holds the staff number. Call it 'number'. The columns are: %(listed)s.")
            % {"listed": listed},
        )
    if headers and not {"name", "given", "family"} & names.keys():
        raise UnfitError("name", "", _("No column holds the name. Call it 'name'."))


def _read(row: int, raw: Mapping[str, object], names: Mapping[str, str], today: date) -> StaffRow:
    def cell(name: str) -> str:
        return columns.text(raw, names.get(name))

    number = cell("number")
    if not number:
        raise UnfitError("number", "", _("A person needs a staff number."))
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
        raise UnfitError("name", "", _("A person needs a name."))
    for column, longest in LONGEST.items():
        if len(value := getattr(row, column)) > longest:
            raise UnfitError(
                column, value[:40] + "…", _("Longer than %(longest)s characters.") % {"longest": longest}
            )
        if not value.translate(JOINERS).isprintable():
            raise UnfitError(column, ascii(value)[:40], _("Holds a character that cannot be printed."))
    if row.joined and row.left and row.left < row.joined:
        raise UnfitError("left", row.left, _("Left before joining on %(joined)s.") % {"joined": row.joined})
    if row.manager and row.manager in {row.number, row.email}:
        raise UnfitError(
            "manager", row.manager, _("Nobody manages themselves. Leave it empty at the top of the line.")
        )
    return row


def _email(value: str) -> str:
    value = value.casefold()
    name, at, host = value.rpartition("@")
    if value and (not at or not name or "@" in name or "." not in host.strip(".") or " " in value):
        raise UnfitError(
            "email", value, _("Not an e-mail address. Write one such as ana@example.com, or leave it empty.")
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
        raise UnfitError(column, value, _("The year is not between 1900 and 2100."))
    return value


def _written_date(column: str, text: str) -> date | None:
    if not text or text in {"-", "NaT", "None", "null"}:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise UnfitError(column, text, _("Not a date. Write it as year-month-day: 2024-03-31.")) from None


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
            raise UnfitError(
                "roles",
                word,
                _("Not a role that is granted. These are: %(granted)s.") % {"granted": ", ".join(GRANTED)},
            )
    return tuple(dict.fromkeys(words))
