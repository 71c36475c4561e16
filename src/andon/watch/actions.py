"""Charts computed anew."""

from datetime import datetime


def refresh(measures, now: datetime) -> int:
    """How many charts were computed."""
    return 0
