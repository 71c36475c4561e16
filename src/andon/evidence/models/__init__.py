"""The nouns of the stage: the ledger, the items of a record, who read it, and what the law asks."""

from andon.evidence.models.ledger import Chain, Content, Entry, Pseudonym, Seal

__all__ = ["Chain", "Content", "Entry", "Pseudonym", "Seal"]
