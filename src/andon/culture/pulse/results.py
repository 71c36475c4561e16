"""What pages and files show of counted waves: series of a group over waves, comparisons, comments."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from andon.culture.pulse.access import own_unit, visible
from andon.culture.pulse.models import RESPONSE, Dimension, Remark, Result, Wave
from andon.culture.pulse.rules import scoring
from andon.culture.pulse.rules.scoring import Change, Score, change
from andon.culture.pulse.rules.themes import Theme, themes
from andon.culture.pulse.structure import ALL
from andon.people.models import Person

LOOKED_BACK = 12  # waves


@dataclass(frozen=True, slots=True)
class Point:
    """A wave in a series; `score` is None where too few answered, or what is shown would lay others open."""

    wave: int
    day: date
    score: Score | None
    shares: tuple[int, ...] = ()
    asked_alike: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """One dimension of a group over waves, the oldest first."""

    measure: str
    points: tuple[Point, ...]

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def change(self) -> Change | None:
        """Since the wave before, where both are shown and the same was asked."""
        if len(self.points) < 2 or not self.points[-1].asked_alike:
            return None
        before, now = (point.score for point in self.points[-2:])
        return change(before, now) if before and now else None


@dataclass(frozen=True, slots=True)
class Group:
    """A group somebody may read, as its page shows it."""

    key: str
    name: str
    kind: str
    series: tuple[Series, ...]
    response: Series
    themes: tuple[Theme, ...]


def waves(many: int = LOOKED_BACK) -> list[Wave]:
    """The newest counted ones, the oldest first; their answers are gone, what may be shown is there."""
    return list(Wave.objects.counted().defer("opened_by").order_by("-number")[:many])[::-1]


def readable(person: Person, found: Sequence[Wave]) -> list[dict]:
    """Groups of the newest wave that somebody may read: the whole first, then their own team."""
    if not found:
        return []
    own, order = own_unit(person), {"all": 0, "team": 2, "line": 3, "site": 4}
    units = visible(found[-1], person)
    return sorted(units, key=lambda u: (1 if u["key"] == own else order[u["kind"]], u["name"]))


def group(person: Person, key: str, found: Sequence[Wave]) -> Group | None:
    """None where this person may not read it, or it is not there. Whoever reads a group reads its earlier waves."""
    unit = next((unit for unit in readable(person, found) if unit["key"] == key), None)
    if unit is None:
        return None
    rows = Result.objects.filter(wave__in=found, unit=key)
    return _group(unit, _by_measure(rows), found)


def _group(unit: dict, rows: dict[str, dict[int, Result]], found: Sequence[Wave]) -> Group:
    last = found[-1]
    said = [r.text for r in Remark.objects.filter(wave=last) if unit["key"] in r.units]
    return Group(
        unit["key"],
        unit["name"],
        unit["kind"],
        tuple(_series(measure, rows[measure], found) for measure in dimensions(found)),
        _series(RESPONSE, rows[RESPONSE], found),
        themes(said),
    )


def dimensions(found: Sequence[Wave]) -> list[str]:
    """Of the newest wave, in the order of the list."""
    asked = {question["dimension"] for question in found[-1].questions} if found else set()
    return [dimension for dimension in Dimension.values if dimension in asked]


def _by_measure(rows: Iterable[Result]) -> dict[str, dict[int, Result]]:
    sorted_out: dict[str, dict[int, Result]] = defaultdict(dict)
    for row in rows:
        sorted_out[row.measure][row.wave_id] = row
    return sorted_out


def _series(measure: str, rows: dict[int, Result], found: Sequence[Wave]) -> Series:
    points = []
    for before, wave in zip([None, *found[:-1]], found, strict=True):
        row = rows.get(wave.pk)
        alike = measure == RESPONSE or before is None or asked_of(before, measure) == asked_of(wave, measure)
        points.append(
            Point(
                wave.number,
                wave.last_day,
                row.score if row else None,
                tuple(row.shares) if row else (),
                alike,
            )
        )
    return Series(measure, tuple(points))


def asked_of(wave: Wave, dimension: str) -> list[tuple[str, bool]]:
    return sorted((q["key"], q["turned"]) for q in wave.questions if q["dimension"] == dimension)


@dataclass(frozen=True, slots=True)
class Row:
    """A group in the table of all: its newest score by dimension, and changes that stand out among all of them."""

    key: str
    name: str
    kind: str
    scores: tuple[tuple[Score | None, Change | None, bool], ...]
    response: Score | None


def table(person: Person, found: Sequence[Wave]) -> list[Row]:
    """Every group somebody may read, beside each other, in the order of names: nothing here is ranked. Two queries."""
    units = readable(person, found)
    keys = {unit["key"] for unit in units}
    rows: dict[str, dict[str, dict[int, Result]]] = defaultdict(lambda: defaultdict(dict))
    for row in Result.objects.filter(wave__in=found[-2:], unit__in=keys):
        rows[row.unit][row.measure][row.wave_id] = row
    last = found[-2:]
    series = {key: [_series(m, rows[key][m], last) for m in dimensions(found)] for key in keys}
    clear = _clear([s.change for key in sorted(keys) for s in series[key]])
    each = iter(clear)
    told = {key: [next(each) for _s in series[key]] for key in sorted(keys)}
    return [
        Row(
            unit["key"], unit["name"], unit["kind"],
            tuple(
                (s.last.score if s.last else None, s.change, out)
                for s, out in zip(series[unit["key"]], told[unit["key"]], strict=True)
            ),
            _newest(rows[unit["key"]][RESPONSE], last),
        )
        for unit in units
    ]  # fmt: skip


def _newest(rows: dict[int, Result], found: Sequence[Wave]) -> Score | None:
    row = rows.get(found[-1].pk) if found else None
    return row.score if row else None


def _clear(changes: Sequence[Change | None]) -> list[bool]:
    """Which stand out although so many were looked at."""
    out = scoring.standing_out([change.chance for change in changes if change is not None])
    each = iter(out)
    return [next(each) if change is not None else False for change in changes]


def export(person: Person, found: Sequence[Wave]) -> list[tuple[str, str, str, int, int, int, int]]:
    """team, period, measure, value, n, low, high: the same results as on the pages, and nothing else.

    `period` is the month of the wave's last day; two waves of a month are told apart by their day.
    """
    names = {wave.pk: {u["key"]: u["name"] for u in visible(wave, person)} for wave in found}
    days = {wave.pk: wave.last_day for wave in found}
    months = [f"{day:%Y-%m}" for day in days.values()]
    rows = Result.objects.filter(wave__in=found).order_by("wave__number", "unit", "measure")
    written = []
    for row in rows:
        if row.unit not in names[row.wave_id]:
            continue
        month = f"{days[row.wave_id]:%Y-%m}"
        period = month if months.count(month) == 1 else days[row.wave_id].isoformat()
        score = row.score
        written.append(
            (names[row.wave_id][row.unit], period, row.measure, row.value, row.n, score.low, score.high)
        )
    return written


def whole(found: Sequence[Wave]) -> Group | None:
    """All of the organisation, which everybody at work may read."""
    if not found:
        return None
    unit = next(unit for unit in found[-1].units if unit["key"] == ALL)
    return _group(unit, _by_measure(Result.objects.filter(wave__in=found, unit=ALL)), found)
