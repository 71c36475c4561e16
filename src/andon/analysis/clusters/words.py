"""Words and phrases of texts in any language: which record has which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.reading import Stream, joined, spaceless
from andon.analysis.clusters.slices import FEWEST, MOST_CELLS, Counter, Family, Slice, enough
from andon.analysis.clusters.spec import Bools, Ints
from andon.analysis.clusters.units import distinct

COMMON = 0.5  # share of texts beyond which a word tells nothing
FILLER = 0.2  # share of texts beyond which a phrase does not begin or end with a word


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Which record has which word or phrase: pairs (M,) in order of the feature. `words` (F, 3): −1 fills up."""

    feature: Ints
    record: Ints
    words: Ints
    names: list[str]

    def name(self, i: int) -> str:
        parts = [self.names[w] for w in self.words[i].tolist() if w >= 0]
        return joined(parts)

    def rows(self, i: int) -> Ints:
        low, high = np.searchsorted(self.feature, (i, i + 1))
        return self.record[low:high]


def terms_of(told: Stream, fewest: int) -> Terms:
    """Words and phrases of two and three words that occur in at least `fewest` records and tell something."""
    records = told.records
    alone = np.array([spaceless(name) for name in told.names], np.bool_)
    plain = np.array([name.isdigit() for name in told.names], np.bool_)
    often = _documents(told.word, told.record, len(told.names))
    frequent = often >= fewest
    filler = (often > FILLER * max(len(records), 1)) & ~alone
    parts = [_words(told, frequent & ~alone & ~plain & (often <= COMMON * max(len(records), 20)))]
    parts += [_phrases(told, n, frequent, filler, fewest) for n in (2, 3)]
    return _together(parts, told.names)


def _documents(word: Ints, record: Ints, words: int) -> Ints:
    """In how many records each word occurs."""
    pair = distinct(record * max(words, 1) + word)
    return np.bincount(pair % max(words, 1), minlength=words).astype(np.int64)


def _words(told: Stream, good: Bools) -> tuple[Ints, Ints, Ints]:
    kept = good[told.word] if len(told.word) else np.empty(0, np.bool_)
    word = np.flatnonzero(good)
    new = np.cumsum(good) - 1
    return new[told.word[kept]], told.record[kept], np.column_stack([word, *[np.full(len(word), -1)] * 2])


def _phrases(told: Stream, n: int, frequent: Bools, filler: Bools, fewest: int) -> tuple[Ints, Ints, Ints]:
    """Feature, record and the words of phrases of `n` words; none begins or ends with a filler."""
    length = max(len(told.word) - n + 1, 0)
    parts = [told.word[k : k + length] for k in range(n)]
    here = told.record[:length] == told.record[n - 1 : n - 1 + length]
    for part in parts:
        here &= frequent[part]
    here &= ~filler[parts[0]] & ~filler[parts[-1]]
    wide = max(len(told.names), 1)
    key = np.zeros(int(here.sum()), np.int64)
    for part in parts:
        key = key * wide + part[here] if wide < 2**20 else _mixed(key, part[here])
    phrase, place, often = np.unique(key, return_inverse=True, return_counts=True)
    good = often >= fewest
    first = np.empty(len(phrase), np.int64)
    first[place[::-1]] = np.arange(len(key))[::-1]
    words = (
        np.column_stack([part[here][first] for part in parts]) if len(phrase) else np.empty((0, n), np.int64)
    )
    words = np.column_stack([words, *[np.full(len(words), -1)] * (3 - n)])
    kept = good[place] if len(place) else np.empty(0, np.bool_)
    return (np.cumsum(good) - 1)[place[kept]], told.record[:length][here][kept], words[good]


def _mixed(key: Ints, part: Ints) -> Ints:
    """Two numbers as one, where their product would be too large to write down."""
    _, small = np.unique(key, return_inverse=True)
    _, other = np.unique(part, return_inverse=True)
    return small * (int(other.max(initial=0)) + 1) + other


def _together(parts: Sequence[tuple[Ints, Ints, Ints]], names: list[str]) -> Terms:
    offsets = np.cumsum([0, *(len(words) for _, _, words in parts)])
    feature = np.concatenate([f + offset for (f, _, _), offset in zip(parts, offsets, strict=False)])
    record = np.concatenate([r for _, r, _ in parts])
    wide = int(record.max(initial=0)) + 1
    pair = distinct(feature * wide + record)  # a word twice in one text counts once
    return Terms(pair // wide, pair % wide, np.concatenate([w for _, _, w in parts]), names)


def family(terms: Terms, counter: Counter) -> Family:
    """Words and phrases by window."""
    features, windows = len(terms.words), max(counter.units.windows, 1)
    most = 4 * MOST_CELLS // windows
    if features > most:
        often = np.bincount(terms.feature, minlength=features)
        return family(_only(terms, often > np.partition(often, -most)[-most]), counter)
    counts, of = counter.both(terms.feature, terms.record, features)
    kept = enough(counts, counter.recent)
    looked = int((counts.sum(axis=1) >= FEWEST).sum())
    return Family(
        "words and phrases",
        counts[kept],
        looked,
        lambda i: Slice((), terms.name(int(kept[i]))),
        lambda i: terms.rows(int(kept[i])),
        None if of is None else of[kept],
    )


def _only(terms: Terms, good: Bools) -> Terms:
    kept = good[terms.feature]
    return Terms(
        (np.cumsum(good) - 1)[terms.feature[kept]], terms.record[kept], terms.words[good], terms.names
    )
