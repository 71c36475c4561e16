"""Files as customers' systems write them."""

import csv
from datetime import UTC, datetime

import pytest

from andon.signals import actions

NOW = datetime(2025, 6, 30, 12, tzinfo=UTC)
SIGNALS = {"text": "comment", "received_at": "date", "rating": "stars"}


@pytest.fixture
def now():
    return NOW


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.UPLOADS, settings.LAKE = tmp_path / "uploads", tmp_path / "lake"


@pytest.fixture
def write(tmp_path):
    """`write("a.csv", rows)` is the path of a CSV file of these rows (dicts)."""

    def to_file(name: str, rows: list[dict]):
        path = tmp_path / name
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, list(rows[0]))
            out.writeheader()
            out.writerows(rows)
        return path

    return to_file


@pytest.fixture
def brought(write, db):
    """`brought(rows)` is the dataset that a file of these rows became."""

    def bring(rows: list[dict], name: str = "said.csv", mapping: dict | None = None):
        dataset = actions.bring(name, write(name, rows), "signals", None, NOW)
        mapping = mapping or {word: column for word, column in SIGNALS.items() if column in rows[0]}
        actions.map_columns(dataset, mapping, None, NOW)
        dataset.refresh_from_db()
        return dataset

    return bring


def row(
    comment: str = "The parcel is late", date: str = "2025-06-01 10:00", stars: object = 2, **rest
) -> dict:
    return {"comment": comment, "date": date, "stars": stars, **rest}
