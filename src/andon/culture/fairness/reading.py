"""A list of groups as it comes: number, attribute, value. Pure: bytes in, rows taken and rows refused out."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

COLUMNS = {
    "number": ("number", "staff number", "staff_number", "personnel number", "employee number", "personalnummer"),
    "attribute": ("attribute", "merkmal"),
    "value": ("value", "group", "wert", "gruppe"),
}  # fmt: skip
LONGEST = 80
MOST_GROUPS = 40
"""More values of one attribute are no groups: dates of birth, say, instead of age bands."""
LARGEST = 20 * 1024 * 1024


class UnfitListError(ValueError):
    """The list as a whole cannot be read; a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`row` as a spreadsheet counts: the headings are row 1."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """Rows as (staff number, attribute, value), and those refused."""

    rows: list[tuple[str, str, str]]
    refused: list[Refused]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for _number, attribute, value in self.rows:
            found[attribute][value] += 1
        return {name: dict(sorted(groups.items())) for name, groups in sorted(found.items())}


def read(raw: bytes, known: Container[str]) -> Read:
    """`known` are the staff numbers there are. Raises UnfitListError."""
    if len(raw) > LARGEST:
        raise UnfitListError(
            _("This file is larger than 20 MB: a list of groups has one short row a person.")
        )
    lines, wide = _as_wide_as_the_headings(list(_lines(raw)))
    rows: dict[tuple[str, str], tuple[int, str, str]] = {}
    refused: list[Refused] = [Refused(at, "", _too_wide()) for at in wide]
    for at, cells in lines:
        reason = _unfit(cells, known, rows)
        if reason:
            refused.append(Refused(at, *reason))
        else:
            number, attribute, value = cells
            rows[number, slugify(attribute)] = (at, attribute, value)
    return _without_texts(rows, refused)


def _as_wide_as_the_headings(lines: list) -> tuple[list, list[int]]:
    """Lines by what they hold, and the numbers of those with more fields than headings."""
    return [(at, cells) for at, cells, more in lines if not more], [at for at, _cells, more in lines if more]


def _too_wide() -> str:
    return _(
        "This line has more fields than the first line has headings. Put a text that holds a comma into quotation "
        "marks."
    )


def _lines(raw: bytes) -> Iterator[tuple[int, tuple[str, str, str], bool]]:
    """Number, cells, and whether there are more fields than headings."""
    text = _text(raw).replace("\x00", "")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        headings = next(reader, [])
        places = _places(headings)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                more = any(cell.strip() for cell in cells[len(headings) :])
                yield reader.line_num, _cells(cells, places), more
    except csv.Error as error:
        raise UnfitListError(
            _("Line %(line)s cannot be read as CSV: %(error)s.") % {"line": reader.line_num, "error": error}
        ) from None


def _text(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnfitListError(_("This is no text: save the list as CSV, in UTF-8."))


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _places(headings: list[str]) -> dict[str, int]:
    names = [" ".join(cell.strip().casefold().split()) for cell in headings]
    found = {
        name: place for name, words in COLUMNS.items() for place, one in enumerate(names) if one in words
    }
    missing = [name for name in COLUMNS if name not in found]
    if missing:
        raise UnfitListError(
            _("The first row must name the columns number, attribute and value; missing: %(missing)s.")
            % {"missing": ", ".join(missing)}
        )
    return found


def _cells(cells: list[str], places: dict[str, int]) -> tuple[str, str, str]:
    number, attribute, value = (
        " ".join(cells[places[name]].split()) if places[name] < len(cells) else "" for name in COLUMNS
    )
    return number, attribute, value


def _unfit(cells: tuple[str, str, str], known: Container[str], rows: dict) -> tuple[str, str] | None:
    """Column and reason. Never the value: the list of refusals is kept longer than the file."""
    number, attribute, value = cells
    for column, cell in zip(COLUMNS, cells, strict=True):
        if not cell:
            return column, _("Nothing stands here.")
        if len(cell) > LONGEST:
            return column, _("Longer than %(most)s letters.") % {"most": LONGEST}
    if number not in known:
        return "number", _("Nobody has this staff number.")
    if not slugify(attribute):
        return "attribute", _("The name of an attribute needs letters or digits.")
    before = rows.get((number, slugify(attribute)))
    if before and before[2] != value:
        return "value", _("Row %(row)s says something else of the same person.") % {"row": before[0]}
    return None


def _without_texts(rows: dict[tuple[str, str], tuple[int, str, str]], refused: list[Refused]) -> Read:
    """An attribute is spelt as it first comes. One with too many values is refused as a whole."""
    values: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for (_number, slug), (_at, attribute, value) in rows.items():
        values[slug].add(value)
        names.setdefault(slug, attribute)
    many = {slug for slug, found in values.items() if len(found) > MOST_GROUPS}
    reason = _("More than %(most)s different values: bring groups, such as age bands.") % {
        "most": MOST_GROUPS
    }
    refused += [Refused(at, "value", reason) for (_n, slug), (at, *_r) in rows.items() if slug in many]
    kept = [(n, names[slug], value) for (n, slug), (_a, _b, value) in rows.items() if slug not in many]
    return Read(kept, sorted(refused, key=lambda one: one.row))
