"""What customers said, joined with what happened to them: one list of contacts over every channel."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from andon.lake.cells import Floats, Times
from andon.lake.contacts import Contacts, ContactSpec, arranged, read, resolved
from andon.lake.source import Source

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
TWICE = 3600
"""Seconds after a contact within which a message about the same step is that contact, kept once more as its note."""
ANSWERED = 14 * 86_400
"""Seconds after a contact within which an answer to a survey is taken to be about it."""
CONTACT, SAID, ANSWER = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What customers (N,) said, by the pseudonyms of the lake. at: UTC. step: what each is about. answer: given because
    somebody asked, which is no contact. effort: a score, NaN where there is none.
    """

    customer: list[str]
    at: Times
    step: list[str]
    answer: Bools
    effort: Floats

    def __len__(self) -> int:
        return len(self.at)


def joined(source: Source | None, spec: ContactSpec, said: Said) -> Contacts:
    """Contacts of the lake (None for none) and what customers said, by customer and time. `spec` has one step.

    An answer to a survey is no contact: its effort is that of the contact before it, unless that has one of its own.
    Raises BadInput naming the column and the remedy.
    """
    tables = [_table(said, spec)]
    if source is not None:
        spec = resolved(source, spec)
        rows_of = read(source, spec)
        tables.append(rows_of.append_column("kind", pa.array(np.zeros(len(rows_of), np.int8))))
    table = pa.concat_tables(tables, promote_options="permissive")
    found, rows = arranged(table, spec)
    return _once(found, np.asarray(table["kind"].to_numpy())[rows])


def _table(said: Said, spec: ContactSpec) -> pa.Table:
    wanted = np.array([name.startswith(spec.begins) for name in said.customer], np.bool_)
    columns = {
        "customer": pa.array(said.customer, pa.string()),
        "at": pa.array(said.at.astype("datetime64[us]")),
        "step_0": pa.array(said.step, pa.string()),
        "kind": pa.array(np.where(said.answer, ANSWER, SAID).astype(np.int8)),
        "effort": pa.array(said.effort, from_pandas=True),
    }
    return pa.table(columns).filter(pa.array(wanted))


def _once(found: Contacts, kind: NDArray[np.int8]) -> Contacts:
    """Without answers, and without what was written down twice."""
    before = _before(found, kind)
    inside = before >= 0
    same = inside & (found.customer[before] == found.customer)
    apart = np.where(
        same, (found.at - found.at[before]).astype("timedelta64[s]").astype(np.int64), ANSWERED + 1
    )
    effort = found.effort.copy()
    given = np.flatnonzero((kind == ANSWER) & (apart <= ANSWERED) & np.isfinite(found.effort))
    open_ = given[np.isnan(found.effort[before[given]])]
    effort[before[open_]] = found.effort[open_]
    twice = (kind == SAID) & (apart <= TWICE) & (found.step.codes[before] == found.step.codes)
    return replace(found, effort=effort).take(np.flatnonzero((kind != ANSWER) & ~twice))


def _before(found: Contacts, kind: NDArray[np.int8]) -> Ints:
    """The last contact of the lake or message before each, -1 where there is none."""
    place = np.where(kind != ANSWER, np.arange(len(found)), -1)
    latest = np.maximum.accumulate(place) if len(place) else place
    return np.append(-1, latest[:-1]) if len(place) else latest
