"""Two files of which the truth is known, and `andon link` called on them."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from click.testing import CliRunner, Result

from andon.cli import main

SITES, YEARS = 40, (2016, 2017, 2018)
Rows = list[dict[str, object]]


def survey(seed: int = 1) -> Rows:
    """A yearly survey of forty sites: mood, which customers share, and load, which they do not."""
    rng = np.random.default_rng(seed)
    level = rng.normal(size=SITES)
    return [
        {"site": f"R{i:02}", "when": year, "mood": round(7 + 0.5 * level[i] + 0.1 * moved(i, year), 3),
         "load": round(float(rng.normal(50, 5)), 2)}
        for i in range(SITES) for year in YEARS
    ]  # fmt: skip


def moved(site: int, year: int) -> float:
    """By how much the mood of a site stands above its own usual, in tenths."""
    return float(np.random.default_rng([site, year]).normal())


def visits(seed: int = 1) -> Rows:
    """Months of the same sites: late ones of all, fewer where and when mood is better; more in winter."""
    rng, rows = np.random.default_rng(seed), []
    level = np.random.default_rng(seed).normal(size=SITES)
    for i in range(SITES):
        for year in YEARS:
            for month in range(1, 13):
                share = 0.2 - 0.04 * level[i] - 0.03 * moved(i, year) + 0.05 * np.cos(np.pi * month / 6)
                n = int(rng.integers(500, 3000))
                late = int(rng.binomial(n, float(np.clip(share, 0.01, 0.99))))
                rows.append({"site": f"R{i:02}", "when": f"{year}-{month:02}", "late": late, "all": n})
    return rows


def write(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@dataclass
class Linked:
    """What a call left behind."""

    result: Result
    out: Path

    @property
    def json(self) -> dict:
        assert self.result.exit_code == 0, self.result.output
        return json.loads((self.out / "links.json").read_text("utf-8"))

    def link(self, employee: str = "mood") -> dict:
        return next(one for one in self.json["links"] if one["employee_measure"] == employee)

    @property
    def report(self) -> str:
        return (self.out / "report.html").read_text("utf-8")

    @property
    def warnings(self) -> str:
        return " ".join(self.json["warnings"])


COLUMNS = ("--unit", "site", "--at", "when", "--employee", "mood", "--customer", "late", "--of", "all")


def link(out: Path, *arguments: object) -> Linked:
    given = [*map(str, arguments), "--permutations", "499", "--out", str(out)]
    return Linked(CliRunner().invoke(main, ["link", *given]), out)
