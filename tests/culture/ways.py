"""Customers on planted ways, as files of what happened to them and as what they said."""

import csv
from datetime import UTC, datetime, timedelta

import numpy as np

from andon.flow import demo
from andon.mechanisms.models import Mechanism
from andon.signals.imports import import_interactions, import_signals

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
FIRST = NOW - timedelta(days=150)
COLUMNS = (
    "at",
    "mechanism",
    "customer",
    "worker",
    "channel",
    "wait_time",
    "transfers",
    "abandoned",
    "effort",
)
SAID = ("at", "text", "customer", "mechanism", "channel", "rating", "rating_kind")


def register(*slugs):
    for slug in slugs:
        Mechanism.objects.create(slug=slug, name=slug.replace("-", " ").capitalize())


def row(who, day, step, **more):
    """A contact `day` days after the first day."""
    at = FIRST + timedelta(days=day)
    return {
        "at": at.isoformat(),
        "mechanism": step,
        "customer": f"c{who}",
        "worker": 7,
        "channel": "phone",
    } | more


def usual(customers=400, seed=5, steps=("orders", "phone", "refunds")):
    """Customers who come once or twice at any time and step, whatever happened before."""
    rng = np.random.default_rng(seed)
    return [
        row(who, float(rng.uniform(0, 140)), steps[int(rng.integers(len(steps)))])
        for who in range(customers)
        for _ in range(int(rng.integers(1, 3)))
    ]


def bring(tmp_path, rows, name="happened.csv"):
    return demo.bring(
        _written(tmp_path / name, COLUMNS, rows), "interactions", import_interactions, None, NOW
    )


def say(tmp_path, rows, name="said.csv"):
    return demo.bring(_written(tmp_path / name, SAID, rows), "signals", import_signals, None, NOW)


def _written(path, columns, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
        out.writeheader()
        out.writerows(rows)
    return path
