"""Words of one cause, told once."""

from collections.abc import Sequence

from andon.analysis.clusters.reading import joined, words_of

MEET = 1  # words that two phrases share at their ends when they are one
LONGEST = 12  # words in a phrase
ALIKE = 0.8  # share of its records in which a phrase goes on when it is one with what it goes on into


def stitched(terms: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Phrases, each with how many records have it, strongest first: those that go on into each other in the same
    records made one, and none that another holds.
    """
    told = {tuple(words_of(term)): many for term, many in reversed(terms)}
    parts = list(dict.fromkeys(tuple(words_of(term)) for term, _ in terms))
    longest = [one for one in parts if one and not any(_covers(told, other, one) for other in parts)]
    kept: dict[tuple[str, ...], int] = {}
    for words in longest:
        kept = _added(kept, words, told[words])
    rank = {one: min(i for i, part in enumerate(parts) if _holds(one, part)) for one in kept}
    return tuple(dict.fromkeys(joined(one) for one in sorted(kept, key=rank.__getitem__)))


def _covers(told: dict[tuple[str, ...], int], long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether a longer phrase says all that a shorter one does: holds it, and in nearly as many records."""
    return long != short and _holds(long, short) and told[long] >= ALIKE * told[short]


def _added(kept: dict[tuple[str, ...], int], words: tuple[str, ...], many: int) -> dict[tuple[str, ...], int]:
    """With one more phrase, joined to those it goes on from or into in the same records."""
    for other, often in kept.items():
        longer = _chain(other, words)
        if longer and len(longer) <= LONGEST and min(many, often) >= ALIKE * max(many, often):
            rest = {one: n for one, n in kept.items() if one != other and not _holds(longer, one)}
            return _added(rest, longer, min(many, often))
    if any(_holds(other, words) or _holds(words, other) for other in kept):
        return kept
    return {**kept, words: many}


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
