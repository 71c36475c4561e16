"""A made-up organisation with planted causes and their truth.

The house: a web shop for the home, its contact centre and its warehouses. About 240 people in eight teams serve customers
through twelve mechanisms (the phone line, picking and packing, refunds, signing in, ...). Every interaction is one row: who
was served when, through which mechanism, how long it took, whether the promise was kept and what the customer said.

How it is made, one file a concern:

    sizes       how much of everything, and the days that are watched
    mechanisms  the register, read from data/mechanisms.toml
    people      teams, a reporting line, joiners and leavers
    causes      what is planted, as data: shifts of a column for some rows and some time
    frame       when, through what, by whom, for whom (a year with a December peak, a week with a busy Monday)
    outcomes    times, promises, answers: effects of mechanism, team, worker, pair, day and customer, plus the shifts
    journeys    whoever must come back does; one customer comes back 86 times
    signals     which customers write about what; texts: in which words (data/words/, one file a language)
    monthly     how each team fared each month, in aggregates
    truth       what was planted and how big it is in the written files
    write       CSV, Parquet, JSON

The same seed, sizes and end give the same bytes. Workers are known in interactions.parquet and truth.json only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from .causes import Plan, plan_causes
from .frame import draw_rows, staff_posts
from .journeys import add_caller, link_repeats
from .mechanisms import register
from .monthly import HEADER, team_months
from .names import customer_ids
from .outcomes import draw_effects, fill_outcomes
from .people import build_staff
from .signals import choose_voices
from .signals import write_signals as put_in_words
from .sizes import BadSize, Sizes, Window
from .truth import VERSION, World, effects_of, entries
from .write import (
    CannotWrite,
    all_or_nothing,
    write_csv,
    write_interactions,
    write_json,
    write_measures,
    write_mechanisms,
    write_people,
    write_signals,
    write_teams,
)

__all__ = ["STEPS", "BadSize", "CannotWrite", "Sizes", "Window", "simulate"]

STEPS = ("people", "interactions", "outcomes", "journeys", "signals", "files")
Progress = Callable[[str], None]


def simulate(
    out: Path,
    *,
    end: date,
    seed: int = 1,
    sizes: Sizes | None = None,
    effects_too: bool = False,
    progress: Progress = lambda step: None,
) -> list[dict[str, object]]:
    """Write the organisation to the folder `out` and give back the planted causes, as they stand in truth.json.

    `end` is the first day that is no longer covered (UTC). `progress` is called with each of STEPS as it begins.
    Raises BadSize or CannotWrite, both with a problem and a remedy; then nothing is written.
    """
    sizes = sizes or Sizes()
    sizes.check()
    window = Window.before(end, sizes.months)
    with all_or_nothing(out) as draft:
        return _build(draft, window, seed, sizes, effects_too, progress)


def _build(
    draft: Path, window: Window, seed: int, sizes: Sizes, effects_too: bool, progress: Progress
) -> list[dict[str, object]]:
    people, frame, outcome, journey, voice, words, month = np.random.default_rng(seed).spawn(7)
    progress("people")
    mechanisms = register(sizes.mechanisms)
    staff = build_staff(people, sizes.people, sizes.teams, window)
    causes = plan_causes(Plan(window, mechanisms, staff))
    progress("interactions")
    posts = staff_posts(people, staff, mechanisms, causes, window)
    rows = draw_rows(frame, window, mechanisms, staff, posts, causes, sizes.interactions)
    progress("outcomes")
    effects = draw_effects(people, staff, mechanisms, window, len(rows.region_of))
    outcomes = fill_outcomes(outcome, rows, mechanisms, effects, causes, window)
    progress("journeys")
    link_repeats(journey, rows, mechanisms, outcomes)
    caller = add_caller(journey, rows, mechanisms, causes)
    progress("signals")
    voices = choose_voices(voice, rows, outcomes, mechanisms, causes, caller, sizes.signals)
    signals = put_in_words(words, voices, rows, outcomes, mechanisms, window)
    months = team_months(month, staff, window, effects, rows, voices, causes)
    world = World(window, mechanisms, staff, rows, outcomes, voices, causes, caller, effects, months)
    progress("files")
    write_teams(draft / "teams.csv", staff)
    write_people(draft / "people.csv", staff)
    write_mechanisms(draft / "mechanisms.csv", mechanisms, staff, f"{window.start}")
    write_measures(draft / "measures.csv", mechanisms)
    write_interactions(draft / "interactions.parquet", rows, outcomes, mechanisms, staff)
    write_signals(draft / "signals.csv", signals)
    write_csv(draft / "teams_monthly.csv", HEADER, months)
    causes_written = entries(world, lambda customer: str(customer_ids(np.array([customer]))[0]))
    truth = _about(window, seed, sizes) | {"causes": causes_written}
    write_json(draft / "truth.json", truth | ({"effects": effects_of(world)} if effects_too else {}))
    return causes_written


def _about(window: Window, seed: int, sizes: Sizes) -> dict[str, object]:
    return {
        "version": VERSION,
        "seed": seed,
        "sizes": {name: getattr(sizes, name) for name in Sizes.__slots__},
        "window": {"from": f"{window.start}T00:00:00Z", "to": f"{window.end}T00:00:00Z"},
    }
