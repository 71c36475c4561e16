"""What customers said lately, as arrays: for what must look at every signal at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from django.conf.locale import LANG_INFO
from numpy.typing import NDArray

from andon.analysis.clusters.spec import Records
from andon.lake.cells import Factor
from andon.lake.missing import NOT_GIVEN
from andon.signals.models import Signal

LOOKED_BACK = timedelta(days=548)  # eighteen months: long enough to know the season
MOST = 300_000  # the newest signals that are looked through
AHEAD = timedelta(days=1)
READ = {
    "rating": {"low": "low", "mid": "middling", "high": "high"},
    "language": {code: about["name"] for code, about in LANG_INFO.items() if "name" in about},
}
COLUMNS = ("pk", "received_at", "text", "customer", "mechanism__name", "mechanism_id", "product", "region",
           "channel", "language", "band")  # fmt: skip
ATTRIBUTES = {"mechanism": 4, "product": 6, "region": 7, "channel": 8, "language": 9, "rating": 10}

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """Signals in order of receipt, all arrays (N,). `mechanisms` is 0 where nobody has said which."""

    keys: Ints
    mechanisms: Ints
    complaint: NDArray[np.bool_]
    records: Records

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def last(self) -> datetime:
        return moment(self.records.at[-1])


def heard(now: datetime) -> Heard:
    """One query; the newest signals of the last eighteen months."""
    recent = Signal.objects.filter(received_at__gte=now - LOOKED_BACK, received_at__lte=now + AHEAD)
    rows = list(recent.order_by("-received_at", "-pk").values_list(*COLUMNS)[:MOST])[::-1]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    band = np.array(columns[10], dtype=str)
    return Heard(
        keys=np.array(columns[0], np.int64),
        mechanisms=np.array([key or 0 for key in columns[5]], np.int64),
        complaint=np.isin(band, ("low", "")),
        records=_records(columns),
    )


def _records(columns: Sequence[Sequence]) -> Records:
    attributes = {name: factor(columns[place], READ.get(name, {})) for name, place in ATTRIBUTES.items()}
    at = np.array([one.astimezone(UTC).replace(tzinfo=None) for one in columns[1]], "datetime64[s]")
    return Records(at, attributes, list(columns[2]), _customers(columns[3]))


def factor(values: Sequence[str | None], read: Mapping[str, str]) -> Factor:
    """Codes into the sorted distinct values, as `read` says them; nothing is the value NOT_GIVEN."""
    names = [read.get(value, value) if value else NOT_GIVEN for value in values]
    levels = sorted(set(names))
    place = {name: code for code, name in enumerate(levels)}
    return Factor(np.array([place[name] for name in names], np.int32), levels)


def _customers(values: Sequence[str]) -> Factor:
    """As `factor`, with −1 for a customer who is not known."""
    levels = sorted({value for value in values if value})
    place = {name: code for code, name in enumerate(levels)}
    return Factor(np.array([place.get(value, -1) for value in values], np.int32), levels)


def moment(at: np.datetime64) -> datetime:
    """As the database keeps it."""
    found: datetime = at.astype("datetime64[s]").astype(datetime)
    return found.replace(tzinfo=UTC)
