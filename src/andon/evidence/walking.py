"""Walking the chain entry by entry, and saying where it does not hold. Pure: rows in, a report out."""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from andon.evidence import chain, seals
from andon.evidence.chain import ERASED, NOTHING, Link
from andon.evidence.merkle import Leaf, leaf_hash, root_of
from andon.evidence.report import Report
from andon.evidence.seals import Statement


class Row(NamedTuple):
    """An entry as it is kept: what was hashed, the hash, and what it says, None where it is gone."""

    link: Link
    hash: str
    salt: str | None
    body: str | None
    withheld: bool = False


class Sealed(NamedTuple):
    statement: Statement
    signature: str


class Subjects:
    """The newest entry of everybody, and the root over them."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[int, str]] = {}
        self._leaves: dict[str, bytes] = {}

    def before(self, about: str) -> tuple[int, str]:
        return self.last.get(about, (0, NOTHING))

    def add(self, about: str, nth: int, hash: str) -> None:
        self.last[about] = nth, hash
        self._leaves.pop(about, None)

    def root(self) -> str:
        for about in self.last.keys() - self._leaves.keys():
            self._leaves[about] = leaf_hash(Leaf(about, *self.last[about]))
        return root_of(self._leaves[about] for about in sorted(self.last))


class Erasures:
    """Contents that are gone, and what erasures say is gone."""

    def __init__(self) -> None:
        self.gone: dict[int, str] = {}
        self.said: dict[str, list[tuple[int, int]]] = {}

    def take(self, row: Row) -> None:
        if row.body is None:
            if not row.withheld:
                self.gone[row.link.seq] = row.link.about
        elif row.link.what == ERASED:
            self.said.setdefault(row.link.about, []).extend(_ranges(row.body))

    def unsaid(self) -> list[int]:
        """Entries whose words are gone though no erasure about the same person says so."""
        return [seq for seq, about in self.gone.items() if not self._is_said(seq, about)]

    def _is_said(self, seq: int, about: str) -> bool:
        return any(first <= seq <= last for first, last in self.said.get(about, ()))


def _ranges(body: str) -> Iterator[tuple[int, int]]:
    try:
        for first, last in json.loads(body)["entries"]:
            yield int(first), int(last)
    except (ValueError, KeyError, TypeError):
        return


def walk(rows: Iterable[Row], sealed: Iterable[Sealed], heads: Iterable[str] = ()) -> Report:
    """Checks a whole ledger: every row, the chain, the chain of every subject, erasures and seals.

    `heads` are hashes that were written down elsewhere and must be found again.
    """
    report, subjects, erasures = Report(), Subjects(), Erasures()
    waiting: dict[int, list[Sealed]] = {}
    for one in sealed:
        waiting.setdefault(one.statement.seq, []).append(one)
    wanted, last = set(heads), (0, NOTHING)
    for row in rows:
        last = _step(row, last, subjects, erasures, report)
        wanted.discard(row.hash)
        for seal in waiting.pop(last[0], ()):
            _compare(seal.statement, row, subjects, report)
    _finish(report, last, waiting, erasures, wanted)
    return report


def _step(
    row: Row, last: tuple[int, str], subjects: Subjects, erasures: Erasures, report: Report
) -> tuple[int, str]:
    """Checks one row against the one before; then goes on from what is there, so that one fault is told once."""
    link = row.link
    if link.seq != last[0] + 1:
        report.wrong(_out_of_order(last[0], link.seq))
    elif link.previous != last[1]:
        report.wrong(
            f"Entry {link.seq} does not follow entry {last[0]}: it names another hash as the one before."
        )
    check_row(row, report)
    nth, before = subjects.before(link.about)
    if (link.nth, link.previous_about) != (nth + 1, before):
        report.wrong(
            f"Entry {link.seq} is not the {nth + 1}. about its subject: one of theirs was taken out, put in or moved."
        )
    subjects.add(link.about, link.nth, row.hash)
    erasures.take(row)
    count(row, report)
    return link.seq, row.hash


def _out_of_order(before: int, seq: int) -> str:
    if seq <= before:
        return f"Entry {seq} comes after entry {before}: it was put in, or moved."
    if seq == before + 2:
        return f"Entry {before + 1} is missing."
    return f"Entries {before + 1} to {seq - 1} are missing."


def check_row(row: Row, report: Report) -> None:
    """An entry on its own: its hash, and what it says."""
    if chain.hash_of(row.link) != row.hash:
        report.wrong(f"Entry {row.link.seq} was altered: what it holds does not give its hash.")
    if row.body is not None and chain.content_digest(row.salt or "", row.body) != row.link.content:
        report.wrong(f"What entry {row.link.seq} says was altered.")


def count(row: Row, report: Report) -> None:
    report.entries += 1
    report.head, report.head_at = row.hash, row.link.at
    report.withheld += row.withheld
    report.erased += row.body is None and not row.withheld
    if report.entries == 1:
        report.ledger = row.hash


def _compare(statement: Statement, row: Row, subjects: Subjects, report: Report) -> None:
    """A seal with the ledger as it was when the seal was set."""
    place = f"Seal {statement.number}"
    if statement.ledger != report.ledger:
        report.wrong(f"{place} is of another ledger, which began otherwise.")
    elif statement.hash != row.hash:
        report.wrong(
            f"{place} was set over another entry {row.link.seq}: something up to there was rewritten."
        )
    elif (statement.subjects, statement.root) != (len(subjects.last), subjects.root()):
        report.wrong(
            f"{place} counts the entries of the subjects otherwise: something was taken out or put in."
        )
    else:
        report.sealed_to = max(report.sealed_to, statement.seq)


def _finish(
    report: Report, last: tuple[int, str], waiting: dict, erasures: Erasures, wanted: set[str]
) -> None:
    for seq in erasures.unsaid():
        report.wrong(f"What entry {seq} says is gone, and no erasure says so.")
    for seq in sorted(waiting):
        for one in waiting[seq]:
            report.wrong(_cut_off(one.statement, last[0]))
    for head in sorted(wanted):
        report.wrong(f"No entry has the hash {head[:16]}…: the ledger was cut off before it, or rewritten.")


def _cut_off(statement: Statement, end: int) -> str:
    if statement.seq > end:
        return (
            f"Seal {statement.number} was set at entry {statement.seq}, and the ledger ends with entry {end}: "
            f"{statement.seq - end} at the end were cut off."
        )
    return f"Entry {statement.seq}, at which seal {statement.number} was set, is missing."


def check_seals(sealed: Iterable[Sealed], report: Report, *, chained: bool = True) -> None:
    """Signatures, and that no seal between is missing."""
    number, signature = 0, None
    for statement, signed in sealed:
        place = f"Seal {statement.number}"
        if not seals.is_signed(seals.encode(statement), signed, statement.key):
            report.wrong(f"{place} was altered: its signature does not fit.")
        if chained and statement.number != number + 1:
            report.wrong(f"A seal is missing before seal {statement.number}.")
        elif chained and statement.previous != seals.after(signature):
            report.wrong(f"{place} does not follow the one before.")
        number, signature = statement.number, signed
        report.seals += 1
        report.keys.add(statement.key)
