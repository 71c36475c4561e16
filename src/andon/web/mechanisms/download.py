"""The points of a chart as a file, so that every number can be checked elsewhere."""

import csv
from io import StringIO

from andon.watch.models import Chart
from andon.web.mechanisms.points import Point, points

NUMBERS = ("n", "value", "centre", "lower", "upper")
HEADER = ("mechanism", "measure", "at", *NUMBERS, "exception", "reason", "phase", "until")


def csv_of(chart: Chart) -> str:
    """One row a point, oldest first; moments in UTC, numbers in full, what is missing left empty."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    names = (safe(chart.measure.mechanism.name), safe(chart.measure.name))
    writer.writerows((*names, *_row(point)) for point in points(chart))
    return file.getvalue()


def safe(text: str) -> str:
    """A spreadsheet must not take a name for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _row(point: Point) -> tuple:
    numbers = ("" if (x := getattr(point, name)) is None else repr(x) for name in NUMBERS)
    exception = "yes" if point.marked else "no"
    return (
        point.at.isoformat(),
        *numbers,
        exception,
        safe(point.reason),
        point.phase,
        point.until.isoformat(),
    )
