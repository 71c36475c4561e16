"""Signals as customers might write them, week after week."""

import hashlib
from datetime import datetime, timedelta
from random import Random

from andon.mechanisms.models import Mechanism
from andon.signals.models import Signal

ABOUT = ("the parcel", "my order", "the invoice", "your shop", "the courier", "my account")
SAID = (
    "came late again",
    "is not what I asked for",
    "took too long",
    "was closed",
    "did not answer",
    "is wrong",
)


def say(text: str, at: datetime, customer: object, **fields) -> Signal:
    """Unsaved."""
    digest = hashlib.sha256(f"{text}{at}{customer}{sorted(fields)}".encode()).hexdigest()
    given = {"channel": "mail", "month": f"{at:%Y-%m}"} | fields
    return Signal(
        text=text, received_at=at, customer=f"c-{customer}", digest=digest, key=digest[:16], **given
    )


def chatter(until: datetime, weeks: int = 30, a_week: int = 20, seed: int = 1, **fields) -> list[Signal]:
    """The usual: about as many every week, by as many customers, about this and that."""
    dice, made = Random(seed), []
    for week in range(weeks):
        for _ in range(a_week + dice.randint(-4, 4)):
            at = until - timedelta(weeks=week, seconds=dice.randint(1, 7 * 86400 - 1))
            text = f"{dice.choice(ABOUT)} {dice.choice(SAID)}, number {dice.randint(1, 10**6)}"
            region = dice.choice(("North", "South", "East"))
            made.append(say(text, at, dice.randint(1, 10**7), region=region, **fields))
    return made


def burst(until: datetime, n: int = 18, customer: object = None, seed: int = 2, **fields) -> list[Signal]:
    """In the last week many write of the descaling light of the new kettle; or one `customer` does."""
    dice, made = Random(seed), []
    for i in range(n):
        at = until - timedelta(seconds=dice.randint(1, 6 * 86400))
        text = f"The descaling light of my kettle {dice.choice(SAID)} and {dice.choice(ABOUT)} {i}"
        made.append(say(text, at, customer or f"k{i}", product="Tidewell kettle", region="North", **fields))
    return made


def heard(signals: list[Signal], mechanism: Mechanism | None = None) -> None:
    """Kept."""
    for signal in signals:
        signal.mechanism = signal.mechanism or mechanism
    Signal.objects.bulk_create(signals)
