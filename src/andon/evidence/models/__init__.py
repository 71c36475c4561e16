"""The nouns of the stage: the ledger, the items of a record, who read it, and what the law asks."""

from andon.evidence.models.items import Acceptance, Answer, Item, Reading, Reply, Sight
from andon.evidence.models.law import Erasure, Held, Hold, Retention
from andon.evidence.models.ledger import Chain, Content, Entry, Pseudonym, Seal

__all__ = [
    "Acceptance", "Answer", "Chain", "Content", "Entry", "Erasure", "Held", "Hold", "Item", "Pseudonym", "Reading",
    "Reply", "Retention", "Seal", "Sight",
]  # fmt: skip
