"""Made-up rows of which the truth is known, and `andon attribute` called on them."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from click.testing import CliRunner, Result
from scipy.special import expit

from andon.cli import main

PEOPLE, MECHANISMS = 40, ("Refunds", "Labels", "Sign-in", "Returns")


def rows(seed: int = 3, count: int = 20_000) -> list[dict[str, str]]:
    """Forty people of four teams on four mechanisms over twelve weeks; one of them, p07, far below the others."""
    rng = np.random.default_rng(seed)
    person, mechanism = rng.integers(0, PEOPLE, count), rng.integers(0, 4, count)
    own, level = rng.normal(0, 0.15, PEOPLE), np.array([0.6, 0.0, -0.7, 0.2])
    own[7] = -1.5
    wait = rng.gamma(2, 40, count)
    ok = rng.random(count) < expit(1.3 + own[person] + level[mechanism] - 0.003 * (wait - 80))
    day = np.datetime64("2025-01-06") + rng.integers(0, 84, count)
    return [
        {
            "agent": f"p{person[i]:02}", "process": MECHANISMS[mechanism[i]], "site": f"site {person[i] % 4}",
            "when": str(day[i]), "settled": "yes" if ok[i] else "no", "wait": f"{wait[i]:.1f}",
            "channel": "phone" if i % 3 else "mail",
        }
        for i in range(count)
    ]  # fmt: skip


def write(path: Path, made: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(made[0]))
        writer.writeheader()
        writer.writerows(made)
    return path


@dataclass
class Attributed:
    """What a call left behind."""

    result: Result
    out: Path

    @property
    def summary(self) -> dict:
        assert self.result.exit_code == 0, self.result.output
        return json.loads((self.out / "summary.json").read_text("utf-8"))

    def table(self, name: str = "attribution"):
        return pq.read_table(self.out / f"{name}.parquet")

    @property
    def people(self) -> dict[object, dict]:
        return {row["worker"]: row for row in self.table().to_pylist()}

    @property
    def report(self) -> str:
        return (self.out / "report.html").read_text("utf-8")


COLUMNS = ("--worker", "agent", "--mechanism", "process")


def attribute(out: Path, *arguments: object) -> Attributed:
    result = CliRunner().invoke(main, ["attribute", *map(str, arguments), "--out", str(out)])
    return Attributed(result, out)
