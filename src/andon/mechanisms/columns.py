"""What the columns of a register are called, and how their values are read."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from andon.mechanisms import rules
from andon.people.columns import match, text
from andon.people.rules import UnfitError

MECHANISM = {
    "slug": ("mechanism", "slug", "mechanism slug", "id", "key"),
    "name": ("name", "mechanism name", "title"),
    "kind": ("kind", "type"),
    "purpose": ("purpose", "what it is for", "description"),
    "owner_team": ("owner team", "owning team", "team"),
    "owner": ("owner", "owner number", "owner email"),
    "consumers": ("consumers", "consuming teams", "used by"),
    "inputs": ("inputs", "input"),
    "outputs": ("outputs", "output"),
    "specification": ("specification", "spec"),
    "inspection": ("inspection", "how adoption is inspected"),
    "version": ("version",),
    "since": ("since", "version since", "valid from"),
    "what_changed": ("what changed", "change"),
}

MEASURE = {
    "mechanism": ("mechanism", "mechanism slug"),
    "slug": ("measure", "slug", "measure slug", "key"),
    "name": ("name", "measure name", "title"),
    "outcome": ("outcome", "outcome column", "column"),
    "of": ("of", "denominator", "denominator column"),
    "kind": ("kind", "type"),
    "unit": ("unit",),
    "good": ("good", "better", "direction"),
    "spec_lower": ("spec lower", "lower", "lower spec limit"),
    "spec_upper": ("spec upper", "upper", "upper spec limit"),
    "target": ("target",),
    "every": ("every", "cadence", "period"),
    "season": ("season",),
    "rules": ("rules", "rule set"),
}

SAME = {
    "hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter",
    "weekday": "week", "yearly": "year", "none": "", "no": "", "-": "",
    "higher": "high", "up": "high", "lower": "low", "down": "low",
    "share": "proportion", "percent": "proportion", "mean": "value", "average": "value", "time between":
    "between",
    "it system": "it_system", "it-system": "it_system", "system": "it_system",
}  # fmt: skip
CHOSEN = ("kind", "good", "every", "season", "rules")


def read(raw: Mapping[str, object], aliases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The cells of a row that its file has columns for, by field; choices in the register's own words."""
    cells = {field: text(raw, header) for field, header in match(raw, aliases).items()}
    for field in CHOSEN:
        if field in cells:
            word = cells[field].casefold()
            cells[field] = SAME.get(word, word)
    return cells


def number(column: str, written: str) -> float | None:
    """0.05, 0,05 and 5 % are the same number; an empty cell is none."""
    plain = written.replace("%", "").replace(" ", "").replace(",", "." if "." not in written else "")
    if not plain:
        return None
    try:
        return float(plain) / (100 if "%" in written else 1)
    except ValueError:
        raise UnfitError(
            column, written, _("Not a number. Write it such as 0.05, or leave it empty.")
        ) from None


def moment(column: str, written: str) -> datetime | None:
    """A day or an instant as ISO 8601."""
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        raise UnfitError(column, written, _("Not a date. Write it as year-month-day: 2024-03-31.")) from None


def whole(column: str, written: str) -> int | None:
    if written and not (written.isdecimal() and 1 <= int(written) < 100_000):
        raise UnfitError(column, written, _("Versions are counted from 1."))
    return int(written) if written else None


def measure_fields(cells: Mapping[str, str]) -> dict[str, object]:
    """Cells of a measure as fields; what a file leaves empty keeps its default."""
    fields: dict[str, object] = {name: value for name, value in cells.items() if name not in rules.LIMITS}
    fields |= {name: number(name, cells[name]) for name in rules.LIMITS if name in cells}
    defaults = ("kind", "unit", "good", "every", "rules", "name")
    return {name: value for name, value in fields.items() if value != "" or name not in defaults}
