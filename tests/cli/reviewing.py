"""Made-up rows with a planted change, and `andon review` called on them."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from click.testing import CliRunner, Result

from andon.cli import main

DAYS, CHANGED = 364, 280  # days of data; the day after which Refunds go wrong


def rows(seed: int = 7) -> list[dict[str, str]]:
    """A year of cases of three mechanisms: one in twenty late, Refunds one in five from day 280 on."""
    rng = np.random.default_rng(seed)
    made = []
    for day in range(DAYS):
        at = np.datetime64("2024-01-01") + np.timedelta64(day, "D")
        for mechanism in ("Refunds", "Labels", "Sign-in"):
            late = 0.2 if mechanism == "Refunds" and day >= CHANGED else 0.05
            for _ in range(6):
                minutes = rng.gamma(4, 5)
                made.append({
                    "at": str(at), "mechanism": mechanism, "late": "yes" if rng.random() < late else "no",
                    "minutes": f"{minutes:.2f}", "worker": f"clerk-{rng.integers(9)}",
                })  # fmt: skip
    return made


def write(path: Path, made: list[dict[str, str]], encoding: str = "utf-8", separator: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(made[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(made)
    return path


@dataclass
class Reviewed:
    """What a call left behind."""

    result: Result
    out: Path

    @property
    def summary(self) -> dict:
        assert self.result.exit_code == 0, self.result.output
        return json.loads((self.out / "summary.json").read_text("utf-8"))

    @property
    def exceptions(self) -> list[dict[str, str]]:
        return list(csv.DictReader((self.out / "exceptions.csv").open(encoding="utf-8")))

    @property
    def refused(self) -> list[dict[str, str]]:
        return list(csv.DictReader((self.out / "refused.csv").open(encoding="utf-8")))

    @property
    def out_of_spec(self) -> set[str]:
        return {one["mechanism"] for one in self.summary["mechanisms"] if one["out"]}


def review(out: Path, *arguments: object) -> Reviewed:
    result = CliRunner().invoke(main, ["review", *map(str, arguments), "--out", str(out)])
    return Reviewed(result, out)
