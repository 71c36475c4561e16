"""A made-up organisation with planted causes and their truth.

The house: a web shop for the home, its contact centre and its warehouses. About 240 people in eight
teams serve customers through twelve mechanisms (the phone line, picking and packing, refunds, signing
in, ...). Every interaction is one row: who was served when, through which mechanism, how long it took,
whether the promise was kept and what the customer said.

How it is made, one file a concern:

    sizes       how much of everything, and the days that are watched
    mechanisms  the register, from data/mechanisms.toml; people: teams, a reporting line, joiners and leavers
    causes      what is planted, from data/causes.toml: shifts of a column for some rows and some time
    setting     all of these together: what is fixed before anything happens
    frame       when, through what, by whom, for whom; seasons: how busy it is
    effects     true effects of team, worker, worker and mechanism, day, customer
    desk        the rows of one mechanism; outcomes: their times, promises and answers
    journeys    whoever must come back does; one customer comes back 86 times
    voices      which customers write about what; signals and texts: in which words (data/words/)
    monthly     how each team fared each month, in aggregates
    contrasts   how big a cause is in what was drawn; truth: truth.json
    write       CSV, Parquet, JSON; tables: the small files

The same seed, sizes and end give the same bytes. Workers are known in interactions.parquet and truth.json
only.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from .contrasts import Story
from .effects import draw_effects
from .frame import draw_rows, staff_posts
from .journeys import add_caller, link_repeats
from .monthly import TeamMonth, team_months
from .outcomes import fill_outcomes
from .setting import Setting, build_setting
from .signals import Signal, put_in_words
from .sizes import BadSize, Sizes, Window
from .tables import write_measures, write_mechanisms, write_people, write_teams
from .truth import truth_of
from .voices import choose_voices
from .write import CannotWrite, all_or_nothing, write_interactions, write_json, write_records

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
) -> dict[str, Any]:
    """Write the organisation to the folder `out` and give back the content of truth.json.

    `end` is the first day that is no longer covered (UTC); `effects_too` adds the true effects to truth.json;
    `progress` is called with each of STEPS as it begins.
    Raises BadSize or CannotWrite, both with a problem and a remedy; then nothing is written.
    """
    sizes = sizes or Sizes()
    sizes.check()
    window = Window.before(end, sizes.months)
    with all_or_nothing(out) as draft:
        return _build(draft, window, seed, sizes, effects_too, progress)


def _build(
    draft: Path, window: Window, seed: int, sizes: Sizes, effects_too: bool, progress: Progress
) -> dict[str, Any]:
    people, when, what, again, who_writes, words, months = np.random.default_rng(seed).spawn(7)
    progress("people")
    setting = build_setting(people, window, sizes)
    posts = staff_posts(people, setting)
    progress("interactions")
    rows = draw_rows(when, setting, posts, sizes.interactions)
    effects = draw_effects(people, setting, customers=len(rows.region_of))
    progress("outcomes")
    outcomes = fill_outcomes(what, rows, effects, setting)
    progress("journeys")
    link_repeats(again, rows, outcomes, setting)
    caller = add_caller(again, rows, setting)
    progress("signals")
    voices = choose_voices(who_writes, rows, outcomes, setting, caller, sizes.signals)
    monthly = team_months(months, rows, effects, voices, setting)
    write_records(draft / "signals.csv", Signal, put_in_words(words, voices, rows, outcomes, setting))
    progress("files")
    write_records(draft / "teams_monthly.csv", TeamMonth, monthly)
    _write_register(draft, setting)
    write_interactions(draft / "interactions.parquet", rows, outcomes, setting)
    story = Story(setting, effects, rows, outcomes, caller, voices, monthly)
    truth = truth_of(story, seed, sizes, effects_too=effects_too)
    write_json(draft / "truth.json", truth)
    return truth


def _write_register(draft: Path, setting: Setting) -> None:
    write_teams(draft / "teams.csv", setting)
    write_people(draft / "people.csv", setting)
    write_mechanisms(draft / "mechanisms.csv", setting)
    write_measures(draft / "measures.csv", setting)
