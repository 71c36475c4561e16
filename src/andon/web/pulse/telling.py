"""Results in words and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from andon.culture.pulse.models import Dimension, Kept, TeamFigure
from andon.culture.pulse.results import Group, Point, Row, Series
from andon.culture.pulse.rules.scoring import HIGHEST, LOWEST, Change, Score
from andon.people import saying
from andon.web.pulse import pictures


@dataclass(frozen=True, slots=True)
class Tile:
    """One dimension of a group: its number, its picture, what to say of it, and the numbers behind it."""

    name: str
    score: Score | None
    svg: str
    sentence: str
    shares: tuple[int, ...]
    table: list[Point]


def name_of(measure: str) -> str:
    return str(Dimension(measure).label)


def tile(series: Series) -> Tile:
    name, last = name_of(series.measure), series.last
    said = sentence_of(series)
    svg = pictures.over_waves(series.points, f"{name}. {said}")
    shown = [point for point in series.points if point.score]
    return Tile(name, last.score if last else None, svg, said, last.shares if last else (), shown)


def sentence_of(series: Series) -> str:
    """What there is to say of a dimension, and no more than its uncertainty allows."""
    last = series.last
    if last is None or last.score is None:
        return _("Not shown: too few answered, or what is shown would lay others open.")
    low, high = last.score.low, last.score.high
    about = _("Between %(low)s and %(high)s.") % {"low": low, "high": high}
    if not last.asked_alike:
        return about + " " + _("Other questions than before, so there is nothing to compare with.")
    return f"{about} {_moved(series.change)}".strip()


def _moved(change: Change | None) -> str:
    if change is None:
        return ""
    if not change.clear:
        return _("No clear change since the last wave.")
    said = {"by": abs(change.by), "half": change.half}
    if change.by > 0:
        return _("Up by %(by)s points (± %(half)s) since the last wave.") % said
    return _("Down by %(by)s points (± %(half)s) since the last wave.") % said


def sentence(group: Group) -> str:
    """The heading: what is highest and what is lowest, where they lie clearly apart."""
    known = [(series, series.last.score) for series in group.series if series.last and series.last.score]
    if not known:
        return _("Nothing can be shown of %(group)s this time.") % {"group": group.name}
    best, worst = max(known, key=lambda one: one[1].value), min(known, key=lambda one: one[1].value)
    if worst[1].high >= best[1].low:
        return _("How work feels: %(group)s") % {"group": group.name}
    said = {"group": group.name, "best": name_of(best[0].measure), "worst": name_of(worst[0].measure)}
    return _("%(group)s: %(best)s is best, %(worst)s is lowest.") % said


def response(series: Series) -> str:
    """In steps of five per cent, so that nobody can tell whether everybody answered."""
    last = series.last.score if series.last else None
    if last is None:
        return ""
    if last.value >= 95:
        return _("Nearly everybody took part.")
    return _("About %(share)s took part.") % {"share": saying.percent(last.value / 100)}


LOOSE = 0.7
"""Alpha below which one number hides that people answer the questions differently (Nunnally 1978)."""


def together(found: Mapping[str, float]) -> list[str]:
    """How far the questions of a dimension go together, where it could be told."""
    return [
        _hanging(value) % {"name": name_of(measure), "alpha": saying.number(value)}
        for measure, value in found.items()
    ]


def _hanging(value: float) -> str:
    if value < LOOSE:
        return _(
            "%(name)s: its questions go together only loosely (Cronbach’s alpha about %(alpha)s), so read its number "
            "as a mean of different things."
        )
    return _(
        "%(name)s: its questions go together (Cronbach’s alpha about %(alpha)s), so they may be read as one number."
    )


def share(of_hundred: int) -> str:
    """Shares end at 5 and 95 per cent; what lies beyond is not told."""
    if of_hundred <= LOWEST:
        return _("%(share)s or fewer") % {"share": saying.percent(LOWEST / 100)}
    if of_hundred >= HIGHEST:
        return _("%(share)s or more") % {"share": saying.percent(HIGHEST / 100)}
    return _("about %(share)s") % {"share": saying.percent(of_hundred / 100)}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was brought of a team: the newest value in words, and a picture over months."""

    name: str
    value: str
    month: str
    svg: str
    unit: str
    rows: Sequence[TeamFigure]


def figures(kept: Mapping[str, Sequence[TeamFigure]]) -> list[Figures]:
    return [_figure(measure, rows) for measure, rows in sorted(kept.items()) if rows]


def _figure(measure: str, rows: Sequence[TeamFigure]) -> Figures:
    name, newest = str(Kept(measure).label), rows[-1]
    unit = "plain" if measure == Kept.TENURE else "share"
    value, month = saying.value(newest.value, unit, 1), saying.month(newest.month)
    svg = pictures.line([row.value for row in rows], f"{name}: {value}, {month}.")
    return Figures(name, value, month, svg, unit, rows)


@dataclass(frozen=True, slots=True)
class Line:
    """A group in the table: each dimension with its name, and how many took part, in words."""

    key: str
    name: str
    kind: str
    scores: tuple[tuple[Score | None, Change | None, bool], ...]
    took_part: str


def rows(found: Sequence[Row]) -> list[Line]:
    return [
        Line(row.key, row.name, row.kind, row.scores, share(row.response.value) if row.response else "–")
        for row in found
    ]
