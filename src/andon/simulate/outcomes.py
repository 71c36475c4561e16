"""What happened in each interaction: times, promises, whether it was settled, what the customer says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .causes import Cause, Cut
from .desk import Desk, Mask, open_desk
from .effects import Effects
from .frame import NOBODY, Rows
from .mechanisms import Mechanism, Promise
from .seasons import Floats
from .setting import Setting

UNKNOWN = -1
"""A missing value in every outcome column; written as null."""
SECONDS = ("handling_time", "talk_time", "wrap_time", "wait_time")
NUMBERS = ("transfers", "csat", "nps", "effort", "lines", "line_errors")
YES_NO = ("repeat_contact", "resolved_first", "abandoned", "parcel_lost")
Outcomes = dict[str, NDArray[Any]]

SETTLED, REPEAT = 0.74, 0.085
CUTS = np.array([-2.3, -1.3, -0.35, 1.2])
"""The latent satisfaction at which an answer turns from 1 to 2, 2 to 3, 3 to 4 and 4 to 5."""


def fill_outcomes(rng: np.random.Generator, rows: Rows, effects: Effects, setting: Setting) -> Outcomes:
    """Every outcome of every row. Callers who hang up lose their worker in `rows`."""
    columns = empty_outcomes(setting.mechanisms, len(rows))
    order = np.argsort(rows.mechanism, kind="stable")
    ends = np.searchsorted(rows.mechanism[order], np.arange(len(setting.mechanisms) + 1))
    for place in range(len(setting.mechanisms)):
        index = order[ends[place] : ends[place + 1]]
        desk = open_desk(rng, place, rows, index, effects, setting)
        for name, values in serve(desk, setting).items():
            columns[name][index] = values
    rows.worker[columns["abandoned"] == 1] = NOBODY
    return columns


def empty_outcomes(mechanisms: tuple[Mechanism, ...], count: int) -> Outcomes:
    """Every column, all unknown: seconds, hours, small numbers, and yes/no as 1/0."""
    promises = dict.fromkeys(m.promise.column for m in mechanisms if m.promise)
    small = (*NUMBERS, *YES_NO, *promises)
    columns: Outcomes = {name: np.full(count, UNKNOWN, dtype=np.int32) for name in SECONDS}
    columns["time_to_resolve"] = np.full(count, UNKNOWN, dtype=np.float64)
    return columns | {name: np.full(count, UNKNOWN, dtype=np.int8) for name in small}


def serve(desk: Desk, setting: Setting) -> Outcomes:
    """All outcomes of one mechanism. Who gives up while waiting is not served."""
    wait, gone = _queue(desk)
    old = _backlog(desk, setting.planted("backlog-day"))
    kept = _promise(desk) & ~old
    settled = desk.yes(settled_odds(desk, kept))
    hours = np.where(old, desk.rng.uniform(240, 620, desk.count), _hours(desk, kept, settled))
    out: Outcomes = {
        "resolved_first": settled,
        "repeat_contact": desk.yes(again_odds(desk, settled)),
        "time_to_resolve": np.round(hours, 2),
        **_times(desk, setting.causes),
        **_answers(desk, kept, settled, wait),
        **_extras(desk, kept),
    }
    if desk.mechanism.promise is not None:
        out[desk.mechanism.promise.column] = kept == (desk.mechanism.promise.good == "high")
    out = {name: np.where(gone, UNKNOWN, values) for name, values in out.items()}
    return out if desk.mechanism.wait is None else out | {"wait_time": np.round(wait), "abandoned": gone}


def _queue(desk: Desk) -> tuple[Floats, Mask]:
    """Seconds of waiting, and who gave up."""
    usual = desk.mechanism.wait
    if usual is None or desk.mechanism.abandoned is None:
        return np.zeros(desk.count), np.zeros(desk.count, dtype=bool)
    noise = desk.rng.normal(-0.32, 0.8, desk.count)
    wait = usual * np.exp(noise + 0.35 * desk.busy + desk.shift("wait_time"))
    patience = 0.3 * (np.log(wait / usual) + 0.32)
    return wait, desk.yes(_logit(desk.mechanism.abandoned) + patience + desk.shift("abandoned"))


def _backlog(desk: Desk, backlog: Cause | None) -> Mask:
    """Old cases that were closed on the day of the backlog."""
    if backlog is None or backlog.mechanism != desk.mechanism.slug:
        return np.zeros(desk.count, dtype=bool)
    return desk.during(backlog.start, backlog.end) & (desk.rng.random(desk.count) < 0.8)


def _promise(desk: Desk) -> Mask:
    """Whether the mechanism's own promise was kept."""
    if desk.mechanism.promise is None:
        return np.ones(desk.count, dtype=bool)
    return desk.yes(kept_odds(desk, desk.mechanism.promise))


def kept_odds(desk: Desk, promise: Promise) -> Floats:
    """Log-odds that a promise is kept."""
    sign = 1 if promise.good == "high" else -1
    late = 1.2 * desk.busy if desk.mechanism.base == "home-delivery" else 0.0
    return sign * (_logit(promise.share) + desk.shift(promise.column)) + 0.6 * desk.own - late


def settled_odds(desk: Desk, kept: Mask) -> Floats:
    """Log-odds that a matter is settled at once."""
    return _logit(SETTLED) + desk.base - 1.2 * (~kept)


def again_odds(desk: Desk, settled: Mask) -> Floats:
    """Log-odds that the customer has to come back."""
    return _logit(REPEAT) + 0.95 * (~settled) - 0.45 * desk.base + desk.shift("repeat_contact")


def satisfaction(desk: Desk, kept: Mask, settled: Mask, wait: Floats) -> Floats:
    """The latent satisfaction, but for its logistic noise."""
    felt: Floats = (
        0.7 + 0.8 * desk.base + 0.9 * (settled - SETTLED) - 1.5 * (~kept) + desk.mood + desk.shift("csat")
    )
    if desk.mechanism.wait is not None:
        felt -= 0.15 * (np.log((wait + 1) / desk.mechanism.wait) + 0.32)
    return felt


def answering(desk: Desk, kept: Mask) -> Floats:
    """Share of customers who say how satisfied they are: of those let down, more do."""
    often = 1.0 if desk.mechanism.served else 0.45
    share: Floats = often * np.where(kept, 0.17, 0.23)
    return share


def _times(desk: Desk, causes: tuple[Cause, ...]) -> Outcomes:
    """Handling, talk and wrap-up time in seconds, and transfers."""
    usual = desk.mechanism.handling
    if usual is None:
        return {}
    noise = desk.rng.normal(-0.1, 0.45, desk.count)
    handling = usual * np.exp(noise + desk.pace + desk.shift("handling_time"))
    transfers = desk.rng.poisson(desk.mechanism.transfers * np.exp(-0.4 * desk.own), desk.count)
    for cause in causes:
        if cause.cut is not None and cause.mechanism == desk.mechanism.slug:
            handed_on = _handed_on(desk, cause, cause.cut, handling)
            before = cause.cut.limit - desk.rng.exponential(14, desk.count)
            handling, transfers = np.where(handed_on, np.maximum(before, 60), handling), transfers + handed_on
    whole = np.maximum(np.round(handling), 5)
    known = {"transfers": np.minimum(transfers, 6)} if desk.mechanism.transfers else {}
    return {"handling_time": whole, **known, **_talk(desk, whole)}


def _handed_on(desk: Desk, cause: Cause, cut: Cut, handling: Floats) -> Mask:
    long = desk.during(cause.start, cause.end) & (handling > cut.limit)
    return long & (desk.rng.random(desk.count) < cut.share)


def _talk(desk: Desk, handling: Floats) -> Outcomes:
    if desk.mechanism.talk is None:
        return {}
    share = np.clip(desk.rng.normal(desk.mechanism.talk, 0.07, desk.count), 0.3, 0.97)
    talk = np.round(handling * share)
    return {"talk_time": talk, "wrap_time": handling - talk}


def _hours(desk: Desk, kept: Mask, settled: Mask) -> Floats:
    """Hours until the matter was settled; a promise with a clock is kept exactly when its clock is."""
    promise = desk.mechanism.promise
    if promise is None or promise.hours is None:
        usual = desk.mechanism.hours * np.exp(desk.rng.normal(-0.18, 0.6, desk.count))
        return usual * np.where(settled, 1.0, 2.5)
    inside = np.minimum(promise.hours * desk.rng.beta(2.6, 1.9, desk.count), 0.999 * promise.hours)
    outside = promise.hours * (1.001 + desk.rng.exponential(0.55, desk.count))
    return np.where(kept, inside, outside)


def _answers(desk: Desk, kept: Mask, settled: Mask, wait: Floats) -> Outcomes:
    """CSAT 1-5, NPS 0-10 and effort 1 (easy) to 7 (hard) of the minority who answer."""
    felt = satisfaction(desk, kept, settled, wait)
    csat = 1 + np.searchsorted(CUTS, felt + desk.rng.logistic(0, 1, desk.count))
    nps = np.clip(np.round(5.9 + 1.15 * felt + desk.rng.normal(0, 2.0, desk.count)), 0, 10)
    effort = np.clip(np.round(3.7 - 0.65 * felt + desk.rng.normal(0, 1.1, desk.count)), 1, 7)
    often = 1.0 if desk.mechanism.served else 0.45
    return {
        "csat": _answered(desk, csat, answering(desk, kept)),
        "nps": _answered(desk, nps, 0.06 * often),
        "effort": _answered(desk, effort, 0.10 * often),
    }


def _answered(desk: Desk, values: NDArray[Any], share: Floats | float) -> NDArray[Any]:
    return np.where(desk.rng.random(desk.count) < share, values, UNKNOWN)


def _extras(desk: Desk, kept: Mask) -> Outcomes:
    """Order lines and their errors while packing; parcels lost on the way."""
    if desk.mechanism.base == "pick-and-pack":
        lines = 1 + desk.rng.poisson(1.6, desk.count).clip(0, 20)
        return {"lines": lines, "line_errors": np.where(kept, 0, 1 + desk.rng.binomial(lines - 1, 0.05))}
    if desk.mechanism.base == "home-delivery":
        return {"parcel_lost": desk.rng.random(desk.count) < 0.0003}
    return {}


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
