"""The one way input is turned down as a whole: what is wrong, where, and what to do about it."""

from collections.abc import Iterable
from difflib import get_close_matches


class BadInput(Exception):  # noqa: N818  (a state of the input, not a fault of ours)
    """Input that cannot be used. `problem` names the place, `remedy` what the reader can do."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(f"{problem} {remedy}".strip())
        self.problem = problem
        self.remedy = remedy


def _close(wanted: str, known: list[str]) -> list[str]:
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(wanted.casefold(), list(folded), n=3, cutoff=0.5)
    return [folded[name] for name in found]


def listing(names: Iterable[str], most: int = 12) -> str:
    """Names in quotes, cut short: “a”, “b” and 3 more."""
    names = list(names)
    shown = ", ".join(f"“{name}”" for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A remedy that names what is near to `wanted`, or what there is."""
    names = list(known)
    near = _close(wanted, names)
    if near:
        return f"Did you mean {' or '.join(f'“{name}”' for name in near)}?"
    return f"There is {listing(names)}." if names else ""
