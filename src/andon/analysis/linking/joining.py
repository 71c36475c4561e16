"""Two files on the same units and periods."""

from __future__ import annotations

import numpy as np

from andon.analysis.linking.periods import Calendar, base_of, calendar_of, partial
from andon.analysis.linking.spec import Floats, Joined, LinkQuestion, Measure, Side
from andon.analysis.linking.units import matched, unmatched
from andon.lake import BadInput, Source
from andon.lake.linking import Ints, UnitCells, unit_cells
from andon.lake.linking_plan import UnitPlan
from andon.plots import words

SIDES: tuple[Side, Side] = ("employee", "customer")
FILES: dict[Side, str] = {"employee": "EMPLOYEE_DATA", "customer": "CUSTOMER_DATA"}
ANSWERS = 5  # rows in the middle unit and period, from which rows are single answers
MOST_CELLS = 20_000_000


def join(question: LinkQuestion, sources: tuple[Source, Source], plans: tuple[UnitPlan, UnitPlan]) -> Joined:
    """Reads both files and lays them on one another. Raises BadInput where they have nothing in common."""
    base = base_of(plans, question.every)
    cells = (unit_cells(sources[0], plans[0], base), unit_cells(sources[1], plans[1], base))
    calendar = calendar_of(plans, cells, base, question.every, question.begins)
    numbers = tuple(
        calendar.number(one.periods, plan.grain == "year") for plan, one in zip(plans, cells, strict=True)
    )
    first, last = _range(calendar, numbers)
    places, units, notes = matched(cells)
    if len(units) * (last - first + 1) > MOST_CELLS:
        raise BadInput(
            "There are too many units and periods to compare.", "Ask for longer periods with --every."
        )
    employee, few = _employee(cells[0])
    made: dict[Side, tuple[Measure, ...]] = {}
    shape, used = (len(units), last - first + 1), (employee, np.ones(len(cells[1].codes), np.bool_))
    for side, plan, one, number, place, kept in zip(SIDES, plans, cells, numbers, places, used, strict=True):
        made[side] = _measures(side, plan, one, number - first, place, shape, kept)
    alone = {side: unmatched(one, place) for side, one, place in zip(SIDES, cells, places, strict=True)}
    labels = [calendar.label(number) for number in range(first, last + 1)]
    told = [*_told(calendar, plans, cells, numbers, labels), *notes, *few]
    for side, source, one in zip(SIDES, sources, cells, strict=True):
        told += [f"{FILES[side]}: {note}" for note in [*one.notes, *_row_notes(source, one)]]
    return Joined(
        units, labels, calendar.every, made["employee"], made["customer"], alone,
        {side: one.read for side, one in zip(SIDES, cells, strict=True)},
        [*cells[0].refused, *cells[1].refused], tuple(told),
    )  # fmt: skip


# Periods


def _range(calendar: Calendar, numbers: tuple[Ints, ...]) -> tuple[int, int]:
    ends = [(int(one.min()), int(one.max())) for one in numbers]
    first, last = max(low for low, _ in ends), min(high for _, high in ends)
    if first > last:
        spans = [f"{calendar.label(low)} to {calendar.label(high)}" for low, high in ends]
        raise BadInput(
            f"The files have no period in common: EMPLOYEE_DATA has {spans[0]}, CUSTOMER_DATA {spans[1]}.",
            "Give files of the same time, or look at how --at was read.",
        )
    return first, last


def _told(
    calendar: Calendar, plans: tuple[UnitPlan, ...], cells: tuple[UnitCells, ...], numbers: tuple[Ints, ...],
    labels: list[str],
) -> list[str]:  # fmt: skip
    """What a reader should know of the periods."""
    notes = []
    for side, plan, one, number in zip(SIDES, plans, cells, numbers, strict=True):
        short = {label: n for label, n in partial(calendar, plan, one, number).items() if label in labels}
        if short:
            held = ", ".join(
                f"{label} holds {words.counted(n, 'month')}" for label, n in list(short.items())[:4]
            )
            notes.append(f"{FILES[side]} has fewer months than usual in some periods: {held}.")
    if calendar.every == "year" and any(plan.grain != "year" for plan in plans):
        month = words.MONTHS[calendar.begins - 1]
        notes.append(f"Years were taken to begin in {month}; --year-begins says otherwise.")
    return notes


# Measures


def _employee(cells: UnitCells) -> tuple[np.ndarray, list[str]]:
    """Which cells of the employees' file may be used: where rows are single answers, those of five and more."""
    every = np.ones(len(cells.rows), np.bool_)
    if float(np.median(cells.rows)) < ANSWERS:
        return every, []
    kept = cells.rows >= ANSWERS
    if kept.all():
        return every, []
    return kept, [
        f"Rows of EMPLOYEE_DATA look like single answers, so {words.counted(int((~kept).sum()), 'time')} that a unit "
        f"had fewer than {words.few(ANSWERS)} were left out."
    ]


def _measures(
    side: Side,
    plan: UnitPlan,
    cells: UnitCells,
    numbers: Ints,
    places: Ints,
    shape: tuple[int, int],
    kept: np.ndarray,
) -> tuple[Measure, ...]:
    place = places[cells.codes]
    inside = kept & (place >= 0) & (numbers >= 0) & (numbers < shape[1])
    flat = place[inside] * shape[1] + numbers[inside]

    def laid(values: Floats) -> Floats:
        return np.bincount(flat, values[inside], shape[0] * shape[1]).reshape(shape)

    found = []
    for i, reading in enumerate(plan.measures):
        weight = laid(cells.weights[i])
        values = np.divide(laid(cells.sums[i]), weight, out=np.full(shape, np.nan), where=weight > 0)
        name = f"{reading.column} / {plan.spec.of}" if plan.spec.of else reading.column
        found.append(Measure(side, reading.column, name, values, _unit(plan, cells, i)))
    return tuple(found)


def _unit(plan: UnitPlan, cells: UnitCells, i: int) -> str:
    """A share where it is one: yes or no, per cent, or counted out of a denominator that it never passes."""
    if plan.spec.of:
        return "share" if cells.over[i] == 0 and cells.lows[i] >= 0 else ""
    return (
        "share"
        if cells.truths[i] or (cells.lows[i] == 0 and cells.highs[i] == 1 and _whole(cells, i))
        else ""
    )


def _whole(cells: UnitCells, i: int) -> bool:
    return bool((cells.sums[i] == np.round(cells.sums[i])).all())


def _row_notes(source: Source, cells: UnitCells) -> list[str]:
    notes = []
    if cells.refused:
        notes.append(
            f"{words.counted(len(cells.refused), 'row')} held something that could not be read; see refused.csv."
        )
    if cells.unnamed:
        one = cells.unnamed == 1
        notes.append(
            f"{words.capital(words.counted(cells.unnamed, 'row'))} {'names' if one else 'name'} no unit."
        )
    twice = source.duplicates()
    if twice:
        notes.append(
            f"{words.capital(words.counted(twice, 'row is an exact copy', 'rows are exact copies'))} of another. "
            "They were counted; leave them out if every row should be different."
        )
    return notes
