"""Worlds of which everything is known, to judge whoever judges people.

A world is a set of cases, each served by a worker of a team through a mechanism, drawn from effects that are
known. So it is known what each worker would reach on the common mix of mechanisms, teams and customers, and
who truly is below the standard; and any rule that names people can be counted: how many of those it names are
truly below, and how many of those truly below it names.

    recipes   the worlds by name: spreads, sizes and what is awkward about each
    links     from effects to what is expected of a case
    effects   what is true of workers, mechanisms and teams; cases: who served what, when
    world     a world drawn from a recipe; truth: what each worker would reach on the common mix
    cells     the same, reduced to what a model reads
    rules     what organisations do today; tally: how right a rule was
    files     world.parquet and truth.json

Numbers come from the generator that is handed in: the same seed gives the same world.
"""

from __future__ import annotations

from .cells import cells_of
from .files import write_world
from .recipes import WORLDS, Recipe
from .rules import RULES, lowest_tenth, lowest_tenth_within_team, significantly_below
from .tally import Tally, tally
from .truth import Truth
from .world import World, draw_world

__all__ = [
    "RULES",
    "WORLDS",
    "Recipe",
    "Tally",
    "Truth",
    "World",
    "cells_of",
    "draw_world",
    "lowest_tenth",
    "lowest_tenth_within_team",
    "significantly_below",
    "tally",
    "write_world",
]
