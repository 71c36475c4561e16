"""The large reference files, which are not part of the project."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

SHARED = Path(os.environ.get("ANDON_SHARED", Path(__file__).parents[3] / "shared"))


def columns(name: str, folder: str = "charts") -> dict[str, list[str]]:
    """A reference table by column; skips where the file is absent, and fails where it must not be (CI)."""
    path = SHARED / "reference" / folder / name
    if not path.exists():
        if os.environ.get("CI"):
            pytest.fail(f"reference file {name} is missing; set ANDON_SHARED to the folder that holds it")
        pytest.skip(f"reference file {name} is not here")
    with path.open() as lines:
        rows = list(csv.DictReader(lines))
    return {key: [row[key] for row in rows] for key in rows[0]}


def numbers(column: list[str]) -> np.ndarray:
    return np.array([np.nan if cell == "NA" else float(cell) for cell in column])
