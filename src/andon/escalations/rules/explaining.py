"""What an explanation must say before it is posted, and how its tree of whys is put in order. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TEXTS: dict[str, Lazy] = {
    "summary": gettext_lazy("Summary, as a customer could read it"),
    "how_counted": gettext_lazy("How the customers were counted"),
    "how_detected": gettext_lazy("How it was noticed, and why not by us"),
    "timeline": gettext_lazy("What happened when"),
    "spec_missed": gettext_lazy("What of the specification was missed"),
    "what_worked": gettext_lazy("What worked"),
    "measure_wrong_why": gettext_lazy("What shows that"),
    "open_questions": gettext_lazy("What is still open"),
}
CHOICES = ("affected", "version", "failure", "measure_wrong")
SECTIONS = (*TEXTS, *CHOICES)
DEEPEST = 12
MOST_NODES = 200
UP, DOWN, IN, OUT = "up", "down", "in", "out"


@dataclass(frozen=True, slots=True)
class Node:
    """One why: its place in the tree, and whether it rests on something."""

    key: int
    parent: int | None
    position: int
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What was written so far; texts by section, and the choices."""

    texts: dict[str, str]
    affected: int | None = None
    failure: str = ""
    measure_wrong: str = ""
    nodes: tuple[Node, ...] = ()


def missing(content: Content) -> list[str]:
    """What keeps an explanation from being posted, a sentence each; empty when nothing does.

    That customers could not be counted yet can be said in words; what worked and what is open may be nothing.
    """
    said = {name for name, text in content.texts.items() if text.strip()}
    found = [
        ("summary" in said, _("Write a summary that a customer could read.")),
        ("how_counted" in said, _("Say how many customers were touched and how they were counted, or why not yet.")),
        ("how_detected" in said, _("Say how it was noticed, and why not by us.")),
        ("timeline" in said, _("Say what happened when.")),
        ("spec_missed" in said, _("Say what of the specification was missed, or that there is none.")),
        (bool(content.failure), _("Choose in which of the six ways the mechanism failed.")),
        (bool(content.measure_wrong), _("Answer whether the measure itself is wrong.")),
        (bool(content.nodes), _("Ask why at least once, and write down the answer.")),
        (all(node.rests for node in content.nodes), _("Say for every why what it rests on.")),
    ]  # fmt: skip
    return [sentence for done, sentence in found if not done]


def moved(nodes: Sequence[Node], key: int, where: str) -> list[Node]:
    """The nodes whose place changes when one is moved up, down, in (under the one above it) or out.

    Nothing changes at an end: there is nothing above the first, and nothing outside the root.
    """
    node = next(node for node in nodes if node.key == key)
    beside = _children(nodes, node.parent)
    place = [one.key for one in beside].index(key)
    if where == UP and place:
        return _numbered(_swapped(beside, place - 1))
    if where == DOWN and place + 1 < len(beside):
        return _numbered(_swapped(beside, place))
    if where == IN and place and _depth(nodes, beside[place - 1].key) + _height(nodes, key) < DEEPEST:
        above = beside[place - 1].key
        return placed(nodes, key, above, len(_children(nodes, above)))
    if where == OUT and node.parent is not None:
        parent = next(one for one in nodes if one.key == node.parent)
        aunts = [one.key for one in _children(nodes, parent.parent)]
        return placed(nodes, key, parent.parent, aunts.index(parent.key) + 1)
    return []


def placed(nodes: Sequence[Node], key: int, parent: int | None, position: int) -> list[Node]:
    """The nodes whose place changes when one is put under `parent` (None: a root), before what is at `position`.

    ValueError where it would hang under itself, or deeper than anybody reads.
    """
    node = next(node for node in nodes if node.key == key)
    if parent is not None and (parent == key or parent in _below(nodes, key)):
        raise ValueError(_("A why cannot hang under itself."))
    if parent is not None and _depth(nodes, parent) + _height(nodes, key) > DEEPEST:
        raise ValueError(_("That is deeper than anybody reads. Begin another root."))
    left = [one for one in _children(nodes, node.parent) if one.key != key]
    there = left if parent == node.parent else _children(nodes, parent)
    at = max(0, min(position, len(there)))
    put = [*there[:at], replace(node, parent=parent), *there[at:]]
    changed = {one.key: one for one in (*_numbered(left), *_numbered(put))}
    before = {one.key: one for one in nodes}
    return [one for one in changed.values() if one != before[one.key]]


def _children(nodes: Iterable[Node], parent: int | None) -> list[Node]:
    return sorted((one for one in nodes if one.parent == parent), key=lambda one: (one.position, one.key))


def _swapped(beside: list[Node], place: int) -> list[Node]:
    return [*beside[:place], beside[place + 1], beside[place], *beside[place + 2 :]]


def _numbered(beside: list[Node]) -> list[Node]:
    return [replace(one, position=place) for place, one in enumerate(beside)]


def _below(nodes: Sequence[Node], key: int) -> set[int]:
    found = {one.key for one in nodes if one.parent == key}
    return found.union(*(_below(nodes, child) for child in found)) if found else set()


def _depth(nodes: Sequence[Node], key: int) -> int:
    parents = {one.key: one.parent for one in nodes}
    depth, at = 1, parents[key]
    while at is not None:
        depth, at = depth + 1, parents[at]
    return depth


def _height(nodes: Sequence[Node], key: int) -> int:
    return 1 + max((_height(nodes, one.key) for one in nodes if one.parent == key), default=0)


def outlined(nodes: Sequence[Node]) -> list[tuple[int, str]]:
    """(key, number) from the first to the last as one reads them: 1, 1.1, 1.1.1, 1.2, 2."""
    return list(_outlined(nodes, None, ""))


def _outlined(nodes: Sequence[Node], parent: int | None, before: str) -> Iterable[tuple[int, str]]:
    for place, node in enumerate(_children(nodes, parent), start=1):
        number = f"{before}{place}"
        yield node.key, number
        yield from _outlined(nodes, node.key, f"{number}.")
