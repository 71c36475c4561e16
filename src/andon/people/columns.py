"""What the columns of a staff list are called: our names, those of SCIM 2.0 (RFC 7643), everyday and German ones."""

import re
from collections.abc import Iterable, Mapping

PEOPLE = {
    "number": (
        "number", "staff number", "employee number", "employee id", "personnel number", "person number",
        "staff id", "person", "external id", "id", "personalnummer", "mitarbeiternummer",
    ),
    "key": ("id", "external id"),
    "name": ("name", "display name", "full name", "name formatted", "employee name", "vollständiger name"),
    "given": ("given name", "first name", "name given name", "vorname"),
    "family": ("family name", "last name", "surname", "name family name", "nachname", "familienname"),
    "email": (
        "email", "e mail", "mail", "email address", "work email", "emails", "emails value", "emails 0 value",
        "emails type eq work value",
    ),
    "login": ("user name", "username", "upn", "user principal name"),
    "manager": (
        "manager", "manager number", "manager value", "manager id", "manager employee number", "reports to",
        "supervisor", "line manager", "manager email", "vorgesetzter", "vorgesetzte", "führungskraft",
    ),
    "team": ("team", "team slug", "department", "unit", "group", "team name", "org unit", "abteilung"),
    "title": ("title", "job title", "position", "stelle"),
    "site": ("site", "location", "office", "work location", "standort"),
    "joined": (
        "joined", "start date", "hire date", "joined on", "date joined", "first day", "first day at work",
        "joining date", "eintritt", "eintrittsdatum", "erster tag", "erster arbeitstag",
    ),
    "left": (
        "left", "end date", "termination date", "left on", "leaving date", "date left", "last day", "last day at work",
        "last working day", "last day of work", "exit date", "leave date", "austritt", "austrittsdatum", "letzter tag",
        "letzter arbeitstag",
    ),
    "active": ("active", "enabled"),
    "roles": ("roles", "role"),
}  # fmt: skip

TEAMS = {
    "slug": ("slug", "team", "key", "team slug", "id"),
    "name": ("name", "display name", "team name"),
    "parent": ("parent", "inside", "part of", "parent team"),
    "site": ("site", "location"),
}


def plain(header: object) -> str:
    """A header without case, signs or a schema's address: `urn:…:User:employeeNumber`, `employeenumber`."""
    return re.sub(r"[^a-z0-9]", "", str(header).rsplit(":", 1)[-1].lower())


def match(headers: Iterable[object], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Field to header; of several headers that fit, the alias named first wins."""
    by_plain = {plain(header): str(header) for header in reversed(list(headers))}
    found = {}
    for field, names in aliases.items():
        header = next((by_plain[plain(name)] for name in names if plain(name) in by_plain), None)
        if header is not None:
            found[field] = header
    return found


def unread(headers: Iterable[object], aliases: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Headers that name no field."""
    known = {plain(name) for names in aliases.values() for name in names}
    return [str(header) for header in headers if plain(header) not in known]


def text(raw: Mapping[str, object], header: str | None) -> str:
    """A cell as trimmed text; a number read from a spreadsheet as 17.0 is the staff number 17."""
    value = None if header is None else raw.get(header)
    if value is None or value != value:  # NaN is how a data frame says empty
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())
