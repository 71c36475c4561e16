"""The nouns of growth, a module a topic."""

from andon.growth.models.coaching import Coaching, Confirmation, Correction, FollowUp, View
from andon.growth.models.one_to_ones import ActionItem, AgendaItem, Covered, Done, Note, OneToOne
from andon.growth.models.promises import Delivery, Doubt, DoubtAnswer, Promise, Release

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Coaching",
    "Confirmation",
    "Correction",
    "Covered",
    "Delivery",
    "Done",
    "Doubt",
    "DoubtAnswer",
    "FollowUp",
    "Note",
    "OneToOne",
    "Promise",
    "Release",
    "View",
]
