"""Interactions in the lake, served by people."""

import csv
from datetime import timedelta

import numpy as np
import pytest

from andon.flow import demo
from andon.mechanisms.models import Measure, Mechanism
from andon.people.models import Person, Team
from andon.signals.imports import import_interactions
from tests.attribution.separated import NOW

PEOPLE, MECHANISMS, WEEKS, CASES = 16, 4, 6, 8
EASE = (0.2, 0.1, 0.0, -0.25)  # beyond 60 % settled
COLUMNS = ("at", "mechanism", "worker", "team", "settled", "minutes", "alike", "region")


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.UPLOADS, settings.LAKE = tmp_path / "uploads", tmp_path / "lake"


@pytest.fixture
def staff(db):
    """Sixteen people, ten in North and six in South, with staff numbers from 101."""
    north, south = (
        Team.objects.create(slug=name.lower(), name=name, site=name) for name in ("North", "South")
    )
    return [
        Person.objects.create_person(number=str(101 + i), name=f"Person {i}", team=north if i < 10 else south)
        for i in range(PEOPLE)
    ]


@pytest.fixture
def measures(db):
    """Of each mechanism, whether matters are settled, and how long it takes."""
    for i in range(MECHANISMS):
        mechanism = Mechanism.objects.create(slug=f"way-{i}", name=f"Way {i}")
        Measure.objects.create(mechanism=mechanism, slug="settled", name="Settled", outcome="settled")
    Measure.objects.create(
        mechanism=mechanism,
        slug="minutes",
        name="Minutes",
        outcome="minutes",
        kind="value",
        good="low",
        unit="minutes",
    )


@pytest.fixture
def happened(tmp_path, db):
    """`happened()` brings cases of everybody in every mechanism and week; columns can be left out or replaced."""

    def bring(leave_out=(), people=PEOPLE, name="x.csv", **replaced):
        rng = np.random.default_rng(3)
        path = tmp_path / name
        columns = [one for one in COLUMNS if one not in leave_out]
        with open(path, "w", newline="") as file:
            out = csv.DictWriter(file, columns, extrasaction="ignore")
            out.writeheader()
            for case in _cases(rng, people):
                out.writerow(case | {key: make(case) for key, make in replaced.items()})
        return demo.bring(path, "interactions", import_interactions, None, NOW)

    return bring


def _cases(rng, people):
    for week in range(WEEKS):
        for i in range(people):
            for way in range(MECHANISMS):
                for _ in range(CASES):
                    at = NOW - timedelta(weeks=WEEKS - week, minutes=int(rng.integers(5000)))
                    settled = rng.random() < 0.6 + EASE[way]
                    yield {
                        "at": at.isoformat(), "mechanism": f"way-{way}", "worker": 101 + i,
                        "team": "North" if i < 10 else "South", "settled": "yes" if settled else "no",
                        "minutes": round(20 - 10 * EASE[way] + rng.normal(0, 3), 2), "alike": 1,
                        "region": ("Here", "There")[int(rng.integers(2))],
                    }  # fmt: skip
