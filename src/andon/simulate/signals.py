"""The voices in words: the rows of signals.csv."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .frame import PRODUCTS, REGIONS, Rows
from .names import customer_contact, customer_ids, customer_name
from .outcomes import Outcomes
from .setting import Setting
from .sizes import at_midnight
from .texts import COMPLAINING, TONE_SHARES, Dice, Wish, Writer
from .voices import Voices

LANGUAGE_OF = {"Germany": "de", "Spain": "es", "France": "fr", "Netherlands": "nl"}
OWN_LANGUAGE_PERCENT = 60
CHANNELS = ("email", "call note", "chat", "review", "form")
CHANNEL_SHARES = (0.40, 0.22, 0.18, 0.12, 0.08)
SURVEY = "survey"
UNASSIGNED, WITHOUT_REFERENCE = 0.40, 0.20
WRITES_WITHIN_SECONDS = 18 * 3600


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


@dataclass(frozen=True, slots=True)
class Occasion:
    """One voice before it is put in words."""

    at: str
    row: int
    topic: str
    tone: str
    channel: str
    customer: int
    customer_id: str
    csat: int
    product: str
    region: str
    mechanism: str


def put_in_words(
    rng: np.random.Generator, voices: Voices, rows: Rows, outcomes: Outcomes, setting: Setting
) -> list[Signal]:
    """A signal for each voice, in order of time."""
    occasions = _occasions(rng, voices, rows, outcomes, setting)
    writer = Writer(Dice(rng))
    return [_signal(occasion, writer) for occasion in occasions]


def _occasions(
    rng: np.random.Generator, voices: Voices, rows: Rows, outcomes: Outcomes, setting: Setting
) -> list[Occasion]:
    row, count = voices.row, len(voices.row)
    at = _moments(rng, rows.at[row], at_midnight(setting.window.end))
    customer = rows.customer[row].astype(np.int64)
    channel = np.where(voices.survey, SURVEY, rng.choice(CHANNELS, count, p=CHANNEL_SHARES))
    columns = zip(
        np.datetime_as_string(at).tolist(),
        row.tolist(),
        voices.topic.tolist(),
        rng.choice(COMPLAINING, count, p=TONE_SHARES).tolist(),
        channel.tolist(),
        customer.tolist(),
        customer_ids(customer).tolist(),
        outcomes["csat"][row].tolist(),
        np.array(PRODUCTS)[rows.product[row]].tolist(),
        np.array(REGIONS)[rows.region_of[customer]].tolist(),
        np.array(setting.slugs)[rows.mechanism[row]].tolist(),
        strict=True,
    )
    occasions = [Occasion(*values) for values in columns]
    return [occasions[i] for i in np.argsort(at, kind="stable")]


def _moments(
    rng: np.random.Generator, at: NDArray[np.datetime64], end: np.datetime64
) -> NDArray[np.datetime64]:
    """People write within hours or days, here always before the end of the window."""
    delay = rng.exponential(WRITES_WITHIN_SECONDS, len(at))
    left = (end - at).astype(np.int64)
    delay = np.where(delay < left, delay, rng.random(len(at)) * (left - 1))
    moments: NDArray[np.datetime64] = at + delay.astype("timedelta64[s]")
    return moments


def _signal(occasion: Occasion, writer: Writer) -> Signal:
    language, customer, dice = _language(occasion), occasion.customer, writer.dice
    order = f"M{10_000_000 + occasion.row * 48_271 % 89_999_999}"
    wish = Wish(occasion.topic, _tone(occasion, dice), language, occasion.product, order)
    rating, kind = _rating(occasion, dice)
    return Signal(
        *(f"{occasion.at}Z", occasion.customer_id, customer_name(customer)),
        contact=customer_contact(customer, occasion.customer_id),
        channel=occasion.channel,
        language=language,
        text=writer.write(wish),
        rating=rating,
        rating_kind=kind,
        product=occasion.product,
        region=occasion.region,
        mechanism="" if dice.chance(UNASSIGNED) else occasion.mechanism,
        reference="" if dice.chance(WITHOUT_REFERENCE) else order,
    )


def _language(occasion: Occasion) -> str:
    """Some write in their own language, others in English, and each customer always in the same."""
    own = occasion.customer * 7919 % 100 < OWN_LANGUAGE_PERCENT and occasion.topic != "caller"
    return LANGUAGE_OF.get(occasion.region, "en") if own else "en"


def _tone(occasion: Occasion, dice: Dice) -> str:
    if occasion.topic == "praise":
        return "thankful" if dice.chance(0.75) else "terse"
    if occasion.topic == "question":
        return "polite" if dice.chance(0.7) else "terse"
    return occasion.tone


def _rating(occasion: Occasion, dice: Dice) -> tuple[str, str]:
    """A rating and its kind: stars on a review, one of three questions in a survey, else none."""
    if occasion.channel not in ("review", SURVEY):
        return "", ""
    stars = occasion.csat if occasion.csat > 0 else dice.between(*_stars(occasion.topic))
    kind = dice.pick(("csat", "csat", "nps", "ces")) if occasion.channel == SURVEY else "csat"
    if kind == "nps":
        return str(min(10, max(0, 2 * stars + dice.between(-1, 1)))), kind
    if kind == "ces":
        return str(min(7, max(1, 8 - round(1.4 * stars) + dice.between(-1, 1)))), kind
    return str(stars), kind


def _stars(topic: str) -> tuple[int, int]:
    return {"praise": (4, 5), "question": (3, 4)}.get(topic, (1, 2))
