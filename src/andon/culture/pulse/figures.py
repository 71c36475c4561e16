"""Attrition, absence and tenure of teams, brought as a file of aggregates: team, month, measure, value, n.

Rows of few people are refused before anything is kept, and so is a team whose row, less those of the teams inside it,
would leave few.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.culture.pulse.access import may_bring_figures
from andon.culture.pulse.models import FEWEST, Kept, TeamFigure
from andon.people.models import Person, Team
from andon.people.trail import record

COLUMNS = ("team", "month", "measure", "value", "n")
MOST_ROWS, MOST_LETTERS = 20_000, 2_000_000
HIGHEST = {Kept.ATTRITION: 1.0, Kept.ABSENCE: 1.0, Kept.TENURE: 70.0}
FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    team: Team
    month: date
    measure: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken: the line of the file, the column it is about, and why."""

    line: int
    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Read:
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...]


class _Wrong(Exception):  # noqa: N818 - reads as what is wrong
    def __init__(self, column: str, value: str, why: str) -> None:
        super().__init__(why)
        self.column, self.value, self.why = column, value, why


def read(text: str, now: datetime) -> Read:
    """Rows that can be taken and rows that cannot. Raises ValidationError when the file as a whole cannot be read."""
    lines = _lines(text)
    teams = {key.casefold(): team for team in Team.objects.all() for key in (team.slug, team.name)}
    rows, refused = [], []
    for line, raw in enumerate(lines, start=2):
        try:
            rows.append(_row(line, raw, teams, timezone.localdate(now)))
        except _Wrong as wrong:
            refused.append(Refused(line, wrong.column, wrong.value[:60], wrong.why))
    rows, twice = _once(rows)
    rows, few = _without_few(rows)
    return Read(tuple(rows), tuple(sorted([*refused, *twice, *few], key=lambda one: one.line)))


def _lines(text: str) -> list[dict[str, str]]:
    text = text.lstrip("\ufeff")
    if len(text) > MOST_LETTERS:
        raise ValidationError(_("The file is too large. Bring it year by year."))
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    try:
        names = [(name or "").strip().casefold() for name in reader.fieldnames or []]
        reader.fieldnames = names
        found = list(reader)
    except csv.Error as error:
        raise ValidationError(_("The file cannot be read as a table: %(why)s.") % {"why": error}) from None
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise ValidationError(
            _("The first line names the columns %(needed)s; %(missing)s is missing.")
            % {"needed": ", ".join(COLUMNS), "missing": ", ".join(missing)}
        )
    if not found or len(found) > MOST_ROWS:
        raise ValidationError(_("There is no row below the first line, or there are too many for one file."))
    return found


def _row(line: int, raw: Mapping[str, str | None], teams: Mapping[str, Team], today: date) -> Row:
    _demand_as_wide_as_the_headings(raw)
    said = {name: (raw.get(name) or "").strip() for name in COLUMNS}
    team = teams.get(said["team"].casefold())
    if team is None:
        raise _Wrong(
            "team", said["team"], _("No team is called this. Write its name as on the page of people.")
        )
    measure = said["measure"].casefold()
    if measure not in Kept.values:
        raise _Wrong(
            "measure", said["measure"], _("It is one of %(known)s.") % {"known": ", ".join(Kept.values)}
        )
    return Row(
        line, team, _month(said["month"], today), measure, _value(said["value"], measure), _n(said["n"])
    )


def _demand_as_wide_as_the_headings(raw: Mapping) -> None:
    beyond = [cell for cell in raw.get(None) or [] if cell.strip()]
    if beyond:
        why = _(
            "This line has more fields than the first line has headings. Put a text that holds a comma into "
            "quotation marks."
        )
        raise _Wrong("", ", ".join(beyond), why)


def _month(text: str, today: date) -> date:
    found = re.fullmatch(r"(\d{4})-(\d{2})(?:-\d{2})?", text, re.ASCII)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (year >= FIRST_YEAR and 1 <= month <= 12):
        raise _Wrong("month", text, _("Write the month as 2026-03."))
    if (year, month) > (today.year, today.month):
        raise _Wrong("month", text, _("This month has not come yet."))
    return date(year, month, 1)


def _value(text: str, measure: str) -> float:
    share = text.endswith("%")
    try:
        value = float(text.removesuffix("%").strip().replace(",", ".")) / (100 if share else 1)
    except ValueError:
        value = float("nan")
    highest = HIGHEST[Kept(measure)]
    if not isfinite(value) or not 0 <= value <= highest:
        why = _("A share from 0 to 1, or in per cent.") if highest == 1 else _("Years from 0 to 70.")
        raise _Wrong("value", text, why)
    return value


def _n(text: str) -> int:
    if not re.fullmatch(r"\d{1,7}", text, re.ASCII):
        raise _Wrong("n", text, _("A whole number: of how many people."))
    if int(text) < FEWEST:
        raise _Wrong("n", text, _("Of fewer than five people nothing is kept: it would be said of persons."))
    return int(text)


def _once(rows: Sequence[Row]) -> tuple[list[Row], list[Refused]]:
    seen: dict[tuple, Row] = {}
    twice = []
    for row in rows:
        key = (row.team.pk, row.month, row.measure)
        if key in seen:
            why = _("The same team, month and measure stand in line %(line)s already.") % {
                "line": seen[key].line
            }
            twice.append(Refused(row.line, "team", row.team.name, why))
        seen.setdefault(key, row)
    return list(seen.values()), twice


def _without_few(rows: Sequence[Row]) -> tuple[list[Row], list[Refused]]:
    """A team less the teams inside it must leave nobody, or enough."""
    parents = {team.pk: team.parent_id for team in Team.objects.all()}
    inside: dict[tuple, int] = defaultdict(int)
    for row in _with_kept(rows):
        if (above := parents.get(row.team.pk)) is not None:
            inside[above, row.month, row.measure] += row.n
    kept, few = [], []
    for row in rows:
        left = row.n - inside[row.team.pk, row.month, row.measure]
        if inside[row.team.pk, row.month, row.measure] and 0 < left < FEWEST:
            why = _("Less the teams inside it, it would be of fewer than five people.")
            few.append(Refused(row.line, "n", str(row.n), why))
        else:
            kept.append(row)
    return kept, few


def _with_kept(rows: Sequence[Row]) -> list[Row]:
    """With what was brought before, unless it is brought anew."""
    anew = {(row.team.pk, row.month, row.measure) for row in rows}
    months = {row.month for row in rows}
    before = TeamFigure.objects.filter(month__in=months).select_related("team")
    old = [Row(0, f.team, f.month, f.measure, f.value, f.n) for f in before]
    return [*rows, *(row for row in old if (row.team.pk, row.month, row.measure) not in anew)]


@transaction.atomic
def bring(text: str, *, by: Person, now: datetime) -> Read:
    """Keeps what can be taken; what was there for the same team, month and measure is replaced.

    Raises PermissionDenied, ValidationError.
    """
    if not may_bring_figures(by):
        raise PermissionDenied(_("HR partners, analysts and administrators bring figures of teams."))
    found = read(text, now)
    TeamFigure.objects.bulk_create(
        [
            TeamFigure(team=r.team, month=r.month, measure=r.measure, value=r.value, n=r.n, by=by, at=now)
            for r in found.rows
        ],
        update_conflicts=True, unique_fields=["team", "month", "measure"], update_fields=["value", "n", "by", "at"],
    )  # fmt: skip
    record(by, "pulse.figures.brought", "team figures", now, rows=len(found.rows), refused=len(found.refused))
    return found


def of_team(slug: str, months: int = 12) -> dict[str, list[TeamFigure]]:
    """Newest months of a team by measure, the oldest first."""
    found: dict[str, list[TeamFigure]] = defaultdict(list)
    for figure in TeamFigure.objects.filter(team__slug=slug).order_by("-month")[: months * len(Kept.values)]:
        found[figure.measure].insert(0, figure)
    return {measure: rows[-months:] for measure, rows in found.items()}
