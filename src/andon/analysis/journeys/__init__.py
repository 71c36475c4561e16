"""What a customer's whole journey is like: contacts joined to journeys, journeys to steps, passages and paths."""

from andon.analysis.journeys.following import follow
from andon.analysis.journeys.spec import JourneySpec, JourneyStep, Passage, PathTaken, Travelled

__all__ = ["JourneySpec", "JourneyStep", "Passage", "PathTaken", "Travelled", "follow"]
