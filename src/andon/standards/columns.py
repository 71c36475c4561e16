"""What the columns of a file of objectives are called, and how its cells are read."""

import csv
from collections.abc import Mapping
from datetime import date
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from andon.mechanisms.columns import number
from andon.people import columns
from andon.people.rules import UnfitError

OBJECTIVE = {
    "cycle": ("cycle", "cycle name", "period"),
    "person": ("person", "owner", "staff number", "number", "email", "owner email"),
    "team": ("team", "team name", "team slug"),
    "objective": ("objective", "title", "goal"),
    "why": ("why", "reason", "description"),
    "under": ("under", "parent", "aligned to", "supports"),
    "measure": ("measure", "outcome measure", "customer outcome"),
    "due": ("due", "due date", "deadline"),
    "key_result": ("key result", "kr", "result"),
    "baseline": ("baseline", "start", "from"),
    "target": ("target", "goal value", "to"),
    "unit": ("unit",),
    "good": ("good", "direction", "better"),
    "weight": ("weight",),
}
DIRECTIONS = {"high": "high", "higher": "high", "up": "high", "low": "low", "lower": "low", "down": "low"}


def rows_of(text: str) -> list[dict[str, str]]:
    """Rows of a CSV text, with commas, semicolons or tabs between; heading to cell. An empty line is an empty row.

    Raises ValidationError where it is no table.
    """
    lines = text.replace("\x00", "").lstrip("\ufeff\n\r ").splitlines(keepends=True)
    between = max(",;\t", key=lines[0].count) if lines else ","
    try:
        head, *rows = csv.reader(lines, delimiter=between) if lines else [[]]
    except csv.Error as error:
        raise ValidationError(_("This cannot be read as a table: %(why)s.") % {"why": error}) from None
    for place, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row[len(head) :]):
            raise ValidationError(_too_wide(place))
    return [dict(zip_longest(head, row[: len(head)], fillvalue="")) for row in rows]


def _too_wide(row: int) -> str:
    return _(
        "Row %(row)s has more fields than the first row has headings. Put a text that holds a comma into quotation "
        "marks."
    ) % {"row": row}


def read(raw: Mapping[str, object]) -> dict[str, str]:
    """Cells by field; a field without a column is empty."""
    headers = columns.match(raw, OBJECTIVE)
    return {field: columns.text(raw, headers.get(field)) for field in OBJECTIVE}


def due(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UnfitError("due", written, _("Not a date. Write it as year-month-day: 2027-03-31.")) from None


def key_result(cells: Mapping[str, str]) -> dict[str, object] | None:
    """The key result of a row as fields; None where the row has none. Raises UnfitError."""
    if not cells["key_result"]:
        stray = next((name for name in ("baseline", "target", "weight") if cells[name]), None)
        if stray:
            raise UnfitError(
                stray, cells[stray], _("A number without a key result. Name it in the column “key_result”.")
            )
        return None
    baseline, target = (_demanded(name, cells[name]) for name in ("baseline", "target"))
    return {
        "title": cells["key_result"],
        "baseline": baseline,
        "target": target,
        "unit": cells["unit"] or ("share" if "%" in cells["baseline"] + cells["target"] else ""),
        "good": _direction(cells["good"], baseline, target),
        "weight": number("weight", cells["weight"]),
    }


def _demanded(name: str, written: str) -> float:
    read_ = number(name, written)
    if read_ is None:
        raise UnfitError(name, written, _("A key result has a baseline and a target."))
    return read_


def _direction(written: str, baseline: float, target: float) -> str:
    """Where it is not said, the way from baseline to target is the good one."""
    if not written:
        return "high" if target >= baseline else "low"
    if written.casefold() not in DIRECTIONS:
        raise UnfitError("good", written, _("Write “high” where higher is better, or “low”."))
    return DIRECTIONS[written.casefold()]
