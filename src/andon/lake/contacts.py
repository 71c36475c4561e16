"""Contacts of customers, in the order in which each customer had them: what journeys are joined from."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from andon.lake.cells import EARLIEST, LATEST, Factor, Floats, Times
from andon.lake.counting import factor_of
from andon.lake.errors import BadInput
from andon.lake.missing import NOTHING
from andon.lake.readings import read_number, read_time
from andon.lake.reducing import row_filter, too_narrow
from andon.lake.source import Reading, Source, column_of

VALUES = ("wait", "passed", "gave_up", "effort", "outcome")
FACTORS = ("channel", "contact")
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class ContactSpec:
    """Columns by name. steps: several combine. wait: seconds; passed: how often passed on; gave_up: yes or no;
    effort: a score. customer: a pseudonym. where: as in `CellSpec`. since: only contacts from then on, UTC. begins:
    only customers whose pseudonym begins so, to look at a part of very many. outcome: what the customer got, a number
    or yes or no. channel: by which way it came. contact: names the contact, where several rows are one, which begins as
    the first of them, and is as the last of them says.
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
    outcome: str | None = None
    channel: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """N contacts, ordered by customer and time; no name of a customer is kept. customer (N,): from 0. at (N,): UTC.
    step: which step each was. wait, passed, gave_up, effort (N,): NaN where there is none. nobody: rows without a
    customer or a time, left out. outcome: as the others, None where nobody asked for it. channel: as step.
    """

    customer: NDArray[np.int64]
    at: Times
    step: Factor
    wait: Floats
    passed: Floats
    gave_up: Floats
    effort: Floats
    nobody: int = 0
    outcome: Floats | None = None
    channel: Factor | None = None

    def __len__(self) -> int:
        return len(self.at)

    def take(self, rows: NDArray[np.int64]) -> "Contacts":
        """Some of them, in the order of `rows`."""
        wait, passed, gave_up, effort = (
            one[rows] for one in (self.wait, self.passed, self.gave_up, self.effort)
        )
        outcome = None if self.outcome is None else self.outcome[rows]
        channel = None if self.channel is None else _taken(self.channel, rows)
        return Contacts(
            self.customer[rows], self.at[rows], _taken(self.step, rows), wait, passed, gave_up, effort, self.nobody,
            outcome, channel,
        )  # fmt: skip


def _taken(factor: Factor, rows: NDArray[np.int64]) -> Factor:
    return Factor(factor.codes[rows], factor.levels)


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
    parts = {**readings(source, spec), "customer": Reading(spec.customer)}
    parts |= {f"step_{i}": Reading(name) for i, name in enumerate(spec.steps)}
    parts |= {name: Reading(column) for name in FACTORS if (column := getattr(spec, name))}
    parts |= {f"where_{i}": Reading(c) for i, c in enumerate(dict.fromkeys(c for c, _ in spec.where))}
    frame, wanted = source.frame(parts), row_filter(source, spec.where)
    frame = frame if wanted is None else frame.filter(wanted)
    return source.collect(_within(frame.with_columns(customer=nw.col("customer").cast(nw.String)), spec))


def readings(source: Source, spec: ContactSpec) -> dict[str, Reading]:
    """How the time and the values are read: what can make a row unusable. Raises BadInput."""
    numbers = {name: read_number(source, column) for name in VALUES if (column := getattr(spec, name))}
    return {"at": read_time(source, spec.at).reading, **numbers}


def _within(frame: nw.LazyFrame[Any], spec: ContactSpec) -> nw.LazyFrame[Any]:
    if spec.since is not None:
        frame = frame.filter(nw.col("at") >= nw.lit(spec.since))
    return frame.filter(nw.col("customer").str.starts_with(spec.begins)) if spec.begins else frame


def resolved(source: Source, spec: ContactSpec) -> ContactSpec:
    """With the columns of the source that are meant. Raises BadInput."""
    wait, passed, gave_up, effort, outcome, channel, contact = (
        column_of(source, column) if (column := getattr(spec, name)) else None for name in (*VALUES, *FACTORS)
    )
    return replace(
        spec, at=column_of(source, spec.at), customer=column_of(source, spec.customer),
        steps=tuple(column_of(source, name) for name in spec.steps),
        where=tuple((column_of(source, name), value) for name, value in spec.where), wait=wait, passed=passed,
        gave_up=gave_up, effort=effort, outcome=outcome, channel=channel, contact=contact,
    )  # fmt: skip


def ordered(table: pa.Table, spec: ContactSpec) -> Contacts:
    """The rows by customer and time. Raises BadInput where no row names a customer."""
    return arranged(table, spec)[0]


def arranged(table: pa.Table, spec: ContactSpec) -> tuple[Contacts, NDArray[np.int64]]:
    """As `ordered`, and which row of the table each contact was."""
    at = np.asarray(table["at"].cast(pa.timestamp("s"), safe=False).to_numpy(), "datetime64[s]")
    encoded = table["customer"].combine_chunks().dictionary_encode()
    codes = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    blank = _nobody(encoded.dictionary)
    known = (codes >= 0) & ~np.isnat(at) & (at >= EARLIEST) & (at < LATEST)
    known &= ~np.append(blank, False)[codes]
    if not known.any():
        raise BadInput(f"No row names a customer in “{spec.customer}”.", "Give the column of pseudonyms.")
    rows = np.flatnonzero(known)
    moment = at[rows].astype(np.int64) - int(at[rows].astype(np.int64).min())
    rows = rows[np.argsort(codes[rows] * (int(moment.max()) + 1) + moment, kind="stable")]
    step = _steps([factor_of(table[f"step_{i}"]) for i in range(len(spec.steps))])

    nobody = len(known) - len(rows)
    last = rows
    if "contact" in table.column_names:
        one = _of_contact(codes[rows], factor_of(table["contact"]).codes[rows])
        rows, last = rows[one[0]], rows[one[1]]

    def values(name: str) -> Floats:
        if name not in table.column_names:
            return np.full(len(rows), np.nan)
        return np.asarray(table[name].cast(pa.float64()).fill_null(np.nan).to_numpy(), np.float64)[last]

    found = Contacts(
        codes[rows], at[rows], _taken(step, rows), values("wait"), values("passed"), values("gave_up"),
        values("effort"), nobody, values("outcome") if "outcome" in table.column_names else None,
        _taken(factor_of(table["channel"]), rows) if "channel" in table.column_names else None,
    )  # fmt: skip
    return found, rows


def _nobody(names: pa.Array) -> NDArray[np.bool_]:
    """Which of them name nobody: one “NaN” of a million rows would be one customer."""
    plain = pc.utf8_lower(pc.utf8_trim_whitespace(names))
    found = pc.is_in(plain, value_set=pa.array(sorted(NOTHING), pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def _of_contact(
    customer: NDArray[np.int64], contact: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first and the last row of each contact of each customer, in the order of the first."""
    key = customer * (int(contact.max(initial=0)) + 2) + contact
    first = np.unique(key, return_index=True)[1]
    last = len(key) - 1 - np.unique(key[::-1], return_index=True)[1]
    order = np.argsort(first)
    return first[order], last[order]


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
