"""truth.json: what was planted, and how big it is in the files that were written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .causes import Cause
from .frame import PRODUCTS, Rows, yearly
from .mechanisms import Mechanism
from .outcomes import UNKNOWN, Effects, Outcomes
from .people import Staff
from .signals import Voices
from .sizes import Window
from .texts import phrases

Mask = NDArray[np.bool_]
VERSION = 1
UNITS = {
    "handling_time": "seconds", "wait_time": "seconds", "time_to_resolve": "hours", "csat": "score", "transfers": "count",
}  # fmt: skip
TOPIC_OF = {"new-product": "new_product", "marked-delivered": "marked_delivered", "one-caller": "caller"}


class World:
    """Everything that was drawn; enough to measure what was planted."""

    def __init__(
        self, window: Window, mechanisms: tuple[Mechanism, ...], staff: Staff, rows: Rows, outcomes: Outcomes,
        voices: Voices, causes: tuple[Cause, ...], caller: NDArray[np.int64], effects: Effects, team_months: list[list[Any]],
    ) -> None:  # fmt: skip
        self.window, self.mechanisms, self.staff, self.rows, self.outcomes = (
            window,
            mechanisms,
            staff,
            rows,
            outcomes,
        )
        self.voices, self.causes, self.caller, self.effects = voices, causes, caller, effects
        self.team_months = team_months

    def through(self, slug: str) -> Mask:
        """Rows of one mechanism; all of them for an empty slug."""
        if not slug:
            return np.ones(len(self.rows), dtype=bool)
        place = [mechanism.slug for mechanism in self.mechanisms].index(slug)
        return self.rows.mechanism == place


def entries(world: World, customer_id: Callable[[int], str]) -> list[dict[str, Any]]:
    """One entry for each cause that really is in the files, in order of time."""
    found = [_entry(world, cause, customer_id) for cause in world.causes]
    return sorted((e for e in found if e is not None), key=lambda e: (e["from"], e["id"]))


def _entry(world: World, cause: Cause, customer_id: Callable[[int], str]) -> dict[str, Any] | None:
    sizes = _sizes(world, cause)
    if not sizes:
        return None
    entry: dict[str, Any] = {
        "id": cause.id,
        "kind": cause.kind,
        "mechanism": cause.mechanism or None,
        "measures": _measures(world, cause),
        "columns": list(cause.columns),
        "from": f"{cause.start}Z",
        "to": f"{cause.end}Z",
        "special_cause": cause.special,
        "sizes": sizes,
    }
    return entry | _who(world, cause, customer_id) | {"sentence": cause.sentence, "how_to_find": cause.find}


def _who(world: World, cause: Cause, customer_id: Callable[[int], str]) -> dict[str, Any]:
    who: dict[str, Any] = {}
    if cause.worker is not None:
        who |= {"worker": int(world.staff.numbers[cause.worker]), "team": _team_of(world, cause.worker)}
    if cause.team is not None:
        who["team"] = world.staff.teams[cause.team].name
    if cause.product is not None:
        who |= {"product": cause.product, "phrases": phrases()}
    if cause.id == "one-caller":
        who["customer"] = customer_id(int(world.rows.customer[world.caller[0]]))
    return who


def _team_of(world: World, worker: int) -> str:
    return world.staff.teams[world.staff.team_of[worker]].name


def _measures(world: World, cause: Cause) -> list[str]:
    """Names as mechanism/measure of the measures that watch a planted column."""
    return [
        f"{mechanism.slug}/{measure.slug}"
        for mechanism in world.mechanisms
        if mechanism.slug == cause.mechanism
        for measure in mechanism.measures
        if measure.outcome in cause.columns
    ]


def _sizes(world: World, cause: Cause) -> list[dict[str, Any]]:
    special = {
        "caller": _caller_size,
        "survey": _survey_size,
        "calendar": _calendar_size,
        "stress": _stress_size,
    }
    if cause.contrast in special:
        return special[cause.contrast](world, cause)
    if cause.contrast == "team":
        return _team_size(world, cause)
    sizes = [_size(world, cause, column) for column in cause.columns]
    sizes += _signal_size(world, cause)
    return [size for size in sizes if size]


def _size(world: World, cause: Cause, column: str) -> dict[str, Any]:
    """Mean of a column without and with the cause, among rows where it is known."""
    known = world.outcomes[column] != UNKNOWN
    without, with_ = (mask & known for mask in CONTRASTS[cause.contrast](world, cause))
    if not without.any() or not with_.any():
        return {}
    values = world.outcomes[column]
    return _described(
        column,
        UNITS.get(column, "share"),
        values[without].mean(),
        values[with_].mean(),
        without.sum(),
        with_.sum(),
    )


def _described(
    what: str, unit: str, before: float, after: float, cases_before: int, cases_after: int
) -> dict[str, Any]:
    return {
        "what": what,
        "unit": unit,
        "before": round(float(before), 4),
        "after": round(float(after), 4),
        "cases_before": int(cases_before),
        "cases_after": int(cases_after),
    }


def _in_time(world: World, cause: Cause) -> tuple[Mask, Mask]:
    there = world.through(cause.mechanism)
    during = (world.rows.at >= cause.start) & (world.rows.at < cause.end)
    return there & (world.rows.at < cause.start), there & during


def _last_tenth(world: World, cause: Cause) -> tuple[Mask, Mask]:
    before, during = _in_time(world, cause)
    return before, during & (world.rows.at >= cause.end - (cause.end - cause.start) / 10)


def _mondays(world: World, cause: Cause) -> tuple[Mask, Mask]:
    there = world.through(cause.mechanism)
    monday = world.window.weekday[world.rows.day] == 0
    return there & ~monday, there & monday


def _product(world: World, cause: Cause) -> tuple[Mask, Mask]:
    _, during = _in_time(world, cause)
    new = world.rows.product == PRODUCTS.index(cause.product or "")
    return during & ~new, during & new


def _worker(world: World, cause: Cause) -> tuple[Mask, Mask]:
    """Colleagues and the person; both within the mechanism where the cause names one."""
    there = world.through(cause.mechanism) & (world.rows.worker >= 0)
    same_team = world.rows.team == world.staff.team_of[cause.worker or 0]
    own = world.rows.worker == cause.worker
    return there & same_team & ~own, there & own


CONTRASTS: dict[str, Callable[[World, Cause], tuple[Mask, Mask]]] = {
    "before": _in_time, "calm": _in_time, "last tenth": _last_tenth, "mondays": _mondays, "product": _product,
    "worker": _worker,
}  # fmt: skip


def _signal_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    """Signals on a planted topic."""
    topic = TOPIC_OF.get(cause.id)
    count = int((world.voices.topic == topic).sum())
    return [_described("signals", "count", 0, count, 0, count)] if count else []


def _caller_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    count = len(world.caller)
    if count < 2:
        return []
    return [_described("contacts", "count", 0, count, 0, count), *_signal_size(world, cause)]


def _survey_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    count = int(world.voices.survey.sum())
    return [_described("survey signals", "count", 0, count, 0, count)] if count else []


def _calendar_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    """Rows a day in the peak and at other times, and the promise in both."""
    peak = yearly(world.window) > 1.1
    if not peak.any() or peak.all():
        return []
    daily = np.bincount(world.rows.day, minlength=world.window.days)
    there = world.through(cause.mechanism) & (world.outcomes["delivered_on_day"] != UNKNOWN)
    kept, busy = world.outcomes["delivered_on_day"], peak[world.rows.day]
    on, off = there & busy, there & ~busy
    return [
        _described("rows a day", "count", daily[~peak].mean(), daily[peak].mean(), daily[~peak].sum(), daily[peak].sum()),
        *([_described("delivered_on_day", "share", kept[off].mean(), kept[on].mean(), off.sum(), on.sum())] if on.any() else []),
    ]  # fmt: skip


def _stress_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    """CSAT of the calm and of the strained half of all team-months, by the strain a month earlier."""
    before = np.maximum(world.window.month_of_day[world.rows.day] - 1, 0)
    strained = world.effects.stress[before, world.rows.team] > 0
    known = (world.outcomes["csat"] != UNKNOWN) & (world.rows.worker >= 0)
    if not (known & strained).any() or not (known & ~strained).any():
        return []
    csat, calm = world.outcomes["csat"], known & ~strained
    tense = known & strained
    return [_described("csat", "score", csat[calm].mean(), csat[tense].mean(), calm.sum(), tense.sum())]


def _team_size(world: World, cause: Cause) -> list[dict[str, Any]]:
    """Complaints and escalations per 1,000 interactions: other serving teams, and this one."""
    name = world.staff.teams[cause.team or 0].name
    own = [row for row in world.team_months if row[0] == name]
    office = world.staff.teams[0].name
    others = [row for row in world.team_months if row[0] not in (name, office)]
    served = np.bincount(world.rows.team, minlength=len(world.staff.teams))
    ours, theirs = int(served[cause.team or 0]), int(served[1:].sum() - served[cause.team or 0])
    if not others or not ours or not theirs or not sum(row[-2] for row in own):
        return []
    return [
        _described(what, "per 1,000", *(1000 * sum(r[c] for r in g) / n for g, n in ((others, theirs), (own, ours))), theirs, ours)
        for what, c in (("complaints", -2), ("escalations", -1))
    ]  # fmt: skip


def effects_of(world: World) -> dict[str, Any]:
    """The true effects in log-odds, with what was planted on a person added, for checking attribution."""
    planted = {
        s.worker: s.by
        for cause in world.causes
        for s in cause.shifts
        if s.column == "ease" and s.worker is not None
    }
    numbers = world.staff.numbers
    return {
        "mechanisms": {mechanism.slug: mechanism.ease for mechanism in world.mechanisms},
        "teams": {
            team.name: round(float(e), 5)
            for team, e in zip(world.staff.teams, world.effects.team, strict=True)
        },
        "workers": {
            str(numbers[i]): round(float(world.effects.worker[i] + planted.get(i, 0.0)), 5)
            for i, person in enumerate(world.staff.people)
            if person.serves
        },
        "spreads": {"worker and mechanism": 0.20, "day": 0.08, "customer": 0.30},
    }
