"""How objectives hang together, up to a customer outcome, and when they may change. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

Owner = tuple[Literal["everybody", "team", "person"], int | None]
"""Whose an objective is, and the key of the team or the person."""


def path(objective: int, parents: Mapping[int, int | None]) -> list[int]:
    """From an objective up to its top, itself first; stops where a loop would begin."""
    found: list[int] = []
    at: int | None = objective
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found


def would_loop(objective: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether an objective would end up above itself."""
    return parent is not None and objective in path(parent, parents)


def outcome_of(objective: int, parents: Mapping[int, int | None], named: Collection[int]) -> int | None:
    """The nearest one up the path that names a customer outcome; None when nothing does."""
    return next((one for one in path(objective, parents) if one in named), None)


def from_the_top(parents: Mapping[int, int | None]) -> list[int]:
    """Every objective, those nearest to a top first; one whose parent is not among them is a top here."""
    depths = {one: sum(step in parents for step in path(one, parents)) for one in parents}
    return sorted(parents, key=lambda one: depths[one])


def problem_aligning(owner: Owner, above: Owner) -> str:
    """What may stand under what. A personal objective is never above another's.

    So whoever sees an objective sees its whole path, and no path says that a hidden one exists.
    """
    if above[0] != "person":
        return ""
    if owner == above:
        return ""
    return _(
        "Only a person's own objectives stand under a personal one. Choose one of a team or of everybody."
    )


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """draft, open or frozen; `name` for the sentence. None of it: a goal of its own time."""

    state: str = "open"
    name: str = ""


def problem_changing(cycle: CycleFacts | None, dropped: bool = False) -> str:
    """Why an objective, its key results or its place can no longer change; empty when they can."""
    if cycle and cycle.state == "frozen":
        return _("%(cycle)s is frozen, so nothing in it changes. Add a dated note instead.") % {
            "cycle": cycle.name
        }
    if dropped:
        return _("This objective was given up. Write a new one.")
    return ""


def problem_checking_in(cycle: CycleFacts | None, dropped: bool = False) -> str:
    if cycle and cycle.state == "draft":
        return _("%(cycle)s is not open yet. Check-ins begin when it is.") % {"cycle": cycle.name}
    return problem_changing(cycle, dropped)


def problem_correcting(cycle: CycleFacts | None, text: str) -> str:
    if not cycle or cycle.state != "frozen":
        return _("Notes are for frozen cycles. Here you can still change the objective itself.")
    if not text.strip():
        return _("Write what was wrong, and what is right.")
    return ""


def problem_moving(state: str, wanted: str) -> str:
    """draft → open → frozen; never back."""
    if (state, wanted) in {("draft", "open"), ("open", "frozen")}:
        return ""
    if state == wanted:
        return _("It is already.")
    if state == "frozen":
        return _("A frozen cycle stays as it was. Begin the next one.")
    return _("A cycle opens before it is frozen.")
