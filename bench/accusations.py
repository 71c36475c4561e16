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
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from andon.simulate.worlds import RULES, WORLDS, Recipe, World, draw_world, tally
from andon.simulate.worlds.tally import Tally, score

ANDON = "Andon, false discoveries held at {:.0%}"
RATES = (0.05, 0.10, 0.20)
Verdicts = dict[str, np.ndarray]
Counted = dict[str, tuple[Tally, bool]]
"""By rule: who was named, and whether verdicts were withheld altogether."""


def raw_rules(world: World) -> Verdicts:
    return {name: rule(world) for name, rule in RULES.items()}


def model_rules(world: World) -> Verdicts:
    """Models without safeguards."""
    from andon.simulate.worlds.models import at_rate, chance_below, surely_below

    chance = chance_below(world)
    held = {f"process in the model, false discoveries {rate:.0%}": at_rate(chance, rate) for rate in RATES}
    return {
        "shrunken, process not in the model, P > .95": surely_below(chance_below(world, ())),
        "process in the model, P > .95": surely_below(chance),
    } | held


def andon_rules(world: World) -> tuple[Verdicts, dict[str, bool]]:
    """Andon's own verdicts, and where it says "cannot tell" of everybody."""
    from accusing import verdicts

    named: Verdicts = {}
    silent = {}
    for rate in RATES[:1]:
        name = ANDON.format(rate)
        named[name], silent[name] = verdicts(world, rate)
    return named, silent


def count(task: tuple[str, int, int, bool]) -> tuple[str, Counted, float]:
    """One world, every rule."""
    name, seed, replicate, raw_only = task
    recipe: Recipe = WORLDS[name]
    start = time.perf_counter()
    world = draw_world(np.random.default_rng([seed, list(WORLDS).index(name), replicate]), recipe)
    named, silent = raw_rules(world), {}
    if not raw_only:
        named |= model_rules(world)
        andon, silent = andon_rules(world)
        named |= andon
    counted = {rule: (tally(who, world.truth.below), silent.get(rule, False)) for rule, who in named.items()}
    return name, counted, time.perf_counter() - start


def summary(counted: list[Counted]) -> dict[str, dict[str, float]]:
    """By rule, all worlds of one recipe together."""
    return {
        rule: asdict(score([one[rule][0] for one in counted]))
        | {"silent": sum(one[rule][1] for one in counted)}
        for rule in counted[0]
    }


def table(name: str, rules: dict[str, dict[str, float]]) -> str:
    """One world as a table in Markdown."""
    first = next(iter(rules.values()))
    head = (
        f"**{name}** · {WORLDS[name].sentence} {first['below']:.0f} truly below; {first['worlds']} worlds.\n\n"
        "| rule | named | wrongly accused among them | found of those truly below |\n| --- | --- | --- | --- |\n"
    )
    return head + "\n".join(_row(rule, found) for rule, found in rules.items()) + "\n"


def _row(rule: str, found: dict[str, float]) -> str:
    silent = f" (withheld in {found['silent']} of {found['worlds']})" if found["silent"] else ""
    wrong = _share(found["wrong"], found["wrong_error"]) if found["named"] else "nobody"
    right = _share(found["found"], found["found_error"])
    return f"| {rule}{silent} | {found['named']:.1f} | {wrong} | {right} |"


def _share(share: float, error: float) -> str:
    if np.isnan(share):
        return "–"
    around = "" if np.isnan(error) else f" ± {100 * error:.1f}"
    return f"{100 * share:.1f}{around} %"


def broken(name: str, rules: dict[str, dict[str, float]]) -> list[str]:
    """Where Andon's promise does not hold beyond Monte Carlo error, though the data can show the fault."""
    found = []
    for rate in RATES:
        mine = rules.get(ANDON.format(rate))
        if mine is None or not mine["named"] or not WORLDS[name].shown:
            continue
        error = 0.0 if np.isnan(mine["wrong_error"]) else mine["wrong_error"]
        if mine["wrong"] > rate + 3 * max(error, 1e-9):
            found.append(f"{name}: {_share(mine['wrong'], mine['wrong_error'])} instead of {rate:.0%}")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=20, help="worlds of each kind (20)")
    parser.add_argument("--quick", action="store_true", help="two worlds of each kind")
    parser.add_argument("--only", nargs="*", choices=list(WORLDS), metavar="NAME", help="only these kinds")
    parser.add_argument("--raw", action="store_true", help="today's rules only; seconds instead of minutes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=1, help="worlds at a time (1)")
    parser.add_argument("--out", type=Path, help="folder for accusations.json and accusations.md")
    return parser.parse_args()


def main() -> int:
    asked = arguments()
    worlds = 2 if asked.quick else asked.worlds
    results, failures = {}, []
    with ProcessPoolExecutor(asked.processes) as pool:
        for name in asked.only or WORLDS:
            tasks = [(name, asked.seed, replicate, asked.raw) for replicate in range(worlds)]
            done = list(pool.map(count, tasks))
            results[name] = summary([counted for _, counted, _ in done])
            failures += broken(name, results[name])
            print(table(name, results[name]), flush=True)
            print(f"{np.mean([seconds for *_, seconds in done]):.1f} s a world\n", flush=True)
    if asked.out:
        write(asked.out, results, {"seed": asked.seed, "worlds": worlds})
    for failure in failures:
        print(f"BROKEN {failure}")
    return 1 if failures else 0


def write(out: Path, results: dict, conditions: dict) -> None:
    out.mkdir(parents=True, exist_ok=True)
    whole = {"conditions": conditions, "worlds": results}
    (out / "accusations.json").write_text(
        json.dumps(whole, indent=1, allow_nan=True) + "\n", encoding="utf-8"
    )
    tables = "\n".join(table(name, rules) for name, rules in results.items())
    (out / "accusations.md").write_text(tables, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
