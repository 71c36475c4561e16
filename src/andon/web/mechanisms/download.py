"""The points of a chart as a file, so that every number can be checked elsewhere."""

import csv
from io import StringIO

from andon.watch.models import Chart
from andon.web.mechanisms.points import Point, points

HEADER = (
    "mechanism",
    "measure",
    "at",
    "until",
    "n",
    "value",
    "centre",
    "lower",
    "upper",
    "phase",
    "exception",
    "reason",
)


def csv_of(chart: Chart) -> str:
    """One row a point, oldest first; moments in UTC, numbers in full, with a BOM so that Excel reads the letters."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    names = (safe(chart.measure.mechanism.name), safe(chart.measure.name))
    writer.writerows((*names, *_row(point)) for point in points(chart))
    return "\ufeff" + file.getvalue()


def safe(text: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _row(point: Point) -> tuple:
    numbers = (
        "" if x is None else repr(x) for x in (point.n, point.value, point.centre, point.lower, point.upper)
    )
    exception = "yes" if point.marked else "no"
    return (
        point.at.isoformat(),
        point.until.isoformat(),
        *numbers,
        point.phase,
        exception,
        safe(point.reason),
    )
