"""The nouns of a question, a module a topic."""

from andon.escalations.models.acts import Closing, Entry, Naming, Ownership
from andon.escalations.models.questions import Escalation, Numbering

__all__ = ["Closing", "Entry", "Escalation", "Naming", "Numbering", "Ownership"]
