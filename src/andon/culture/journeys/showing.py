"""What of all slices may be shown together, as data to keep. Pure: a count of fewer than five customers is not there,
nor what would give it away by subtracting steps, paths or slices from each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import isfinite
from typing import Any

from andon.analysis.journeys.hiding import hidden
from andon.analysis.journeys.spec import FEWEST, JourneyStep, Travelled
from andon.culture.journeys.slicing import ALL, AT, FROM, Slices

Cell = tuple[Any, ...]
Sizes = dict[Cell, int]
START, END, REST = "", "", "+rest"
PATHS, PASSAGES = 15, 60  # shown of a slice, the most frequent
COUNTS = ("repeats", "passed", "gave_up", "left")


def shown(slices: Slices, fewest: int = FEWEST) -> dict[str, dict[str, Any]]:
    """What is kept of each slice, by its key."""
    sizes = {(key, *cell): n for key, one in slices.found.items() for cell, n in cells(one).items()}
    sums = [[(key, *cell) for cell in line] for key, one in slices.found.items() for line in lines(one)]
    away = hidden(sizes, [*sums, *_across(sizes, slices)], fewest)
    return {
        key: told(one, {cell[1:] for cell in away if cell[0] == key}) for key, one in slices.found.items()
    }


def _across(sizes: Sizes, slices: Slices) -> Iterator[Sequence[Cell]]:
    """The same cell of the whole, and of slices that are the whole together."""
    for prefix in (FROM, AT):
        if parts := slices.parts(prefix):
            for cell in {cell[1:] for cell in sizes if cell[0] == ALL}:
                yield [(key, *cell) for key in (ALL, *parts)]


def cells(one: Travelled) -> Sizes:
    """Customers behind each number."""
    found: Sizes = {}
    for step in one.steps:
        found["step", step.name] = step.contacts.customers
        found["from", START, step.name] = step.begins.customers
        found["from", step.name, END] = step.ends.customers
        found["asked", step.name], found["waited", step.name] = step.asked, step.waited
        for name in COUNTS:
            found[name, step.name] = counted.customers if (counted := getattr(step, name)) else 0
    found |= {("from", each.start, each.end): each.customers for each in one.passages}
    found |= {("path", each.steps, each.more): each.customers for each in one.paths}
    found |= {("band", each.place, each.start, each.end): each.customers for each in one.bands}
    return found | _later(one)


def _later(one: Travelled) -> Sizes:
    """Passages beyond those that the picture draws: what is left when those are subtracted."""
    drawn: dict[tuple[str, str], int] = {}
    for band in one.bands:
        if band.end:
            drawn[band.start, band.end] = drawn.get((band.start, band.end), 0) + band.journeys
    left = {
        (each.start, each.end): each.times - drawn.get((each.start, each.end), 0) for each in one.passages
    }
    return {("later", *key): n for key, n in left.items()}


def lines(one: Travelled) -> Iterator[list[Cell]]:
    """Cells that add up: in and out of each step, all of the picture and of the paths."""
    names = [step.name for step in one.steps]
    for name in names:
        yield [("step", name), *(("from", name, end) for end in (*names, END))]
        yield [("step", name), *(("from", start, name) for start in (START, *names))]
    yield [("from", START, name) for name in names]
    yield [("from", name, END) for name in names]
    yield [("path", each.steps, each.more) for each in one.paths]
    yield from _bands(one)


def _bands(one: Travelled) -> Iterator[list[Cell]]:
    """What comes to a bar goes on from it, or ends there; over all places, a passage."""
    by: dict[tuple[Any, ...], list[Cell]] = {}
    for band in one.bands:
        cell = ("band", band.place, band.start, band.end)
        by.setdefault(("bar", band.place, band.start), []).append(cell)
        if band.end:
            by.setdefault(("bar", band.place + 1, band.end), []).append(cell)
            by.setdefault(("passage", band.start, band.end), []).append(cell)
    for key, cells_ in by.items():
        whole = [("from", *key[1:]), ("later", *key[1:])] if key[0] == "passage" else []
        yield [*whole, *cells_]


def told(one: Travelled, away: set[Cell]) -> dict[str, Any]:
    """As data, without what is hidden."""
    steps = [_step(step, away) for step in one.steps if ("step", step.name) not in away]
    paths = [asdict(each) for each in one.paths if ("path", each.steps, each.more) not in away]
    passages = [asdict(each) for each in one.passages if ("from", each.start, each.end) not in away]
    bands = [asdict(each) for each in one.bands if ("band", each.place, each.start, each.end) not in away]
    for each in [*passages, *bands]:
        del each["customers"]
    numbers = {
        name: getattr(one, name) for name in ("contacts", "customers", "journeys", "single", "open", "months")
    }
    return numbers | {
        "steps": steps,
        "paths": [each for each in paths if len(each["steps"]) > 1][:PATHS],
        "passages": passages[:PASSAGES],
        "bands": bands,
    }


def _step(step: JourneyStep, away: set[Cell]) -> dict[str, Any]:
    counts: Mapping[str, Any] = {name: getattr(step, name) for name in COUNTS}
    found = {
        name: one.times if one and (name, step.name) not in away else None for name, one in counts.items()
    }
    return {
        "name": step.name, "contacts": step.contacts.times, "customers": step.contacts.customers,
        "begins": None if ("from", START, step.name) in away else step.begins.times,
        "ends": None if ("from", step.name, END) in away else step.ends.times, **found,
        "hidden": [name for name, one in counts.items() if one is not None and found[name] is None],
        "wait": _mean(step.wait, ("waited", step.name) in away),
        "effort": _mean(step.effort, ("asked", step.name) in away),
        "asked": 0 if ("asked", step.name) in away else step.asked, "hours": _mean(step.hours, False),
        "saving": asdict(step.saving) if step.saving else None,
    }  # fmt: skip


def _mean(value: float, away: bool) -> float | None:
    return round(value, 2) if isfinite(value) and not away else None
