"""Made-up organisations, written once for all tests of this folder."""

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.simulate import Sizes, simulate

END = date(2026, 11, 22)
SMALL = Sizes(people=24, months=6, interactions=20_000, signals=300)
HOUSE = Sizes(interactions=400_000, signals=4_000)


class Files:
    """The files of one organisation, read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.interactions = folder / "interactions.parquet"
        self.truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.causes = {cause["id"]: cause for cause in self.truth["causes"]}

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def rows(self) -> pa.Table:
        return pq.read_table(self.interactions)


def query(files: Files, sql: str) -> list[tuple]:
    """Rows of a query over `interactions`, whose times are plain UTC here so that days are too."""
    with duckdb.connect() as lake:
        lake.execute(
            'create view interactions as select * replace (make_timestamp(epoch_us("at")) as "at") '
            f"from '{files.interactions}'"
        )
        return lake.sql(sql).fetchall()


def write(folder: Path, sizes: Sizes, **options) -> Files:
    simulate(folder, end=END, sizes=sizes, **options)
    return Files(folder)


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Files:
    """As small as a test of another room would want it."""
    return write(tmp_path_factory.mktemp("small"), SMALL, seed=7)


@pytest.fixture(scope="session")
def house(tmp_path_factory) -> Files:
    """The demo's organisation with a fifth of its interactions and signals."""
    return write(
        tmp_path_factory.mktemp("house"),
        HOUSE,
        seed=1,
        effects_too=True,
    )
