"""How big a planted cause is in what was drawn: rows without it against rows with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .causes import Cause
from .effects import Effects
from .frame import NOBODY, PRODUCTS, Rows
from .monthly import TeamMonth
from .outcomes import SECONDS, UNKNOWN, Outcomes
from .seasons import yearly
from .setting import Setting
from .voices import Voices

Mask = NDArray[np.bool_]
UNITS = dict.fromkeys(SECONDS, "seconds") | {
    "time_to_resolve": "hours",
    "csat": "score",
    "transfers": "count",
}
TOPIC_OF = {"new-product": "new_product", "marked-delivered": "marked_delivered", "one-caller": "caller"}


@dataclass(frozen=True)
class Story:
    """Everything that happened."""

    setting: Setting
    effects: Effects
    rows: Rows
    outcomes: Outcomes
    caller: NDArray[np.int64]
    voices: Voices
    months: list[TeamMonth]


@dataclass(frozen=True, slots=True)
class Size:
    """A number without and with the cause, and the cases behind each."""

    what: str
    unit: str
    before: float
    after: float
    cases_before: int
    cases_after: int


def sizes_of(story: Story, cause: Cause) -> list[Size]:
    """All that can be said of the size of a cause; empty when it is not in the rows."""
    if cause.contrast in OTHER_SIZES:
        return OTHER_SIZES[cause.contrast](story, cause)
    without, with_ = CONTRASTS[cause.contrast](story, cause)
    sizes = [size for column in cause.columns for size in _means(story, column, without, with_)]
    return sizes + _signals(story, cause)


def _means(story: Story, column: str, without: Mask, with_: Mask) -> list[Size]:
    """Means of a column among the rows where it is known."""
    values = story.outcomes[column]
    known = values != UNKNOWN
    before, after = values[without & known], values[with_ & known]
    if not len(before) or not len(after):
        return []
    unit = UNITS.get(column, "share")
    return [Size(column, unit, _round(before.mean()), _round(after.mean()), len(before), len(after))]


def _there(story: Story, cause: Cause) -> Mask:
    if not cause.mechanism:
        return np.ones(len(story.rows), dtype=bool)
    there: Mask = story.rows.mechanism == story.setting.place(cause)
    return there


def _in_time(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    there, at = _there(story, cause), story.rows.at
    return there & (at < cause.start), there & (at >= cause.start) & (at < cause.end)


def _last_tenth(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    before, during = _in_time(story, cause)
    return before, during & (story.rows.at >= cause.end - (cause.end - cause.start) / 10)


def _mondays(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    there = _there(story, cause)
    monday = story.setting.window.weekday[story.rows.day] == 0
    return there & ~monday, there & monday


def _product(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    _, during = _in_time(story, cause)
    new = story.rows.product == PRODUCTS.index(cause.product or "")
    return during & ~new, during & new


def _worker(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    """Colleagues of the same team and the person; within the mechanism where the cause names one."""
    there = _there(story, cause) & (story.rows.worker != NOBODY)
    same_team = story.rows.team == story.setting.staff.team_of[cause.worker or 0]
    own = story.rows.worker == cause.worker
    return there & same_team & ~own, there & own


def _stress(story: Story, cause: Cause) -> tuple[Mask, Mask]:
    """Rows after a calmer and after a more strained month of their team."""
    month_before = np.maximum(story.setting.window.month_of_day[story.rows.day] - 1, 0)
    strained = story.effects.stress[month_before, story.rows.team] > 0
    served = story.rows.worker != NOBODY
    return served & ~strained, served & strained


def _signals(story: Story, cause: Cause) -> list[Size]:
    count = story.voices.about(TOPIC_OF.get(cause.id, ""))
    return [Size("signals", "count", 0, count, 0, count)] if count else []


def _caller(story: Story, cause: Cause) -> list[Size]:
    count = len(story.caller)
    return [Size("contacts", "count", 0, count, 0, count), *_signals(story, cause)] if count > 1 else []


def _survey(story: Story, cause: Cause) -> list[Size]:
    count = int(story.voices.survey.sum())
    return [Size("survey signals", "count", 0, count, 0, count)] if count else []


def _calendar(story: Story, cause: Cause) -> list[Size]:
    """Rows a day in the peak and at other times, and the promise in both."""
    peak = yearly(story.setting.window) > 1.1
    if not peak.any() or peak.all():
        return []
    daily = np.bincount(story.rows.day, minlength=len(peak))
    usual, more = daily[~peak], daily[peak]
    means, cases = (_round(usual.mean()), _round(more.mean())), (int(usual.sum()), int(more.sum()))
    volume = Size("rows a day", "count", *means, *cases)
    there, busy = _there(story, cause), peak[story.rows.day]
    return [volume, *_means(story, cause.columns[0], there & ~busy, there & busy)]


def _team(story: Story, cause: Cause) -> list[Size]:
    """Complaints and escalations per 1,000 interactions: the other teams that serve, and this one."""
    staff, team = story.setting.staff, cause.team or 0
    served = np.bincount(story.rows.team, minlength=len(staff.teams))
    others, own = int(served[1:].sum() - served[team]), int(served[team])
    if not others or not own:
        return []
    sizes = []
    for what in ("complaints", "escalations"):
        counts = {
            name: sum(getattr(m, what) for m in story.months if m.team == name) for name in _serving(story)
        }
        mine = counts.pop(staff.teams[team].name)
        before, after = _round(1000 * sum(counts.values()) / others), _round(1000 * mine / own)
        sizes.append(Size(what, "per 1,000", before, after, others, own))
    return sizes if sizes[0].after else []


def _serving(story: Story) -> list[str]:
    return [team.name for team in story.setting.staff.teams[1:]]


def _round(value: float) -> float:
    return round(float(value), 4)


CONTRASTS: dict[str, Callable[[Story, Cause], tuple[Mask, Mask]]] = {
    "before": _in_time,
    "last tenth": _last_tenth,
    "mondays": _mondays,
    "product": _product,
    "worker": _worker,
}
OTHER_SIZES: dict[str, Callable[[Story, Cause], list[Size]]] = {
    "caller": _caller,
    "survey": _survey,
    "calendar": _calendar,
    "team": _team,
    "stress": lambda story, cause: _means(story, "csat", *_stress(story, cause)),
}
