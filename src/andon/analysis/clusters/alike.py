"""Near-duplicates: mail delivered again, forms sent twice, machines that write. Each counts once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.reading import Stream, joined, likeness, weight, words_of
from andon.analysis.clusters.spec import Bools, Ints, Times

LONG_ENOUGH = 18  # letters below which people write the same by chance
STOCK = 3  # windows in which a text occurs when it is a set phrase and no batch
TOGETHER = np.timedelta64(120, "s")  # copies from different customers follow each other as quickly


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of nearly the same text that counted once."""

    records: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """`kept` (N,): records that count. `batches`: the larger groups of copies, largest first."""

    kept: Bools
    batches: tuple[Batch, ...]

    @property
    def collapsed(self) -> int:
        return int((~self.kept).sum())


def essence(text: str) -> str:
    """The text without case, space, numbers and punctuation; empty where it is too short to tell copies by."""
    words = [word for word in words_of(text) if weight(word)]
    return joined(words) if sum(map(weight, words)) >= LONG_ENOUGH else ""


def collapse(
    texts: Sequence[str] | None, told: Stream | None, at: Times, window: Ints, customers: Ints | None
) -> Alike:
    """Which records count: of equal texts by one customer (or by nobody known) in a window the first, and of equal
    texts by different customers those that do not follow within two minutes.
    """
    kept = np.ones(len(at), np.bool_)
    if texts is None or told is None:
        return Alike(kept, ())
    code = likeness(told, len(at), LONG_ENOUGH)
    repeated = _repeated(code, int(code.max(initial=-1)) + 1)
    _mark(kept, repeated, code, at, window, customers)
    return Alike(kept, _batches(kept, code, texts))


def _repeated(code: Ints, texts: int) -> Ints:
    often = np.bincount(code[code >= 0], minlength=texts + 1)  # one more, that no text has the last of
    return np.flatnonzero((code >= 0) & (often[code] > 1))


def _mark(kept: Bools, records: Ints, code: Ints, at: Times, window: Ints, customers: Ints | None) -> None:
    who = np.full(len(code), -1, np.int64) if customers is None else customers.astype(np.int64)
    order = records[np.lexsort((at[records], who[records], window[records], code[records]))]
    if not len(order):
        return
    text_windows = np.unique(code[order] * (int(window.max()) + 1) + window[order]) // (int(window.max()) + 1)
    stock = np.bincount(text_windows, minlength=int(code.max()) + 1) >= STOCK
    same = (code[order][1:] == code[order][:-1]) & (window[order][1:] == window[order][:-1])
    by_same = same & (who[order][1:] == who[order][:-1])
    by_nobody = who[order][1:] < 0
    kept[order[1:][by_same & ~(by_nobody & stock[code[order][1:]])]] = False
    order = records[np.lexsort((at[records], code[records]))]
    soon = (code[order][1:] == code[order][:-1]) & (np.diff(at[order]) <= TOGETHER)
    kept[order[1:][soon & ~stock[code[order][1:]]]] = False


def _batches(kept: Bools, code: Ints, texts: Sequence[str], most: int = 20) -> tuple[Batch, ...]:
    dropped = np.flatnonzero(~kept)
    which, often = np.unique(code[dropped], return_counts=True)
    large = which[np.argsort(-often, kind="stable")][:most]
    found = [np.flatnonzero(code == one) for one in large.tolist()]
    return tuple(Batch(tuple(rows[:200].tolist()), texts[int(rows[0])]) for rows in found)
