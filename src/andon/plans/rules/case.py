"""What a plan is, and one thing that somebody does to it: the words that its rules are written in. Pure."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

SHORTEST, LONGEST = 30, 90  # days, extensions included
SHORTEST_EXTENSION = 7
MOST_EXTENSIONS = 2
APPEAL_DAYS = 30  # after a decision
SUPPORT = (
    0  # what HR overrides when "not met" is to stand although support did not come; 1 to 6 are conditions
)

SELF, LINE, HR = "self", "line", "hr"


class Refused(ValueError):  # noqa: N818
    """An act that may not be. The message is a sentence for who tried."""


class Stage(StrEnum):
    PROPOSED = "proposed"
    REVIEW = "in review"
    RETURNED = "returned"
    AGREED = "agreed"
    ISSUED = "issued"
    ACTIVE = "active"
    PAUSED = "paused"
    DECIDED = "decided"
    CLOSED = "closed"


class Outcome(StrEnum):
    MET = "met"
    PARTLY = "partly met"
    NOT_MET = "not met"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    LEFT = "left"


DECISIONS = (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET)
BEFORE_ISSUE = frozenset({Stage.PROPOSED, Stage.REVIEW, Stage.RETURNED, Stage.AGREED})
UNDER_WAY = frozenset({Stage.ISSUED, Stage.ACTIVE, Stage.PAUSED, Stage.DECIDED})
OPEN = BEFORE_ISSUE | UNDER_WAY


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did. `by` 0 is the installation itself. What the rest means depends on `kind`."""

    kind: str
    by: int
    basis: str
    on: date
    reason: str = ""
    unmet: frozenset[int] = frozenset()
    overridden: frozenset[int] = frozenset()
    condition: int = SUPPORT
    days: int = 0
    late_days: int = 0
    outcome: str = ""
    undelivered: int = 0
    witness: int = 0
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What a plan is now. `version` is of its content, `acknowledged` the last whose receipt is on record."""

    person: int
    stage: Stage = Stage.PROPOSED
    proposer: int = 0
    reviewer: int = 0
    overridden: frozenset[int] = frozenset()
    version: int = 1
    acknowledged: int = 0
    days: int = 0
    started: date | None = None
    pausing: date | None = None
    paused_for_change: bool = False
    paused_days: int = 0
    extensions: int = 0
    decider: int = 0
    deciders: frozenset[int] = frozenset()
    approver: int = 0
    outcome: str = ""
    decided_on: date | None = None
    appealing: str = ""
    appealed: frozenset[str] = frozenset()
    involved: frozenset[int] = field(default_factory=frozenset)

    @property
    def due(self) -> date | None:
        """The day a decision is due; None before it began and while it is paused."""
        if self.started is None or self.pausing is not None:
            return None
        return self.started + timedelta(days=self.days + self.paused_days)

    def decision_due(self, today: date) -> bool:
        return self.stage == Stage.ACTIVE and self.due is not None and today >= self.due

    @property
    def issued(self) -> bool:
        return self.stage in UNDER_WAY


def refuse(when: bool, sentence: str) -> None:
    if when:
        raise Refused(sentence)
