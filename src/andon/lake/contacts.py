"""Contacts of customers, in the order in which each customer had them: what journeys are joined from."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import EARLIEST, LATEST, Factor, Floats, Times
from andon.lake.counting import factor_of
from andon.lake.errors import BadInput
from andon.lake.readings import read_number, read_time
from andon.lake.reducing import row_filter, too_narrow
from andon.lake.source import Reading, Source, column_of

VALUES = ("wait", "passed", "gave_up", "effort")
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class ContactSpec:
    """Columns by name. steps: several combine. wait: seconds; passed: how often passed on; gave_up: yes or no;
    effort: a score. customer: a pseudonym. where: as in `CellSpec`. since: only contacts from then on, UTC. begins:
    only customers whose pseudonym begins so, to look at a part of very many.
    """

    at: str
    customer: str
    steps: tuple[str, ...]
    wait: str | None = None
    passed: str | None = None
    gave_up: str | None = None
    effort: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    since: dt.datetime | None = None
    begins: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """N contacts, ordered by customer and time; no name of a customer is kept. customer (N,): from 0. at (N,): UTC.
    step: which step each was. wait, passed, gave_up, effort (N,): NaN where there is none. nobody: rows without a
    customer or a time, left out.
    """

    customer: NDArray[np.int64]
    at: Times
    step: Factor
    wait: Floats
    passed: Floats
    gave_up: Floats
    effort: Floats
    nobody: int = 0

    def __len__(self) -> int:
        return len(self.at)

    def take(self, rows: NDArray[np.int64]) -> "Contacts":
        """Some of them, in the order of `rows`."""
        wait, passed, gave_up, effort = (getattr(self, name)[rows] for name in VALUES)
        step = Factor(self.step.codes[rows], self.step.levels)
        return Contacts(self.customer[rows], self.at[rows], step, wait, passed, gave_up, effort, self.nobody)


def contacts(source: Source, spec: ContactSpec) -> Contacts:
    """Reads them. Raises BadInput naming the column and the remedy."""
    spec = resolved(source, spec)
    table = read(source, spec)
    if not len(table):
        raise (
            too_narrow(source, spec.where)
            if spec.where
            else BadInput("There are no rows.", "Give a file with rows.")
        )
    return ordered(table, spec)


def read(source: Source, spec: ContactSpec) -> pa.Table:
    """The rows of a spec whose columns were found, in any order: customer, at, step_0, ..., and the values asked
    for.
    """
    numbers = {name: read_number(source, column) for name in VALUES if (column := getattr(spec, name))}
    parts = {"at": read_time(source, spec.at).reading, "customer": Reading(spec.customer)}
    parts |= {f"step_{i}": Reading(name) for i, name in enumerate(spec.steps)} | numbers
    parts |= {f"where_{i}": Reading(c) for i, c in enumerate(dict.fromkeys(c for c, _ in spec.where))}
    frame, wanted = source.frame(parts), row_filter(source, spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    return source.collect(_within(frame.with_columns(customer=nw.col("customer").cast(nw.String)), spec))


def _within(frame: nw.LazyFrame[Any], spec: ContactSpec) -> nw.LazyFrame[Any]:
    if spec.since is not None:
        frame = frame.filter(nw.col("at") >= nw.lit(spec.since))
    return frame.filter(nw.col("customer").str.starts_with(spec.begins)) if spec.begins else frame


def resolved(source: Source, spec: ContactSpec) -> ContactSpec:
    """With the columns of the source that are meant. Raises BadInput."""
    wait, passed, gave_up, effort = (
        column_of(source, column) if (column := getattr(spec, name)) else None for name in VALUES
    )
    return replace(
        spec,
        at=column_of(source, spec.at),
        customer=column_of(source, spec.customer),
        steps=tuple(column_of(source, name) for name in spec.steps),
        where=tuple((column_of(source, name), value) for name, value in spec.where),
        wait=wait,
        passed=passed,
        gave_up=gave_up,
        effort=effort,
    )


def ordered(table: pa.Table, spec: ContactSpec) -> Contacts:
    """The rows by customer and time. Raises BadInput where no row names a customer."""
    return arranged(table, spec)[0]


def arranged(table: pa.Table, spec: ContactSpec) -> tuple[Contacts, NDArray[np.int64]]:
    """As `ordered`, and which row of the table each contact was."""
    at = np.asarray(table["at"].cast(pa.timestamp("s"), safe=False).to_numpy(), "datetime64[s]")
    encoded = table["customer"].combine_chunks().dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    blank = np.array([not (name or "").strip(" ?") for name in encoded.dictionary.to_pylist()], np.bool_)
    known = (codes >= 0) & ~np.isnat(at) & (at >= EARLIEST) & (at < LATEST)
    known &= ~np.append(blank, False)[codes]
    if not known.any():
        raise BadInput(f"No row names a customer in “{spec.customer}”.", "Give the column of pseudonyms.")
    rows = np.flatnonzero(known)
    moment = at[rows].astype(np.int64) - int(at[rows].astype(np.int64).min())
    rows = rows[np.argsort(codes[rows] * (int(moment.max()) + 1) + moment, kind="stable")]
    step = _steps([factor_of(table[f"step_{i}"]) for i in range(len(spec.steps))])

    def values(name: str) -> Floats:
        if name not in table.column_names:
            return np.full(len(rows), np.nan)
        return np.asarray(table[name].cast(pa.float64()).fill_null(np.nan).to_numpy(), np.float64)[rows]

    found = Contacts(
        codes[rows], at[rows], Factor(step.codes[rows], step.levels), values("wait"), values("passed"),
        values("gave_up"), values("effort"), len(known) - len(rows),
    )  # fmt: skip
    return found, rows


def _steps(parts: list[Factor]) -> Factor:
    """Several columns as one, only combinations that occur."""
    if len(parts) == 1:
        return parts[0]
    codes = np.stack([part.codes for part in parts])
    used, compact = np.unique(codes, axis=1, return_inverse=True)
    names = [
        SEPARATOR.join(p.levels[i] for p, i in zip(parts, column, strict=True)) for column in used.T.tolist()
    ]
    return Factor(compact.ravel().astype(np.int32), names)
