"""What happened in each interaction: times, promises kept, whether the matter was settled, what the customer says."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .causes import Cause, Cut, Shift, named, shifts_of
from .frame import PRODUCTS, Floats, Rows, yearly
from .mechanisms import Mechanism
from .people import Staff
from .sizes import Window

Mask = NDArray[np.bool_]
UNKNOWN = -1
"""A missing value in every outcome column; written as null."""

SETTLED = 0.74
REPEAT = 0.085
CUTS = np.array([-2.3, -1.3, -0.35, 1.2])
"""The latent satisfaction at which an answer turns from 1 to 2, 2 to 3, 3 to 4 and 4 to 5."""
FIXED = {
    "handling_time": np.int32, "talk_time": np.int32, "wrap_time": np.int32, "time_to_resolve": np.float64,
    "wait_time": np.int32, "transfers": np.int8, "repeat_contact": np.int8, "resolved_first": np.int8, "csat": np.int8,
    "nps": np.int8, "effort": np.int8, "abandoned": np.int8, "lines": np.int8, "line_errors": np.int8,
    "parcel_lost": np.int8,
}  # fmt: skip
Outcomes = dict[str, NDArray[np.generic]]


@dataclass(frozen=True)
class Effects:
    """True effects in log-odds (speed: log of time); arrays by team, worker, pair, day or month."""

    team: Floats
    worker: Floats
    speed: Floats
    pair: Floats
    """(people, mechanisms): some are better at one thing than at another."""
    day: Floats
    """(days, mechanisms): good and bad days, so that counts are over-dispersed."""
    stress: Floats
    """(months, teams), in standard deviations; reaches customers a month later."""
    temper: Floats
    """By customer."""


STRESS_ON_CSAT = -0.15


def draw_effects(
    rng: np.random.Generator, staff: Staff, mechanisms: tuple[Mechanism, ...], window: Window, customers: int
) -> Effects:
    """Effects with the spreads of the house: team .25, worker .20, worker and mechanism .20, day .08, customer .30."""
    people, kinds = len(staff.people), len(mechanisms)
    team = rng.normal(0, 0.25, len(staff.teams))
    return Effects(
        team=team - team.mean(),
        worker=rng.normal(0, 0.20, people),
        speed=rng.normal(0, 0.10, people),
        pair=rng.normal(0, 0.20, (people, kinds)),
        day=rng.normal(0, 0.08, (window.days, kinds)),
        stress=_stress(rng, len(window.months), len(staff.teams)),
        temper=rng.normal(0, 0.30, customers),
    )


def _stress(rng: np.random.Generator, months: int, teams: int, keep: float = 0.3) -> Floats:
    """A first-order autoregressive series of unit variance for each team."""
    series = rng.normal(0, 1, (months, teams))
    for month in range(1, months):
        series[month] = keep * series[month - 1] + np.sqrt(1 - keep**2) * series[month]
    return series


def empty_outcomes(mechanisms: tuple[Mechanism, ...], count: int) -> Outcomes:
    """Every column, all unknown."""
    promises = {m.promise.column: np.int8 for m in mechanisms if m.promise}
    kinds: dict[str, type[np.generic]] = FIXED | promises
    return {name: np.full(count, UNKNOWN, dtype=kind) for name, kind in kinds.items()}


@dataclass(frozen=True)
class Desk:
    """The rows of one mechanism, with what was planted there."""

    rng: np.random.Generator
    mechanism: Mechanism
    rows: Rows
    index: NDArray[np.int64]
    base: Floats
    """Log-odds of being well served, for each row of the desk."""
    mood: Floats
    """What moves satisfaction only: strain in the team a month ago, the customer's temper."""
    speed: Floats
    """Log of the worker's own pace."""
    busy: Floats
    """Log of how busy the time of year is."""
    shifts: tuple[Shift, ...]
    weekday: NDArray[np.int64]

    @property
    def count(self) -> int:
        return len(self.index)

    @property
    def own(self) -> Floats:
        """What is left of `base` once the mechanism's own ease is taken out."""
        return self.base - self.mechanism.ease

    def shift(self, column: str) -> Floats:
        """The sum of what was planted on a column."""
        total = np.zeros(self.count)
        for shift in self.shifts:
            if shift.column == column:
                total += shift.by * self._reach(shift)
        return total

    def _reach(self, shift: Shift) -> Floats:
        at = self.rows.at[self.index]
        reach = ((at >= shift.start) & (at < shift.end)).astype(float)
        if shift.shape == "mondays":
            reach *= self.weekday == 0
        if shift.shape == "ramp":
            reach *= (at - shift.start) / (shift.end - shift.start)
        if shift.worker is not None:
            reach *= self.rows.worker[self.index] == shift.worker
        if shift.product is not None:
            reach *= self.rows.product[self.index] == PRODUCTS.index(shift.product)
        return reach

    def yes(self, log_odds: Floats) -> Mask:
        return self.rng.random(self.count) < 1 / (1 + np.exp(-log_odds))


def fill_outcomes(
    rng: np.random.Generator,
    rows: Rows,
    mechanisms: tuple[Mechanism, ...],
    effects: Effects,
    causes: tuple[Cause, ...],
    window: Window,
) -> Outcomes:
    """Every outcome of every row. Callers who hang up lose their worker in `rows`."""
    columns = empty_outcomes(mechanisms, len(rows))
    order = np.argsort(rows.mechanism, kind="stable")
    ends = np.searchsorted(rows.mechanism[order], np.arange(len(mechanisms) + 1))
    for place, mechanism in enumerate(mechanisms):
        index = order[ends[place] : ends[place + 1]]
        desk = _desk(rng, place, mechanism, rows, index, effects, causes, window)
        for name, values in serve(desk, causes).items():
            columns[name][index] = values
    rows.worker[columns["abandoned"] == 1] = -1
    return columns


def _desk(
    rng: np.random.Generator,
    place: int,
    mechanism: Mechanism,
    rows: Rows,
    index: NDArray[np.int64],
    effects: Effects,
    causes: tuple[Cause, ...],
    window: Window,
) -> Desk:
    worker, team, day = rows.worker[index], rows.team[index], rows.day[index]
    known = worker >= 0
    base = mechanism.ease + effects.team[team] * mechanism.served + effects.day[day, place]
    base += np.where(known, effects.worker[worker] + effects.pair[worker, place], 0.0)
    before = np.maximum(window.month_of_day[day] - 1, 0)
    strain = STRESS_ON_CSAT * effects.stress[before, team] * mechanism.served
    desk = Desk(
        rng, mechanism, rows, index, base,
        mood=strain + effects.temper[rows.customer[index]],
        speed=np.where(known, effects.speed[worker], 0.0),
        busy=np.log(yearly(window))[day],
        shifts=tuple(s for s in shifts_of(causes) if s.mechanism in ("", mechanism.slug)),
        weekday=window.weekday[day],
    )  # fmt: skip
    return replace(desk, base=base + desk.shift("ease"))


def serve(desk: Desk, causes: tuple[Cause, ...]) -> dict[str, NDArray[np.generic]]:
    """All outcomes of one mechanism."""
    wait, gone = _queue(desk)
    old = _backlog(desk, causes)
    kept = _promise(desk) & ~old
    settled = desk.yes(_logit(SETTLED) + desk.base - 1.2 * (~kept))
    repeat = desk.yes(_logit(REPEAT) + 0.95 * (~settled) - 0.45 * desk.base + desk.shift("repeat_contact"))
    out: dict[str, NDArray[np.generic]] = _times(desk, causes)
    out |= {"resolved_first": settled, "repeat_contact": repeat}
    hours = np.where(old, desk.rng.uniform(240, 620, desk.count), _hours(desk, kept, settled))
    out["time_to_resolve"] = np.round(hours, 2)
    if desk.mechanism.promise:
        out[desk.mechanism.promise.column] = kept == (desk.mechanism.promise.good == "high")
    out |= _answers(desk, kept, settled, wait)
    out |= _extras(desk, kept)
    out = {name: np.where(gone, UNKNOWN, values) for name, values in out.items()}
    if desk.mechanism.wait is not None:
        out |= {"wait_time": np.round(wait), "abandoned": gone}
    return out


def _queue(desk: Desk) -> tuple[Floats, Mask]:
    """Seconds of waiting, and who gave up."""
    usual = desk.mechanism.wait
    if usual is None or desk.mechanism.abandoned is None:
        return np.zeros(desk.count), np.zeros(desk.count, dtype=bool)
    noise = desk.rng.normal(-0.32, 0.8, desk.count)
    wait = usual * np.exp(noise + 0.35 * desk.busy + desk.shift("wait_time"))
    gone = desk.yes(
        _logit(desk.mechanism.abandoned) + 0.3 * (np.log(wait / usual) + 0.32) + desk.shift("abandoned")
    )
    return wait, gone


def _promise(desk: Desk) -> Mask:
    """Whether the mechanism's own promise was kept."""
    promise = desk.mechanism.promise
    if promise is None:
        return np.ones(desk.count, dtype=bool)
    sign = 1 if promise.good == "high" else -1
    usual = sign * _logit(promise.share)
    late = 1.2 * desk.busy * (desk.mechanism.base == "home-delivery")
    return desk.yes(usual + 0.6 * desk.own + sign * desk.shift(promise.column) - late)


def _times(desk: Desk, causes: tuple[Cause, ...]) -> dict[str, NDArray[np.generic]]:
    """Handling, talk and wrap-up time in seconds, and transfers."""
    usual = desk.mechanism.handling
    if usual is None:
        return {}
    noise = desk.rng.normal(-0.1, 0.45, desk.count)
    handling = usual * np.exp(noise + desk.speed + desk.shift("handling_time"))
    transfers = desk.rng.poisson(desk.mechanism.transfers * np.exp(-0.4 * desk.own), desk.count)
    for cause in causes:
        if cause.cut is not None and cause.cut.mechanism == desk.mechanism.slug:
            handling, transfers = _cut_short(desk, cause.cut, handling, transfers)
    whole = np.maximum(np.round(handling), 5)
    out: dict[str, NDArray[np.generic]] = {"handling_time": whole}
    if desk.mechanism.transfers:
        out["transfers"] = np.minimum(transfers, 6)
    if desk.mechanism.talk is not None:
        share = np.clip(desk.rng.normal(desk.mechanism.talk, 0.07, desk.count), 0.3, 0.97)
        out["talk_time"] = np.round(whole * share)
        out["wrap_time"] = whole - out["talk_time"]  # type: ignore[operator]
    return out


def _cut_short(
    desk: Desk, cut: Cut, handling: Floats, transfers: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64]]:
    long = (desk.rows.at[desk.index] >= cut.start) & (handling > cut.limit)
    handed_on = long & (desk.rng.random(desk.count) < cut.share)
    just_before = cut.limit - desk.rng.exponential(14, desk.count)
    return np.where(handed_on, np.maximum(just_before, 60), handling), transfers + handed_on


def _backlog(desk: Desk, causes: tuple[Cause, ...]) -> Mask:
    """Old cases that were closed on the day of the backlog."""
    backlog = named(causes, "backlog-day")
    if backlog is None or backlog.mechanism != desk.mechanism.slug:
        return np.zeros(desk.count, dtype=bool)
    at = desk.rows.at[desk.index]
    return (at >= backlog.start) & (at < backlog.end) & (desk.rng.random(desk.count) < 0.8)


def _hours(desk: Desk, kept: Mask, settled: Mask) -> Floats:
    """Hours until the matter was settled; a promise with a clock is kept exactly when its clock is."""
    promise = desk.mechanism.promise
    if promise is None or promise.hours is None:
        usual = desk.mechanism.hours * np.exp(desk.rng.normal(-0.18, 0.6, desk.count))
        return usual * np.where(settled, 1.0, 2.5)
    inside = promise.hours * desk.rng.beta(2.6, 1.9, desk.count)
    outside = promise.hours * (1.001 + desk.rng.exponential(0.55, desk.count))
    return np.where(kept, np.minimum(inside, 0.999 * promise.hours), outside)


def _answers(desk: Desk, kept: Mask, settled: Mask, wait: Floats) -> dict[str, NDArray[np.generic]]:
    """CSAT 1-5, NPS 0-10 and effort 1-7 of the minority who answer."""
    felt = 0.7 + 0.8 * desk.base + 0.9 * (settled - SETTLED) - 1.5 * (~kept) + desk.mood + desk.shift("csat")
    if desk.mechanism.wait:
        felt -= 0.15 * (np.log((wait + 1) / desk.mechanism.wait) + 0.32)
    csat = 1 + np.searchsorted(CUTS, felt + desk.rng.logistic(0, 1, desk.count))
    nps = np.clip(np.round(5.9 + 1.15 * felt + desk.rng.normal(0, 2.0, desk.count)), 0, 10)
    effort = np.clip(np.round(3.7 - 0.65 * felt + desk.rng.normal(0, 1.1, desk.count)), 1, 7)
    often = 1.0 if desk.mechanism.served else 0.45
    return {
        "csat": _answered(desk, csat, often * np.where(kept, 0.17, 0.23)),
        "nps": _answered(desk, nps, np.full(desk.count, 0.06 * often)),
        "effort": _answered(desk, effort, np.full(desk.count, 0.10 * often)),
    }


def _answered(desk: Desk, values: NDArray[np.generic], share: Floats) -> NDArray[np.generic]:
    return np.where(desk.rng.random(desk.count) < share, values, UNKNOWN)


def _extras(desk: Desk, kept: Mask) -> dict[str, NDArray[np.generic]]:
    """Order lines and their errors while packing; parcels lost on the way."""
    if desk.mechanism.base == "pick-and-pack":
        lines = 1 + desk.rng.poisson(1.6, desk.count).clip(0, 20)
        return {"lines": lines, "line_errors": np.where(kept, 0, 1 + desk.rng.binomial(lines - 1, 0.05))}
    if desk.mechanism.base == "home-delivery":
        return {"parcel_lost": desk.rng.random(desk.count) < 0.0003}
    return {}


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
