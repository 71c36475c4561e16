"""The nouns of a question, a module a topic."""

from andon.escalations.models.acts import Closing, Entry, Naming, Ownership
from andon.escalations.models.clocks import Breach, Calendar, Pin
from andon.escalations.models.explaining import Explanation, Review, WhyNode
from andon.escalations.models.mending import (
    Countermeasure,
    Dropping,
    InPlace,
    Judgement,
    Verdict,
    WatchingOn,
    window_end,
)
from andon.escalations.models.questions import Escalation, Numbering
from andon.escalations.models.turns import Merging, Preliminary, Reopening, Rerouting, Thanks

__all__ = [
    "Breach",
    "Calendar",
    "Closing",
    "Countermeasure",
    "Dropping",
    "Entry",
    "Escalation",
    "Explanation",
    "InPlace",
    "Judgement",
    "Merging",
    "Naming",
    "Numbering",
    "Ownership",
    "Pin",
    "Preliminary",
    "Reopening",
    "Rerouting",
    "Review",
    "Thanks",
    "Verdict",
    "WatchingOn",
    "WhyNode",
    "window_end",
]
