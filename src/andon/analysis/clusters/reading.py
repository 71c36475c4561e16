"""Texts in any language to words: no list of words, no language assumed."""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from andon.analysis.clusters.spec import Ints
from andon.analysis.clusters.units import distinct

LONGEST = 1000  # characters read of a text: the reason for writing stands near the top
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
# Written without spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese.
SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
END = "\x02"  # between texts that are read together
_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+(?:['’](?:[^\W\d_]|[{MARKS}])+)?|{END}")
_SPACELESS = re.compile(rf"[{SPACELESS}]")
_PIECE = re.compile(rf"[{SPACELESS}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*|[^{SPACELESS}]+")
LONG = 40  # letters beyond which something is no word
TOGETHER = 2000  # texts read at a time
DENSE = 3  # letters that one letter of a script without spaces is worth


def _split(text: str) -> list[str]:
    found = _WORD.findall(text.lower())
    if _SPACELESS.search(text):
        found = [piece for word in found for piece in _PIECE.findall(word)]
    return found


def is_word(name: str) -> bool:
    """Numbers are words only where they may be an error code."""
    return len(name) <= LONG and (not name.isdigit() or len(name) == 3) and name != END


def words_of(text: str) -> list[str]:
    """Words in lower case; single letters of scripts without spaces."""
    return [word for word in _split(text[:LONGEST]) if is_word(word)]


def spaceless(name: str) -> bool:
    """Whether a word is of a script without spaces."""
    return bool(_SPACELESS.match(name))


def weight(name: str) -> int:
    """Letters of a word, as many as it would have in a script with spaces; none for a number."""
    return 0 if name.isdigit() else len(name) * (DENSE if spaceless(name) else 1)


def joined(parts: Sequence[str]) -> str:
    """Words with spaces between them where their script has any."""
    text = ""
    for part in parts:
        tight = not text or (spaceless(part) and spaceless(text[-1]))
        text += part if tight else f" {part}"
    return text


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """All words of some texts in order: number of the word and of the record (M,). `records`: those that were read."""

    word: Ints
    record: Ints
    names: list[str]
    records: Ints

    def among(self, good: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> "Stream":
        """The words of records that are `good` (N,) alone."""
        kept = good[self.record]
        return Stream(self.word[kept], self.record[kept], self.names, self.records[good[self.records]])


def stream(texts: Sequence[str], records: Ints) -> Stream:
    """Reads the texts of some records; a million of a few lines take about ten seconds."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    end = numbers[END]
    words = array("i")
    for chunk in _chunks(texts, records.tolist()):
        words.extend(map(numbers.__getitem__, _split(chunk)))
    word = np.frombuffer(words, np.int32).astype(np.int64) if words else np.empty(0, np.int64)
    names = list(numbers)
    text = np.cumsum(word == end)
    good = np.array([is_word(name) for name in names], np.bool_)[word]
    return Stream(word[good], records[text[good]] if len(records) else text[good], names, records)


def _chunks(texts: Sequence[str], records: list[int]) -> Iterator[str]:
    """Texts in bulk, each with an end mark."""
    for start in range(0, len(records), TOGETHER):
        some = [texts[i][:LONGEST].replace(END, " ") for i in records[start : start + TOGETHER]]
        yield f" {END} ".join([*some, ""])


def likeness(told: Stream, records: int, least: int) -> Ints:
    """A code (N,) that records of the same words share, whatever their case, order, numbers and spaces; −1 for texts
    with fewer than `least` letters, which people write alike by chance.
    """
    rng = np.random.default_rng(20_01)  # any numbers do, the same each time
    size = np.array([weight(name) for name in told.names] or [0], np.int64)
    worth = rng.integers(1, 2**62, len(size), dtype=np.uint64) * (size > 0).astype(np.uint64)
    here = distinct(told.record)
    code = np.full(records, -1, np.int64)
    if not len(here):
        return code
    first = np.searchsorted(told.record, here)
    letters = np.add.reduceat(size[told.word], first)
    mark = np.add.reduceat(worth[told.word], first)  # wraps around, as a hash may
    long = letters >= least
    _, code[here[long]] = np.unique(mark[long], return_inverse=True)
    return code
