"""Words of one cause, told once."""

from collections.abc import Sequence

from andon.analysis.clusters.reading import joined, words_of

MEET = 1  # words that two phrases share at their ends when they are one
LONGEST = 12  # words in a phrase


def stitched(terms: Sequence[str]) -> tuple[str, ...]:
    """Phrases that go on into each other made one, and none that another holds; strongest first."""
    parts = list(dict.fromkeys(tuple(words_of(term)) for term in terms))
    longest = [
        one for one in parts if one and not any(one != other and _holds(other, one) for other in parts)
    ]
    kept: list[tuple[str, ...]] = []
    for words in longest:
        kept = _added(kept, words)
    rank = {one: min(i for i, part in enumerate(parts) if _holds(one, part)) for one in kept}
    return tuple(dict.fromkeys(joined(one) for one in sorted(kept, key=rank.__getitem__)))


def _added(kept: list[tuple[str, ...]], words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """With one more phrase, joined to those it goes on from or into."""
    for other in kept:
        longer = _chain(other, words)
        if longer and len(longer) <= LONGEST:
            rest = [one for one in kept if one != other and not _holds(longer, one)]
            return _added(rest, longer)
    return [*kept, words]


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    n = len(short)
    return any(list(long[i : i + n]) == list(short) for i in range(len(long) - n + 1))


def _chain(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """Two phrases as one, where the end of one is the beginning of the other; nothing otherwise."""
    for first, second in ((one, other), (other, one)):
        for n in range(min(len(first), len(second)) - 1, MEET - 1, -1):
            if first[-n:] == second[:n]:
                return first + second[n:]
    return ()


def told_by(text: str, terms: Sequence[str]) -> int:
    """How many of the terms a text holds."""
    words = words_of(text)
    return sum(_holds(words, words_of(term)) for term in terms)
