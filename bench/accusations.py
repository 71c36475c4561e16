"""Who is accused wrongly: today's rules and Andon, in worlds of which the truth is known.

Many worlds of each kind are drawn; every rule names people in each, and they are counted against the truth.
Seeds are fixed, so the table is the same wherever it is made.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

os.environ.setdefault("OMP_NUM_THREADS", "1")  # worlds run side by side, each on one core
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import accusations_tables as tables
import numpy as np
from accusations_tables import ANDON, HELD
from accusing import Verdict, verdict

from andon.simulate.worlds import RULES, WORLDS, World, draw_world, tally
from andon.simulate.worlds.models import chance_below, surely_below
from andon.simulate.worlds.tally import Tally, score
from andon.stats.selection import selected

RATES = (0.05, 0.10, 0.20)
Named = dict[str, np.ndarray]


@dataclass(frozen=True)
class Counted:
    """One world: by rule who was named; Andon's verdicts by rule; seconds."""

    tallies: dict[str, Tally]
    verdicts: dict[str, Verdict]
    seconds: float


def model_rules(world: World) -> Named:
    """Models without safeguards."""
    chance = chance_below(world)
    held = {HELD.format(rate): selected(chance, rate) for rate in RATES}
    return {
        "shrunken, process not in the model, P > .95": surely_below(chance_below(world, ())),
        "process in the model, P > .95": surely_below(chance),
    } | held


def count(task: tuple[str, int, int, tuple[float, ...]]) -> Counted:
    """One world, every rule; models and Andon where there are rates to hold false discoveries at."""
    name, seed, replicate, rates = task
    start = time.perf_counter()
    world = draw_world(np.random.default_rng([seed, crc32(name.encode()), replicate]), WORLDS[name])
    named: Named = {rule: judge(world) for rule, judge in RULES.items()}
    if rates:
        named |= model_rules(world)
    found = {ANDON.format(rate): verdict(world, rate) for rate in rates}
    named |= {rule: one.named for rule, one in found.items()}
    tallies = {rule: tally(who, world.truth.below) for rule, who in named.items()}
    return Counted(tallies, found, time.perf_counter() - start)


def summary(counted: list[Counted]) -> dict[str, dict[str, Any]]:
    """By rule, all worlds of one recipe together."""
    rules = {rule: asdict(score([one.tallies[rule] for one in counted])) for rule in counted[0].tallies}
    for rule in counted[0].verdicts:
        found = [one.verdicts[rule] for one in counted]
        rules[rule] |= {
            "withheld": sum(one.withheld for one in found),
            "inseparable": float(np.mean([one.inseparable for one in found])),
            "covered": float(np.mean([one.covered for one in found])),
        }
    return {rule: {key: _plain(value) for key, value in one.items()} for rule, one in rules.items()}


def _plain(value: float) -> float | None:
    """What JSON can hold: no number is null."""
    return None if np.isnan(value) else round(value, 5)


def broken(name: str, rules: dict[str, dict[str, Any]]) -> list[str]:
    """Where Andon's promise does not hold beyond Monte Carlo error, though the data can show the fault."""
    found = []
    for rate in RATES:
        mine = rules.get(ANDON.format(rate))
        if mine is None or not mine["named"] or not WORLDS[name].shown:
            continue
        chance = (rate * (1 - rate) / (mine["named"] * mine["worlds"])) ** 0.5
        if mine["wrong"] > rate + 3 * max(mine["wrong_error"] or 0.0, chance):
            found.append(f"{name}: {tables.share(mine['wrong'], mine['wrong_error'])} instead of {rate:.0%}")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=20, help="worlds of each kind (20)")
    parser.add_argument("--quick", action="store_true", help="two worlds of each kind")
    parser.add_argument("--only", nargs="*", choices=list(WORLDS), metavar="NAME", help="only these kinds")
    parser.add_argument(
        "--rates", nargs="*", type=float, default=[0.05], help="false discoveries allowed (0.05)"
    )
    parser.add_argument("--raw", action="store_true", help="today's rules only; seconds instead of minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="worlds at a time (1)")
    parser.add_argument(
        "--out",
        type=Path,
        help="folder for accusations.json and accusations.md, which are brought up to date",
    )
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    worlds, rates = 2 if asked.quick else asked.worlds, () if asked.raw else tuple(asked.rates)
    results: dict[str, dict[str, Any]] = {}
    failures: list[str] = []
    with ProcessPoolExecutor(asked.processes) as pool:
        for name in asked.only or WORLDS:
            done = list(
                pool.map(count, [(name, asked.seed, replicate, rates) for replicate in range(worlds)])
            )
            results[name] = summary(done)
            failures += broken(name, results[name])
            print(tables.one_world(name, results[name]), flush=True)
            print(f"{np.mean([one.seconds for one in done]):.1f} s a world\n", flush=True)
            if asked.out:
                write(asked.out, results, asked.seed)
    for failure in failures:
        print(f"BROKEN {failure}")
    return 1 if failures else 0


def write(out: Path, results: dict[str, dict[str, Any]], seed: int) -> None:
    """Results of these kinds of worlds beside those of others that were written before."""
    out.mkdir(parents=True, exist_ok=True)
    file = out / "accusations.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    now = before | {name: {"seed": seed, "rules": rules} for name, rules in results.items()}
    whole = {name: now[name] for name in WORLDS if name in now}
    file.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
    page = out / "accusations.md"
    text = page.read_text(encoding="utf-8") if page.exists() else tables.EMPTY
    page.write_text(
        tables.filled(text, {name: found["rules"] for name, found in whole.items()}), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
