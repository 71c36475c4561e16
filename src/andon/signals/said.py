"""From a file of what customers said to signals, row by row; nothing is written here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from andon.lake import Record, Refused, Source, is_nothing, pseudonym, read_time, records, text_of
from andon.signals import rules
from andon.signals.folding import fold

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
        self.refused += self.source.broken()
        yield from filter(None, map(self._read, records(self.source, time.reading)))

    def said_of_ratings(self) -> list[str]:
        """A sentence on ratings that were left blank."""
        if not self.odd:
            return []
        shown = ", ".join(f"“{value}”" for value, _ in self.odd.most_common(5))
        low, high = rules.SCALES[self._kind]
        many = f"{self.odd.total():,} ratings" if self.odd.total() > 1 else "1 rating"
        return [f"{many} outside {low:g} to {high:g} ({shown}) left blank; the rows are kept."]

    def _read(self, record: Record) -> Said | None:
        digest = self._digests.of(record.cells)
        given = {word: text_of(record.cells.get(column)) for word, column in self.mapping.items()}
        if problem := self._problem_of_time(given, record.at):
            return self._refuse(record.row, "received_at", given, problem)
        rating = rules.rate(
            given.get("rating", ""), rules.known_kind(given.get("rating_kind", "")) or self._kind
        )
        if rating.odd:
            self.odd[given["rating"][:40]] += 1
        text = given.get("text", "")
        if is_nothing(text) and rating.value is None:
            return self._refuse(record.row, "text", given, "There is neither a text nor a rating.")
        return self._said(record.cells, given, rating, moment(record.at), digest)

    def _said(
        self, raw: dict, given: dict[str, str], rating: rules.Rating, at: datetime, digest: str
    ) -> Said:
        fields = {name: given.get(name, "")[:most] for name, most in (PLAIN | CONTACT).items()}
        who = given.get("customer") or given.get("contact") or ""
        fields |= {"text": given.get("text", ""), "raw": raw, "digest": digest, "received_at": at}
        fields |= {"rating": rating.value, "rating_kind": rating.kind, "band": rating.band}
        fields |= {"customer": pseudonym(who, self.secret), "month": f"{at:%Y-%m}"}
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
