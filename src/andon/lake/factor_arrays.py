"""From the table an engine counted to factor cells: codes and levels, names in order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
import pyarrow as pa

from andon.lake.cells import Every, Factor, Floats, Tally, starts
from andon.lake.errors import BadInput, listing
from andon.lake.factor_plan import FactorPlan
from andon.lake.factors import FactorCells, Ints
from andon.lake.missing import NOT_GIVEN, name_of
from andon.lake.profile import Profile, Stretches

SEPARATOR = " · "
MOST_LEVELS = {"mechanism": 5_000, "team": 5_000}
MOST_WORDS = 1_000  # levels of a covariate of texts; the rest are one
OTHER = "(other)"


def _floats(table: pa.Table, name: str) -> Floats:
    return np.asarray(table[name].cast(pa.float64()).fill_null(0.0).to_numpy(), np.float64)


def _texts(column: pa.ChunkedArray, whole: bool) -> Factor:
    """Codes and sorted names; names that differ only in spaces are one; whole numbers sort as numbers."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    raw = [name_of(_plain(value)) for value in encoded.dictionary.to_pylist()]
    levels = sorted(set(raw), key=_by_number if whole else None)
    place = {name: code for code, name in enumerate(levels)}
    lookup = np.array([place[name] for name in raw] or [0], np.int32)
    codes = encoded.indices.to_numpy(zero_copy_only=False) if len(raw) else np.empty(0, np.int64)
    return Factor(lookup[codes] if len(raw) else np.empty(0, np.int32), levels)


def _by_number(name: str) -> tuple[bool, int]:
    return (True, 0) if name == NOT_GIVEN else (False, int(name))


def _plain(value: object) -> object:
    """17.0 from a spreadsheet is 17; yes and no are words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, float):
        return value
    if value != value:
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _whole(column: pa.ChunkedArray) -> bool:
    return bool(pa.types.is_integer(column.type))


def _combined(parts: Sequence[Factor]) -> Factor:
    """Several groupings as one: their levels joined by “ · ”, only those that occur."""
    if len(parts) == 1:
        return parts[0]
    code = np.zeros(len(parts[0].codes), np.int64)
    for part in parts:
        code = code * len(part.levels) + part.codes
    used, compact = np.unique(code, return_inverse=True)
    names: list[list[str]] = []
    for part in reversed(parts):
        names.append([part.levels[i] for i in (used % len(part.levels)).tolist()])
        used = used // len(part.levels)
    joined = [SEPARATOR.join(level) for level in zip(*reversed(names), strict=True)]
    return Factor(compact.astype(np.int32), joined)


def factor_of(table: pa.Table, role: str, columns: tuple[str, ...]) -> Factor:
    parts = [table[f"{role}_{i}"] for i in range(len(columns))]
    found = _combined([_texts(part, _whole(part)) for part in parts])
    most = MOST_LEVELS.get(role)
    if most and len(found.levels) > most:
        raise BadInput(
            f"{listing(columns)} names {len(found.levels):,} different {role}s.",
            f"Up to {most:,} can be told apart: give a coarser column as --{role}.",
        )
    return found


def _periods(table: pa.Table, every: Every) -> Factor:
    numbers = np.asarray(table["period"].cast(pa.int64()).to_numpy(), np.int64)
    used, codes = np.unique(numbers, return_inverse=True)
    return Factor(codes.astype(np.int32), [str(day)[:10] for day in starts(used, every)])


def _stretch_factor(table: pa.Table, i: int, one: Stretches) -> Factor:
    numbers = np.asarray(table[f"b_{i}"].cast(pa.int64()).to_numpy(), np.int64)
    used, codes = np.unique(numbers, return_inverse=True)
    return Factor(codes.astype(np.int32), [one.name(int(number)) for number in used])


def _fewer(factor: Factor, n: Floats) -> Factor:
    """The most frequent levels, the rest in one."""
    if len(factor.levels) <= MOST_WORDS:
        return factor
    size = np.bincount(factor.codes, n, len(factor.levels))
    kept = np.sort(np.argsort(-size, kind="stable")[: MOST_WORDS - 1])
    lookup = np.full(len(factor.levels), len(kept), np.int32)
    lookup[kept] = np.arange(len(kept))
    return Factor(lookup[factor.codes], [*(factor.levels[i] for i in kept), OTHER])


def cells_of_table(
    todo: FactorPlan, table: pa.Table, seen: Profile, bins: Sequence[Stretches], tally: Tally, **chosen: Any
) -> FactorCells:
    """`chosen`: kind, scale, period and notes, as `FactorCells` names them."""
    spec, every = todo.spec, cast("Every | None", chosen["every"])
    n = _floats(table, "n")
    factors = {role: factor_of(table, role, columns) for role, columns in spec.by.items()}
    factors |= {"period": _periods(table, every)} if every else {}
    names = dict(zip(todo.numbers, range(len(bins)), strict=True))
    binned = {name: _stretch_factor(table, i, bins[i]) for name, i in names.items()}
    words = {f"t_{i}": name for i, name in enumerate(todo.texts)}
    binned |= {name: _fewer(_texts(table[key], _whole(table[key])), n) for key, name in words.items()}
    with np.errstate(all="ignore"):
        slopes = {name: _floats(table, f"sx_{i}") / _floats(table, f"nx_{i}") for name, i in names.items()}
    cells = FactorCells(
        factors, n, _floats(table, "total"), _floats(table, "squares"), bins=binned, slopes=slopes,
        least=seen.low, most=seen.high, whole=seen.whole, skewness=seen.skewness, outcome=spec.outcome,
        numbered=len(spec.by["worker"]) == 1 and _whole(table["worker_0"]), tally=tally, **chosen,
    )  # fmt: skip
    return without_nobody(cells)


def without_nobody(cells: FactorCells) -> FactorCells:
    """The cells in which somebody served. Raises BadInput where there are none."""
    worker = cells.factors["worker"]
    if NOT_GIVEN not in worker.levels:
        return cells
    kept = worker.codes != worker.levels.index(NOT_GIVEN)
    lost = int(cells.n[~kept].sum())
    if not kept.any():
        raise BadInput("No row names a worker.", "Give the column of who served as --worker.")
    tally = replace(cells.tally, used=cells.tally.used - lost)
    return replace(taken(cells, np.flatnonzero(kept)), tally=tally, nobody=lost)


def taken(cells: FactorCells, rows: Ints) -> FactorCells:
    """Some of the cells; levels that no longer occur are dropped."""

    def part(factor: Factor) -> Factor:
        used, codes = np.unique(factor.codes[rows], return_inverse=True)
        return Factor(codes.astype(np.int32), [factor.levels[i] for i in used])

    return replace(
        cells,
        factors={name: part(factor) for name, factor in cells.factors.items()},
        bins={name: part(factor) for name, factor in cells.bins.items()},
        slopes={name: values[rows] for name, values in cells.slopes.items()},
        n=cells.n[rows],
        total=cells.total[rows],
        squares=cells.squares[rows],
    )
