"""A world as two files: world.parquet, one row a case, and truth.json, what is true of everybody."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from andon.simulate.write import all_or_nothing, write_cases, write_json

from .recipes import Recipe
from .world import World, draw_world

VERSION = 1
OPENS, CLOSES = 8 * 3600, 18 * 3600
Entry = dict[str, Any]


def write_world(out: Path, recipe: Recipe, *, seed: int, end: date) -> Entry:
    """Draw a world, write both files to the folder `out` and give back the content of truth.json.

    The working days are those of whole weeks, the last of which ends before `end`; times are UTC.
    Raises CannotWrite, with a problem and a remedy; then nothing is written.
    """
    drawn, clock = np.random.default_rng(seed).spawn(2)
    with all_or_nothing(out) as draft:
        world = draw_world(drawn, recipe)
        write_cases(draft / "world.parquet", _columns(clock, world, _first_monday(recipe, end)))
        truth = truth_entries(world, seed, _first_monday(recipe, end))
        write_json(draft / "truth.json", truth)
    return truth


def _first_monday(recipe: Recipe, end: date) -> date:
    last = end - timedelta(days=end.weekday())
    return last - timedelta(weeks=recipe.weeks)


def _columns(rng: np.random.Generator, world: World, monday: date) -> Entry:
    """Columns of world.parquet, in order of time; names are (codes, names)."""
    cases = world.cases
    seconds = (
        cases.day // 5 * 7 * 86_400 + cases.day % 5 * 86_400 + rng.integers(OPENS, CLOSES, len(cases.day))
    )
    order = np.argsort(seconds, kind="stable")
    columns: Entry = {
        "at": (np.datetime64(monday, "s") + seconds.astype("timedelta64[s]"))[order],
        "worker": (cases.worker + 1)[order].astype(np.int32),
        "mechanism": (cases.mechanism[order], _names("mechanism", world.recipe.mechanisms)),
        "team": (world.team[order], _names("team", world.recipe.teams)),
        "outcome": _outcome(world)[order],
    }
    if not world.recipe.hidden:
        columns["covariate"] = cases.hard[order].astype(np.int32)
    return columns


def _outcome(world: World) -> np.ndarray:
    kinds: dict[str, type] = {"proportion": np.bool_, "value": np.float64, "count": np.int32}
    return world.outcome.astype(kinds[world.recipe.kind])


def _names(what: str, count: int) -> list[str]:
    return [f"{what}-{place + 1:02d}" for place in range(count)]


def truth_entries(world: World, seed: int, monday: date) -> Entry:
    """The whole of truth.json."""
    recipe = world.recipe
    return {
        "version": VERSION,
        "world": recipe.name,
        "sentence": recipe.sentence,
        "seed": seed,
        "window": {
            "from": f"{monday}T00:00:00Z",
            "to": f"{monday + timedelta(weeks=recipe.weeks)}T00:00:00Z",
        },
        "kind": recipe.kind,
        "good": recipe.good,
        "standard": recipe.standard,
        "truly_below": int(world.truth.below.sum()),
        "recipe": {name: value for name, value in asdict(recipe).items() if name not in ("name", "sentence")},
        "mechanisms": _effects("mechanism", world.effects.mechanism),
        "teams": _effects("team", world.effects.team),
        "workers": _workers(world),
    }


def _effects(what: str, values: np.ndarray) -> Entry:
    return dict(zip(_names(what, len(values)), values.round(5).tolist(), strict=True))


def _workers(world: World) -> list[Entry]:
    teams = _names("team", world.recipe.teams)
    return [
        {
            "worker": place + 1,
            "team": teams[world.effects.team_of[place]],
            "n": int(world.n[place]),
            "raw": round(float(world.raw[place]), 5),
            "effect": round(float(world.truth.effect[place]), 5),
            "adjusted": round(float(world.truth.adjusted[place]), 5),
            "below": bool(world.truth.below[place]),
        }
        for place in range(world.recipe.workers)
    ]
