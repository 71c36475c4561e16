"""Excel workbooks to columns: the first sheet with a table, dates and numbers kept as such."""

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineWorkbook

from andon.lake.dialect import unique
from andon.lake.errors import BadInput

Row = list[Any]


def _is_table(rows: list[Row]) -> bool:
    return len(rows) > 1 and any(sum(cell not in ("", None) for cell in row) for row in rows)


def _header_at(rows: list[Row]) -> int:
    """The first row at least half as wide as the widest of the first twenty: titles above a table are
    skipped.
    """
    widths = [sum(cell not in ("", None) for cell in row) for row in rows[:20]]
    return next(i for i, width in enumerate(widths) if width * 2 >= max(widths) and width)


def _text(cell: Any) -> str | None:
    if cell in ("", None):
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _moment(cell: Any) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return cell
    return dt.datetime(cell.year, cell.month, cell.day) if isinstance(cell, dt.date) else None  # noqa: DTZ001


def _column(cells: Row) -> pa.Array:
    kinds = {type(cell) for cell in cells if cell not in ("", None)}
    if kinds and kinds <= {float, int}:
        return pa.array([None if cell in ("", None) else float(cell) for cell in cells], pa.float64())
    if kinds and kinds <= {dt.datetime, dt.date}:
        return pa.array([_moment(cell) for cell in cells], pa.timestamp("us"))
    if kinds == {bool}:
        return pa.array([None if cell in ("", None) else cell for cell in cells], pa.bool_())
    return pa.array([_text(cell) for cell in cells], pa.string())


def _sheet(path: Path) -> tuple[str, list[Row], int]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        for number, name in enumerate(book.sheet_names):
            rows = book.get_sheet_by_index(number).to_python(skip_empty_area=False)
            if _is_table(rows):
                return name, rows, len(book.sheet_names)
    except Exception as error:  # calamine raises a class of its own for each format
        raise BadInput(
            f"{path} cannot be read as a workbook: {error}.", "Save it again as .xlsx or CSV."
        ) from None
    raise BadInput(f"{path} has no sheet with rows.", "The first row must name the columns.")


def read_sheet(path: Path) -> tuple[pa.Table, int, str]:
    """Columns of the first sheet that holds a table, the row its names are in, and a note if there are more
    sheets.
    """
    name, rows, sheets = _sheet(path)
    top = _header_at(rows)
    width = max(len(row) for row in rows)
    names = list(unique([_text(cell) or "" for cell in rows[top]]))
    names += list(unique([*names, *[""] * (width - len(names))]))[len(names) :]
    body = rows[top + 1 :]
    while body and all(cell in ("", None) for cell in body[-1]):
        body.pop()
    columns = {n: _column([row[i] if i < len(row) else None for row in body]) for i, n in enumerate(names)}
    columns = {n: c for n, c in columns.items() if c.null_count < len(c) or not n.startswith("column ")}
    note = f"{path.name} has {sheets} sheets; “{name}” was read." if sheets > 1 else ""
    return pa.table(columns), top + 1, note
