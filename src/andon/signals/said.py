"""From a file of what customers said to signals, row by row; nothing is written here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from andon.lake import Reading, Refused, Source
from andon.lake.missing import is_nothing
from andon.lake.readings import read_time
from andon.signals import rules
from andon.signals.folding import fold

AT = "__at"
CHUNK = 5_000
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
PLAIN = {"channel": 60, "language": 12, "product": 120, "region": 120, "reference": 120}
CONTACT = {"contact_name": 160, "contact": 240}


class Said(NamedTuple):
    """One row as the fields of a signal, the mechanism as the file writes it, and the words to search by."""

    fields: dict[str, Any]
    mechanism: str
    folded: str


@dataclass(slots=True)
class Reader:
    """Reads one file. `mapping` is {word of ours: column}; `secret` keys the pseudonyms."""

    source: Source
    name: str
    mapping: Mapping[str, str]
    now: datetime
    secret: str
    refused: list[Refused] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    _digests: rules.Digests = field(default_factory=rules.Digests)
    _kind: str = ""

    def rows(self) -> Iterator[Said]:
        """What can be taken; what cannot is found in `refused` afterwards. Raises BadInput."""
        self.source.keep(list(self.source.columns))
        time = read_time(self.source, self.mapping["received_at"])
        self.notes += [*self.source.notes, *time.notes]
        self._kind = self._rating_kind()
        parts = {column: Reading(column) for column in self.source.columns}
        table = self.source.collect(self.source.frame({**parts, AT: time.reading}))
        self.refused += self.source.broken()
        for start in range(0, len(table), CHUNK):
            for place, row in enumerate(table.slice(start, CHUNK).to_pylist(), start + 2):
                at = row.pop(AT)
                if (found := self._read(row, at, place)) is not None:
                    yield found

    def said_of_ratings(self) -> list[str]:
        """A sentence on ratings that were left blank."""
        if not self.odd:
            return []
        shown = ", ".join(f"“{value}”" for value, _ in self.odd.most_common(5))
        low, high = rules.SCALES[self._kind]
        many = f"{self.odd.total():,} rating{'s' if self.odd.total() > 1 else ''}"
        return [f"{many} outside {low:g} to {high:g} ({shown}) left blank; the rows are kept."]

    def _read(self, row: Mapping[str, Any], at: datetime | None, place: int) -> Said | None:
        raw = {column: plain(value) for column, value in row.items()}
        digest = self._digests.of(raw)
        given = {word: text_of(raw.get(column)) for word, column in self.mapping.items()}
        if problem := self._problem_of_time(given, at):
            return self._refuse(place, "received_at", given, problem)
        rating = rules.rate(
            given.get("rating", ""), rules.known_kind(given.get("rating_kind", "")) or self._kind
        )
        if rating.odd:
            self.odd[given["rating"][:40]] += 1
        text = given.get("text", "")
        if is_nothing(text) and rating.value is None:
            return self._refuse(place, "text", given, "There is neither a text nor a rating.")
        return self._said(raw, given, rating, moment(at), digest)

    def _said(
        self, raw: dict, given: dict[str, str], rating: rules.Rating, at: datetime, digest: str
    ) -> Said:
        fields = {name: given.get(name, "")[:most] for name, most in (PLAIN | CONTACT).items()}
        who = given.get("customer") or given.get("contact") or ""
        fields |= {"text": given.get("text", ""), "raw": raw, "digest": digest, "received_at": at}
        fields |= {"rating": rating.value, "rating_kind": rating.kind, "band": rating.band}
        fields |= {"customer": rules.pseudonym(who, self.secret), "month": f"{at:%Y-%m}"}
        words = (fields["text"], fields["reference"], fields["product"], fields["region"], fields["channel"])
        return Said(fields, given.get("mechanism", ""), fold(" ".join(filter(None, words))))

    def _problem_of_time(self, given: dict[str, str], at: datetime | None) -> str:
        if at is None:
            empty = is_nothing(given["received_at"])
            return "The time is missing." if empty else "This could not be read as a time."
        if moment(at) < EARLIEST:
            return "The time lies before 1970."
        if moment(at) > self.now + timedelta(days=1):
            return "The time lies in the future."
        return ""

    def _refuse(self, place: int, word: str, given: dict[str, str], reason: str) -> None:
        column = self.mapping.get(word) or self.mapping.get("rating", "")
        self.refused.append(Refused(self.name, place, column, given.get(word, "")[:200], reason))

    def _rating_kind(self) -> str:
        column = self.mapping.get("rating")
        if not column:
            return "csat"
        return rules.kind_of_rating(column, [str(value) for value in self.source.sample(column, 4000)])


def moment(at: datetime) -> datetime:
    """In UTC; moments without a zone already are."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def plain(value: Any) -> Any:
    """As JSON and every database can keep it."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return str(value)


def text_of(value: Any) -> str:
    """A cell as trimmed text; 17.0 from a spreadsheet is 17."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
