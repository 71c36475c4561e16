"""Which customers write, about what, when and how: the rows of signals.csv before they are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .causes import Cause, named
from .frame import PRODUCTS, REGIONS, Floats, Rows
from .mechanisms import Mechanism
from .names import customer_contact, customer_ids, customer_name
from .outcomes import Outcomes
from .sizes import Window, at_midnight
from .texts import COMPLAINING, TONE_SHARES, Dice, Wish, compose

Index = NDArray[np.int64]
BROKEN = {
    "pick-and-pack": ("wrong_item", 1.0), "returns-and-refunds": ("refund_late", 0.5), "sign-in": ("signin", 0.3),
    "home-delivery": ("late_delivery", 0.4), "complaint-desk": ("complaint_stuck", 0.5),
    "callback": ("callback_missed", 0.4), "product-advice": ("advice", 0.25), "mail-desk": ("no_answer", 0.4),
    "order-change": ("order_change", 0.6), "online-payment": ("payment", 0.7),
}  # fmt: skip
"""What a broken promise is called, and how readily a customer writes about it."""
LANGUAGE_OF = {"Germany": "de", "Spain": "es", "France": "fr", "Netherlands": "nl"}
OWN_LANGUAGE_PERCENT = 60
CHANNELS = ("email", "call note", "chat", "review", "form")
CHANNEL_SHARES = (0.40, 0.22, 0.18, 0.12, 0.08)
UNASSIGNED = 0.40
SILENT_FACTOR = 2.0
OUTAGE_FACTOR = 6.0
SURVEY_SHARE, NEW_SHARE, CALM_SHARE = 0.12, 0.012, 0.02
FEWEST_PLANTED = 6
SIGNALS_PER_CALLER_SIGNAL = 232


@dataclass(frozen=True)
class Voices:
    """Chosen interactions and their topics, not yet in words; one value each a signal."""

    row: Index
    topic: NDArray[np.str_]
    survey: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Signal:
    """One row of signals.csv, in the order of its columns."""

    at: str
    customer: str
    name: str
    contact: str
    channel: str
    language: str
    text: str
    rating: str
    rating_kind: str
    product: str
    region: str
    mechanism: str
    reference: str


def choose_voices(
    rng: np.random.Generator,
    rows: Rows,
    outcomes: Outcomes,
    mechanisms: tuple[Mechanism, ...],
    causes: tuple[Cause, ...],
    caller: Index,
    count: int,
) -> Voices:
    """Exactly `count` interactions (or all there are) that a customer writes about."""
    topic, weight = _moods(rng, rows, outcomes, mechanisms)
    _weigh_causes(rows, weight, causes)
    planted = _planted(rng, rows, outcomes, mechanisms, causes, caller, count)
    for _, index in planted:
        weight[index] = 0
    rest = count - sum(len(index) for _, index in planted)
    survey = _surveyed(rng, rows, weight, causes, min(rest, round(count * SURVEY_SHARE)))
    weight[survey] = 0
    usual = _draw(rng, weight, rest - len(survey))
    index = np.concatenate([usual, survey, *(index for _, index in planted)])
    topics = [topic[usual], topic[survey], *(np.full(len(i), name, dtype="<U16") for name, i in planted)]
    asked = np.zeros(len(index), dtype=bool)
    asked[len(usual) : len(usual) + len(survey)] = True
    return Voices(index, np.concatenate(topics), asked)


def _moods(
    rng: np.random.Generator, rows: Rows, outcomes: Outcomes, mechanisms: tuple[Mechanism, ...]
) -> tuple[NDArray[np.str_], Floats]:
    """For each row, what its customer would write about and how readily; the worst letdown wins."""
    happy = rng.random(len(rows)) < 0.7
    topic = np.where(happy, "praise", "question").astype("<U16")
    weight = np.full(len(rows), 0.004)
    usual = np.array([mechanism.wait or np.inf for mechanism in mechanisms])[rows.mechanism]
    letdowns = [
        (outcomes["resolved_first"] == 0, "unresolved", 0.05),
        (outcomes["wait_time"] > 3 * usual, "long_wait", 0.12),
        (outcomes["transfers"] >= 2, "transferred", 0.25),
        (outcomes["abandoned"] == 1, "long_wait", 0.12),
    ]
    for happened, name, readily in [*letdowns, *_broken(rows, outcomes, mechanisms)]:
        topic[happened], weight[happened] = name, readily
    cross = (outcomes["csat"] > 0) & (outcomes["csat"] <= 2)
    topic[cross & np.isin(topic, ("praise", "question"))] = "unresolved"
    weight[cross] = np.maximum(weight[cross] * 2, 0.08)
    return topic, weight


def _broken(
    rows: Rows, outcomes: Outcomes, mechanisms: tuple[Mechanism, ...]
) -> list[tuple[NDArray[np.bool_], str, float]]:
    found = []
    for place, mechanism in enumerate(mechanisms):
        if mechanism.promise is not None:
            name, readily = BROKEN[mechanism.base]
            bad = 0 if mechanism.promise.good == "high" else 1
            happened = (rows.mechanism == place) & (outcomes[mechanism.promise.column] == bad)
            found.append((happened, name, readily))
    return found


def _weigh_causes(rows: Rows, weight: Floats, causes: tuple[Cause, ...]) -> None:
    silent, outage = named(causes, "silent-team"), named(causes, "login-outage")
    if silent is not None:
        weight[rows.team == silent.team] *= SILENT_FACTOR
    if outage is not None:
        during = (rows.at >= outage.start) & (rows.at < outage.end) & (rows.worker < 0)
        weight[during] *= OUTAGE_FACTOR


def _planted(
    rng: np.random.Generator,
    rows: Rows,
    outcomes: Outcomes,
    mechanisms: tuple[Mechanism, ...],
    causes: tuple[Cause, ...],
    caller: Index,
    count: int,
) -> list[tuple[str, Index]]:
    """The signals of the caller, of the new product, and of parcels marked as delivered too early."""
    planted = [("caller", caller[: count // SIGNALS_PER_CALLER_SIGNAL + (count >= 50) * 3][: count // 8])]
    free = np.ones(len(rows))
    free[caller] = 0
    product, calm = named(causes, "new-product"), named(causes, "marked-delivered")
    if product is not None:
        fits = (rows.product == PRODUCTS.index(product.product or "")) & (rows.at >= product.start)
        planted.append(("new_product", _draw(rng, free * fits, _share(count, NEW_SHARE))))
        free[planted[-1][1]] = 0
    if calm is not None:
        slugs = [mechanism.slug for mechanism in mechanisms]
        fits = (rows.mechanism == slugs.index(calm.mechanism)) & (outcomes["delivered_on_day"] == 1)
        grown = np.clip((rows.at - calm.start) / (calm.end - calm.start), 0, 1)
        planted.append(("marked_delivered", _draw(rng, free * fits * grown, _share(count, CALM_SHARE))))
    return planted


def _share(count: int, share: float) -> int:
    return min(max(FEWEST_PLANTED, round(count * share)), count // 8)


def _surveyed(
    rng: np.random.Generator, rows: Rows, weight: Floats, causes: tuple[Cause, ...], count: int
) -> Index:
    """Whoever is asked: anybody served from the start of the survey on."""
    start = named(causes, "survey-starts")
    if start is None:
        return np.empty(0, dtype=np.int64)
    return _draw(rng, ((rows.at >= start.start) & (weight > 0)).astype(float), count)


def _draw(rng: np.random.Generator, weight: Floats, count: int) -> Index:
    """`count` different places, by weight (the largest of log weight plus Gumbel noise); fewer when fewer weigh anything."""
    able = np.flatnonzero(weight > 0)
    count = min(max(count, 0), len(able))
    keys = np.log(weight[able]) + rng.gumbel(size=len(able))
    return np.sort(able[np.argsort(-keys, kind="stable")[:count]])


def write_signals(
    rng: np.random.Generator,
    voices: Voices,
    rows: Rows,
    outcomes: Outcomes,
    mechanisms: tuple[Mechanism, ...],
    window: Window,
) -> list[Signal]:
    """The voices in words, in order of time."""
    at = _moments(rng, rows.at[voices.row], at_midnight(window.end))
    order = np.argsort(at, kind="stable")
    dice = Dice(rng)
    tones = rng.choice(COMPLAINING, len(order), p=TONE_SHARES)
    channels = rng.choice(CHANNELS, len(order), p=CHANNEL_SHARES)
    csat = outcomes["csat"][voices.row]
    customers = rows.customer[voices.row].astype(np.int64)
    ids = customer_ids(customers)
    slugs = [mechanism.slug for mechanism in mechanisms]
    return [
        _signal(
            str(at[i]), int(voices.row[i]), str(voices.topic[i]), str(tones[i]),
            "survey" if voices.survey[i] else str(channels[i]),
            int(customers[i]), str(ids[i]), int(csat[i]), rows, slugs, dice,
        )
        for i in order
    ]  # fmt: skip


def _moments(
    rng: np.random.Generator, at: NDArray[np.datetime64], end: np.datetime64
) -> NDArray[np.datetime64]:
    """People write within hours or days, here always before the end of the window."""
    delay = rng.exponential(18 * 3600, len(at))
    left = (end - at).astype(np.int64)
    delay = np.where(delay < left, delay, rng.random(len(at)) * (left - 1))
    return at + delay.astype("timedelta64[s]")


def _signal(
    at: str, row: int, topic: str, tone: str, channel: str, customer: int, id_: str, csat: int,
    rows: Rows, slugs: Sequence[str], dice: Dice,
) -> Signal:  # fmt: skip
    product, region = PRODUCTS[rows.product[row]], REGIONS[rows.region_of[customer]]
    language = _language(region, customer, topic)
    tone = _tone(topic, tone, dice)
    order = f"M{10_000_000 + row * 48_271 % 89_999_999}"
    text = compose(Wish(topic, tone, language, product, order), dice)
    rating, kind = _rating(channel, topic, csat, dice)
    return Signal(
        f"{at}Z", id_, customer_name(customer), customer_contact(customer, id_), channel, language, text,
        rating, kind, product, region,
        "" if dice.chance(UNASSIGNED) else slugs[rows.mechanism[row]],
        "" if dice.chance(0.2) else order,
    )  # fmt: skip


def _language(region: str, customer: int, topic: str) -> str:
    """Some write in their own language, others in English, and each customer always in the same."""
    own = customer * 7919 % 100 < OWN_LANGUAGE_PERCENT and topic != "caller"
    return LANGUAGE_OF.get(region, "en") if own else "en"


def _tone(topic: str, tone: str, dice: Dice) -> str:
    if topic == "praise":
        return "thankful" if dice.chance(0.75) else "terse"
    if topic == "question":
        return "polite" if dice.chance(0.7) else "terse"
    return tone


def _rating(channel: str, topic: str, csat: int, dice: Dice) -> tuple[str, str]:
    """A rating and its kind: stars on a review, one of three questions in a survey, else none."""
    if channel not in ("review", "survey"):
        return "", ""
    stars = csat if csat > 0 else dice.between(*_stars(topic))
    kind = "csat" if channel == "review" else dice.pick(("csat", "csat", "nps", "ces"))
    if kind == "nps":
        return str(min(10, max(0, 2 * stars + dice.between(-1, 1)))), kind
    if kind == "ces":
        return str(min(7, max(1, 8 - round(1.4 * stars) + dice.between(-1, 1)))), kind
    return str(stars), kind


def _stars(topic: str) -> tuple[int, int]:
    return {"praise": (4, 5), "question": (3, 4)}.get(topic, (1, 2))
