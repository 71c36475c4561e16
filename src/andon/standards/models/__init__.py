"""Principles as behaviour, what is expected of a role, and objectives that lead up to a customer."""

from andon.standards.models.objectives import (
    CheckIn,
    Correction,
    Cycle,
    KeyResult,
    Objective,
    ObjectiveTemplate,
)
from andon.standards.models.principles import Anchor, Behaviour, Principle
from andon.standards.models.roles import Holding, JobRole
from andon.standards.models.standards import (
    Acknowledgement,
    Answer,
    Difference,
    Reminder,
    Standard,
    StandardVersion,
)

__all__ = [
    "Acknowledgement",
    "Anchor",
    "Answer",
    "Behaviour",
    "CheckIn",
    "Correction",
    "Cycle",
    "Difference",
    "Holding",
    "JobRole",
    "KeyResult",
    "Objective",
    "ObjectiveTemplate",
    "Principle",
    "Reminder",
    "Standard",
    "StandardVersion",
]
