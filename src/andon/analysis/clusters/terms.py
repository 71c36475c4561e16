"""Words of one cause, told once."""

from collections.abc import Sequence


def stitched(terms: Sequence[str]) -> tuple[str, ...]:
    """Without what another of them holds, strongest first."""
    kept: list[str] = []
    for term in terms:
        if any(_holds(other, term) for other in kept):
            continue
        kept = [other for other in kept if not _holds(term, other)] + [term]
    return tuple(kept)


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} " or (len(short) > 1 and short in long and " " not in long)
