"""Interactions in the lake."""

import csv
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from andon.flow import demo
from andon.mechanisms.models import Measure, Mechanism
from andon.signals.imports import import_interactions

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
START = datetime(2025, 3, 3, tzinfo=UTC)  # a Monday
WEEKS = 52


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.UPLOADS, settings.LAKE = tmp_path / "uploads", tmp_path / "lake"


@pytest.fixture
def measure(db):
    """Late parcels a week; low is good."""
    mechanism = Mechanism.objects.create(slug="labels", name="Address labels")
    return Measure.objects.create(
        mechanism=mechanism, slug="late", name="Arrived late", outcome="late", good="low"
    )


@pytest.fixture
def happened(tmp_path, db):
    """`happened(share)` brings 200 interactions a week; `share[week]` of them are late. More columns by
    name.
    """

    def bring(share, name="x.csv", mechanism="labels", weeks=WEEKS):
        rng = np.random.default_rng(5)
        path = tmp_path / name
        with open(path, "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["at", "mechanism", "customer", "late", "minutes", "items"])
            for week in range(weeks):
                for i in range(200):
                    at = START + timedelta(weeks=week, minutes=50 * i)
                    late = "yes" if i < round(200 * share[week]) else "no"
                    out.writerow(
                        [
                            at.isoformat(),
                            mechanism,
                            f"c{i // 2}",
                            late,
                            round(rng.normal(30, 4), 2),
                            1 + i % 3,
                        ]
                    )
        return demo.bring(path, "interactions", import_interactions, None, NOW)

    return bring


def steady(late: float = 0.05, weeks: int = WEEKS) -> np.ndarray:
    """A share that varies from week to week as chance has it."""
    return np.random.default_rng(7).binomial(200, late, weeks) / 200
