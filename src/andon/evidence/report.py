"""What checking a ledger found. Pure."""

from dataclasses import dataclass, field

MOST = 50
"""So many problems are told; after them a ledger is not better understood by more."""


@dataclass
class Report:
    """Problems with their place, in words; none means intact. `notes` are worth knowing and no problem."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: int = 0
    entries: int = 0
    erased: int = 0
    withheld: int = 0
    seals: int = 0
    sealed_to: int = 0
    ledger: str = ""
    head: str = ""
    head_at: str = ""
    keys: set[str] = field(default_factory=set)

    @property
    def intact(self) -> bool:
        return not self.problems

    def wrong(self, sentence: str) -> None:
        if len(self.problems) < MOST:
            self.problems.append(sentence)
        else:
            self.more += 1
