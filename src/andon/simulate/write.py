"""The files: clean CSV and Parquet that a user could have brought, byte for byte the same for the same seed."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from .frame import PRODUCTS, REGIONS, Rows, channel_names
from .mechanisms import Mechanism
from .names import customer_ids
from .outcomes import UNKNOWN, Outcomes
from .people import Staff
from .signals import Signal

NUMBERS = (
    "handling_time",
    "talk_time",
    "wrap_time",
    "time_to_resolve",
    "wait_time",
    "transfers",
    "csat",
    "nps",
    "effort",
)
COUNTS = ("lines", "line_errors")
ROW_GROUP = 262_144


class CannotWrite(OSError):
    """The folder cannot be written. `problem` says why, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem, self.remedy = problem, remedy


@contextmanager
def all_or_nothing(out: Path) -> Iterator[Path]:
    """A folder beside `out` whose files move to `out` together at the end, and never when something fails."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".andon-", dir=out))
    except OSError as reason:
        raise CannotWrite(
            f"{out} cannot be written: {reason.strerror}.", "Name another folder with --out."
        ) from reason
    try:
        yield draft
        for file in sorted(draft.iterdir()):
            file.replace(out / file.name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """UTF-8, commas, a line feed after each row; None is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_teams(path: Path, staff: Staff) -> None:
    write_csv(path, ("team", "parent", "site"), [(t.name, t.parent, t.site) for t in staff.teams])


def write_people(path: Path, staff: Staff) -> None:
    """Everybody in the order of their numbers."""
    header = ("number", "name", "email", "manager", "team", "title", "site", "joined", "left", "roles")
    numbers = staff.numbers
    rows = []
    for i in np.argsort(numbers):
        person, team = staff.people[i], staff.teams[staff.people[i].team]
        manager = "" if person.manager is None else numbers[person.manager]
        rows.append((
            numbers[i], person.name, staff.emails[i], manager, team.name, person.title, team.site, person.joined,
            person.left, person.roles,
        ))  # fmt: skip
    write_csv(path, header, rows)


def write_mechanisms(path: Path, mechanisms: tuple[Mechanism, ...], staff: Staff, since: str) -> None:
    header = (
        "mechanism", "name", "kind", "purpose", "owner_team", "owner", "consumers", "inputs", "outputs", "specification",
        "inspection", "version", "since",
    )  # fmt: skip
    rows = []
    for m in mechanisms:
        team = 0 if m.owner_kind == "office" else staff.kind_of(m.owner_kind)[0]
        consumers = dict.fromkeys(staff.teams[t].name for kind in m.consumers for t in staff.kind_of(kind))
        rows.append((
            m.slug, m.name, m.kind, m.purpose, staff.teams[team].name, staff.numbers[staff.owner_in(team)],
            ";".join(consumers), m.inputs, m.outputs, m.specification, m.inspection, 1, since,
        ))  # fmt: skip
    write_csv(path, header, rows)


def write_measures(path: Path, mechanisms: tuple[Mechanism, ...]) -> None:
    header = (
        "mechanism", "measure", "name", "outcome", "of", "kind", "unit", "good", "spec_lower", "spec_upper", "target",
        "every", "season",
    )  # fmt: skip
    names = ["slug" if name == "measure" else name for name in header[1:]]
    rows = [(m.slug, *(getattr(measure, n) for n in names)) for m in mechanisms for measure in m.measures]
    write_csv(path, header, rows)


def write_signals(path: Path, signals: Sequence[Signal]) -> None:
    write_csv(path, [field.name for field in fields(Signal)], map(astuple, signals))


def write_interactions(
    path: Path, rows: Rows, outcomes: Outcomes, mechanisms: tuple[Mechanism, ...], staff: Staff
) -> None:
    """One row an interaction, in order of time; times are UTC."""
    columns = _who_and_when(rows, mechanisms, staff)
    columns |= {name: _outcome(name, values) for name, values in outcomes.items()}
    table = pa.table(columns)
    pq.write_table(table, path, compression="zstd", row_group_size=ROW_GROUP)


def _who_and_when(rows: Rows, mechanisms: tuple[Mechanism, ...], staff: Staff) -> dict[str, pa.Array]:
    worker = np.where(rows.worker >= 0, staff.numbers[rows.worker], UNKNOWN)
    seen, customer = np.unique(rows.customer, return_inverse=True)
    ids = customer_ids(seen.astype(np.int64))
    return {
        "at": pa.array(rows.at.astype("datetime64[us]"), pa.timestamp("us", tz="UTC")),
        "mechanism": _named(rows.mechanism, [m.slug for m in mechanisms]),
        "worker": _nullable(worker, pa.int32()),
        "team": _named(rows.team, [team.name for team in staff.teams]),
        "customer": _named(customer, ids.tolist()),
        "channel": _named(rows.channel, channel_names(mechanisms)),
        "product": _named(rows.product, PRODUCTS),
        "region": _named(rows.region, REGIONS),
    }


def _named(codes: NDArray[np.integer[Any]], names: Sequence[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32)), pa.array(list(names), pa.string())
    )


def _outcome(name: str, values: NDArray[np.generic]) -> pa.Array:
    if name == "time_to_resolve":
        return _nullable(values, pa.float64())
    if name in NUMBERS or name in COUNTS:
        return _nullable(values, pa.int32())
    return _nullable(values, pa.bool_())


def _nullable(values: NDArray[np.generic], kind: pa.DataType) -> pa.Array:
    missing = values == UNKNOWN
    if pa.types.is_boolean(kind):
        return pa.array(values == 1, kind, mask=missing)
    return (
        pa.array(values, kind, mask=missing)
        if values.dtype.kind == "f"
        else pa.array(values.astype(np.int32), kind, mask=missing)
    )
