"""Which customers write, and about what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .frame import PRODUCTS, Rows
from .outcomes import Outcomes
from .seasons import Floats
from .setting import Setting

Index = NDArray[np.int64]
TOPIC = "<U16"
CONTENT = ("praise", "question")
BROKEN = {
    "pick-and-pack": ("wrong_item", 1.0),
    "returns-and-refunds": ("refund_late", 0.5),
    "sign-in": ("signin", 0.3),
    "home-delivery": ("late_delivery", 0.4),
    "complaint-desk": ("complaint_stuck", 0.5),
    "callback": ("callback_missed", 0.4),
    "product-advice": ("advice", 0.25),
    "mail-desk": ("no_answer", 0.4),
    "order-change": ("order_change", 0.6),
    "online-payment": ("payment", 0.7),
}
"""What a broken promise is called, and how readily a customer writes about it."""
READILY_CONTENT = 0.004
LAST_RESORT = 1e-12
"""Weight of what is taken only when nothing else is left: further contacts of the caller."""
SILENT_FACTOR, OUTAGE_FACTOR = 2.0, 6.0
SURVEY_SHARE, NEW_SHARE, CALM_SHARE = 0.12, 0.012, 0.02
FEWEST_PLANTED = 6
SIGNALS_PER_CALL = 232
"""The caller writes one in so many of all signals: 86 of 20,000."""


@dataclass(frozen=True)
class Voices:
    """Chosen interactions and their topics, not yet in words; one value each a signal."""

    row: Index
    topic: NDArray[np.str_]
    survey: NDArray[np.bool_]

    def about(self, topic: str) -> int:
        return int((self.topic == topic).sum())


def choose_voices(
    rng: np.random.Generator, rows: Rows, outcomes: Outcomes, setting: Setting, caller: Index, count: int
) -> Voices:
    """`count` different interactions that a customer writes about; the planted ones first."""
    topic, weight = _moods(rng, rows, outcomes, setting)
    _weigh_causes(rows, weight, setting)
    planted = _planted(rng, rows, outcomes, setting, caller, count)
    weight[caller] = LAST_RESORT
    for index in planted.values():
        weight[index] = 0
    rest = count - sum(map(len, planted.values()))
    survey = _surveyed(rng, rows, weight, setting, min(rest, round(count * SURVEY_SHARE)))
    weight[survey] = 0
    usual = _draw(rng, weight, rest - len(survey))
    parts = [(usual, topic[usual]), (survey, topic[survey])]
    parts += [(index, np.full(len(index), name, dtype=TOPIC)) for name, index in planted.items()]
    row = np.concatenate([index for index, _ in parts])
    return Voices(row, np.concatenate([topics for _, topics in parts]), np.isin(row, survey))


def _moods(
    rng: np.random.Generator, rows: Rows, outcomes: Outcomes, setting: Setting
) -> tuple[NDArray[np.str_], Floats]:
    """What the customer of each row would write about, and how readily; the last letdown wins."""
    topic = np.where(rng.random(len(rows)) < 0.7, *CONTENT).astype(TOPIC)
    weight = np.full(len(rows), READILY_CONTENT)
    usual = np.array([mechanism.wait or np.inf for mechanism in setting.mechanisms])[rows.mechanism]
    letdowns = [
        (outcomes["resolved_first"] == 0, "unresolved", 0.05),
        (outcomes["wait_time"] > 3 * usual, "long_wait", 0.12),
        (outcomes["transfers"] >= 2, "transferred", 0.25),
        (outcomes["abandoned"] == 1, "long_wait", 0.12),
        *_broken(rows, outcomes, setting),
    ]
    for happened, name, readily in letdowns:
        topic[happened], weight[happened] = name, readily
    cross = (outcomes["csat"] > 0) & (outcomes["csat"] <= 2)
    topic[cross & np.isin(topic, CONTENT)] = "unresolved"
    weight[cross] = np.maximum(weight[cross] * 2, 0.08)
    return topic, weight


def _broken(rows: Rows, outcomes: Outcomes, setting: Setting) -> list[tuple[NDArray[np.bool_], str, float]]:
    """Broken promises, mechanism by mechanism."""
    found = []
    for place, mechanism in enumerate(setting.mechanisms):
        if mechanism.promise is not None:
            bad = 0 if mechanism.promise.good == "high" else 1
            happened = (rows.mechanism == place) & (outcomes[mechanism.promise.column] == bad)
            found.append((happened, *BROKEN[mechanism.base]))
    return found


def _weigh_causes(rows: Rows, weight: Floats, setting: Setting) -> None:
    silent, outage = setting.planted("silent-team"), setting.planted("login-outage")
    if silent is not None:
        weight[rows.team == silent.team] *= SILENT_FACTOR
    if outage is not None:
        during = (rows.at >= outage.start) & (rows.at < outage.end)
        weight[during & (rows.mechanism == setting.place(outage))] *= OUTAGE_FACTOR


def _planted(
    rng: np.random.Generator, rows: Rows, outcomes: Outcomes, setting: Setting, caller: Index, count: int
) -> dict[str, Index]:
    """Signals by topic: the caller, the new product, parcels marked as delivered too early."""
    calls = min(max(FEWEST_PLANTED, count // SIGNALS_PER_CALL), count // 8)
    planted = {"caller": caller[:calls]}
    free = np.ones(len(rows))
    free[caller] = 0
    launch, calm = setting.planted("new-product"), setting.planted("marked-delivered")
    if launch is not None and launch.product is not None:
        fits = (rows.product == PRODUCTS.index(launch.product)) & (rows.at >= launch.start)
        planted["new_product"] = _draw(rng, free * fits, _part(count, NEW_SHARE))
        free[planted["new_product"]] = 0
    if calm is not None:
        fits = (rows.mechanism == setting.place(calm)) & (outcomes["delivered_on_day"] == 1)
        grown = np.clip((rows.at - calm.start) / (calm.end - calm.start), 0, 1)
        planted["marked_delivered"] = _draw(rng, free * fits * grown, _part(count, CALM_SHARE))
    return planted


def _part(count: int, share: float) -> int:
    """A share of all signals, a few where there are few, and none where there are next to none."""
    return min(max(FEWEST_PLANTED, round(count * share)), count // 8)


def _surveyed(rng: np.random.Generator, rows: Rows, weight: Floats, setting: Setting, count: int) -> Index:
    """Whoever is asked: anybody from the start of the survey on."""
    start = setting.planted("survey-starts")
    if start is None:
        return np.empty(0, dtype=np.int64)
    return _draw(rng, ((rows.at >= start.start) & (weight > 0)).astype(float), count)


def _draw(rng: np.random.Generator, weight: Floats, count: int) -> Index:
    """`count` different places by weight (log weight plus Gumbel noise), or all that weigh anything."""
    able = np.flatnonzero(weight > 0)
    count = min(max(count, 0), len(able))
    if count in (0, len(able)):
        return able[:count]
    keys = np.log(weight[able]) + rng.gumbel(size=len(able))
    return np.sort(able[np.argpartition(-keys, count)[:count]])
