"""The large reference files, which are not part of the project."""

import csv

import numpy as np

from tests.needs import shared


def columns(name: str, folder: str = "charts") -> dict[str, list[str]]:
    """A reference table by column."""
    with shared(f"reference/{folder}/{name}").open() as lines:
        rows = list(csv.DictReader(lines))
    return {key: [row[key] for row in rows] for key in rows[0]}


def numbers(column: list[str]) -> np.ndarray:
    return np.array([np.nan if cell == "NA" else float(cell) for cell in column])
