"""The weekly review: what the charts, the questions and the changes say of seven days. No person is in it."""

from andon.culture.weekly.keeping import keep_last_week, monday_of, week_of

__all__ = ["keep_last_week", "monday_of", "week_of"]
