"""What a customer's whole journey is like: contacts joined to journeys, journeys to steps, passages and paths."""

from andon.analysis.journeys.following import follow
from andon.analysis.journeys.spec import (
    Amount,
    Band,
    Counted,
    JourneySpec,
    JourneyStep,
    Passage,
    PathTaken,
    Saving,
    Travelled,
)

__all__ = [
    "Amount", "Band", "Counted", "JourneySpec", "JourneyStep", "Passage", "PathTaken", "Saving", "Travelled", "follow",
]  # fmt: skip
