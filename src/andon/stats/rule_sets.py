"""The rules themselves, as data: k of n points on a side of a threshold, and which of them are marked.

Sources: Western Electric, Statistical Quality Control Handbook (1956); Nelson, Journal of Quality
Technology 16 (1984); NHS England, Making Data Count; Anhøj and Olesen, PLoS ONE 9 (2014).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Test = Literal["outside", "beyond", "close", "within", "steps", "turns", "long run", "few crossings"]
Marked = Literal["last", "pattern"]


@dataclass(frozen=True)
class Rule:
    """At least k of n neighbouring points pass a test.

    test: "outside" the limits; "beyond", "close" (beyond, but inside the limits) or "within" `threshold`
        sigma of the centre; "steps" in one direction; "turns" up and down; "long run", "few crossings".
    sides: "same" when all k must lie on one side, "any" when sides may mix.
    marked: "last" marks each point that completes the pattern, "pattern" every point that belongs to it.
    sentence: what the mark means, in plain words.
    """

    name: str
    sentence: str
    test: Test
    k: int = 1
    n: int = 1
    threshold: float = 0.0
    sides: Literal["same", "any"] = "same"
    marked: Marked = "last"

    @property
    def gap(self) -> int:
        """Gaps needed after a stretch so that no window reaches over into the next."""
        return self.n - 1 if self.k < self.n else 1


OUTSIDE = "This point is outside the control limits."
TWO_OF_THREE = "Two of three points in a row are far from the centre line (beyond 2 sigma), on the same side."
FOUR_OF_FIVE = (
    "Four of five points in a row are away from the centre line (beyond 1 sigma), on the same side."
)

WESTERN_ELECTRIC = (
    Rule("Western Electric 1", OUTSIDE, "outside"),
    Rule("Western Electric 2", TWO_OF_THREE, "beyond", 2, 3, 2.0),
    Rule("Western Electric 3", FOUR_OF_FIVE, "beyond", 4, 5, 1.0),
    Rule(
        "Western Electric 4", "Eight points in a row are on the same side of the centre line.", "beyond", 8, 8
    ),
)

NELSON = (
    Rule("Nelson 1", OUTSIDE, "outside"),
    Rule("Nelson 2", "Nine points in a row are on the same side of the centre line.", "beyond", 9, 9),
    Rule("Nelson 3", "Six points in a row steadily rise, or steadily fall.", "steps", 5, 5),
    Rule("Nelson 4", "Fourteen points in a row go up and down by turns.", "turns", 12, 12, sides="any"),
    Rule("Nelson 5", TWO_OF_THREE, "beyond", 2, 3, 2.0),
    Rule("Nelson 6", FOUR_OF_FIVE, "beyond", 4, 5, 1.0),
    Rule(
        "Nelson 7",
        "Fifteen points in a row are unusually close to the centre line (within 1 sigma).",
        "within",
        15,
        15,
        1.0,
        "any",
    ),
    Rule(
        "Nelson 8",
        "Eight points in a row all avoid the centre line (beyond 1 sigma, on either side).",
        "beyond",
        8,
        8,
        1.0,
        "any",
    ),
)

NHS = (
    Rule("NHS 1", "This point is outside the process limits.", "outside", marked="pattern"),
    Rule(
        "NHS 2",
        "This point is one of seven or more in a row on the same side of the mean.",
        "beyond",
        7,
        7,
        marked="pattern",
    ),
    Rule(
        "NHS 3",
        "This point is part of a steady rise or fall over seven points or more.",
        "steps",
        6,
        6,
        marked="pattern",
    ),
    Rule(
        "NHS 4",
        "Two of three points in a row, this one among them, are close to the same process limit.",
        "close",
        2,
        3,
        2.0,
        marked="pattern",
    ),
)

ANHOJ = (
    Rule(
        "Anhøj 1",
        "This point is part of an unusually long run on one side of the centre line.",
        "long run",
        marked="pattern",
    ),
    Rule("Anhøj 2", "Up to this point the centre line was crossed unusually few times.", "few crossings"),
)

RULES: dict[str, tuple[Rule, ...]] = {
    "nelson": NELSON,
    "western-electric": WESTERN_ELECTRIC,
    "nhs": NHS,
    "anhoj": ANHOJ,
    "limits": WESTERN_ELECTRIC[:1],
}
"""Rule sets by name; bit i of a mark is rule i. "limits" marks points outside the limits and nothing else."""


def rules_named(rule_set: str | tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules of a set, or ValueError naming the sets there are."""
    if not isinstance(rule_set, str):
        return rule_set
    if rule_set not in RULES:
        raise ValueError(f"there is no rule set {rule_set!r}; choose one of {', '.join(RULES)}")
    return RULES[rule_set]


def reasons(rule_set: str | tuple[Rule, ...], mark: int) -> list[str]:
    """The sentences of the rules in one mark, in the order of the set."""
    return [rule.sentence for bit, rule in enumerate(rules_named(rule_set)) if int(mark) >> bit & 1]
