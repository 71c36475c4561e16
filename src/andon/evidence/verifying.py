"""Whether a file tells the whole truth that was recorded: a ledger, an extract, or a dossier. No database.

A file is intact when every hash fits, nothing is left out up to its seal, and the holder of the key signed it. Who
holds the key is said by its fingerprint alone: `keys` are the ones to trust.
"""

from collections.abc import Iterable, Set
from pathlib import Path

from andon.evidence import pages
from andon.evidence.chain import NOTHING
from andon.evidence.files import ATTACHMENT, DOSSIER, FULL, Document, Unreadable
from andon.evidence.merkle import Leaf, climb
from andon.evidence.report import Report
from andon.evidence.seals import fingerprint
from andon.evidence.walking import Erasures, Row, check_row, check_seals, count, walk

__all__ = ["Unreadable", "verify_bytes", "verify_file"]


def verify_file(path: Path, keys: Set[str] = frozenset(), heads: Iterable[str] = ()) -> Report:
    """A dossier (PDF) or a ledger file (JSON). Raises Unreadable with a sentence."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}.") from None
    return verify_bytes(raw, keys, heads)


def verify_bytes(raw: bytes, keys: Set[str] = frozenset(), heads: Iterable[str] = ()) -> Report:
    if b"%PDF-" in raw[:1024]:
        return _verify_pdf(raw, keys, heads)
    document = Document(raw)
    report = check(document, keys, heads)
    if document.kind == DOSSIER:
        report.notes.append("This was taken out of a dossier: the pages themselves were not checked.")
    return report


def _verify_pdf(raw: bytes, keys: Set[str], heads: Iterable[str]) -> Report:
    document = Document(pages.attached(raw, ATTACHMENT))
    report = check(document, keys, heads)
    if document.kind != DOSSIER:
        report.wrong("The ledger in this PDF was not made for a dossier: it was put in afterwards.")
    for sentence in pages.problems(raw, document.key):
        report.wrong(sentence)
    return report


def check(document: Document, keys: Set[str] = frozenset(), heads: Iterable[str] = ()) -> Report:
    whole = document.kind == FULL
    report = walk(document.rows, document.seals, heads) if whole else check_extract(document)
    check_seals(document.seals, report, chained=whole)
    if not document.is_signed:
        report.wrong("The file was altered after it was made: its signature does not fit.")
    report.keys.add(document.key)
    _judge_keys(report, keys)
    if whole and report.entries and not report.seals:
        report.wrong("There is no seal, and a whole ledger is sealed before it leaves.")
    return report


def _judge_keys(report: Report, keys: Set[str]) -> None:
    if keys:
        for stranger in sorted(key for key in report.keys if not {key, _short(key)} & keys):
            report.wrong(f"It was signed with another key than the one to trust: {told(stranger)}.")
    else:
        report.notes.append(
            "Whose key it is was not checked: compare its fingerprint with the published one."
        )


def _short(key: str) -> str:
    return told(key).replace(" ", "")


def told(key: str) -> str:
    """The fingerprint of a key, or that it is none."""
    try:
        return fingerprint(key)
    except ValueError:
        return "no key at all"


def check_extract(document: Document) -> Report:
    """One subject's entries: their own chain from the first to the one that the seal counts as the last."""
    report, erasures = Report(), Erasures()
    nth, before, seq = 0, NOTHING, 0
    for row in document.rows:
        _step(row, (nth, before, seq), document.about, report)
        check_row(row, report)
        erasures.take(row)
        count(row, report)
        nth, before, seq = row.link.nth, row.hash, row.link.seq
    report.ledger, report.head = "", ""
    for gone in erasures.unsaid():
        report.wrong(f"What entry {gone} says is gone, and no erasure says so.")
    _compare(document, nth, before, report)
    return report


def _step(row: Row, last: tuple[int, str, int], about: str | None, report: Report) -> None:
    link, (nth, before, seq) = row.link, last
    if link.about != about:
        report.wrong(f"Entry {link.seq} is about somebody else.")
    if link.nth != nth + 1:
        report.wrong(f"Of the entries about this person, one is missing or moved before entry {link.seq}.")
    elif link.previous_about != before or link.seq <= seq:
        report.wrong(f"Entry {link.seq} does not follow the one before about this person.")


def _compare(document: Document, nth: int, last: str, report: Report) -> None:
    """The end of the subject's chain, with what the seal says of it."""
    if len(document.seals) != 1 or (nth and document.proof is None):
        report.wrong("There is no seal that says how many entries there are about this person.")
        return
    statement = document.seals[0].statement
    report.ledger, report.sealed_to = statement.ledger, statement.seq
    if not nth:
        report.notes.append("There is no entry about this person, and that cannot be proved.")
        return
    leaf = Leaf(str(document.about), nth, last)
    proof = document.proof
    if proof.subjects != statement.subjects or climb(leaf, proof) != statement.root:
        report.wrong(
            f"The seal does not count {nth} {'entry' if nth == 1 else 'entries'} about this person that end so: "
            "some at the end were left out or rewritten."
        )
