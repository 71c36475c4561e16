"""Outbreaks: counts of many series through time, and where they are above what their own past leads one to expect.

Every function takes counts of shape (S, T), S series by T periods, or (T,) for one series; NaN is a missing
period. Each gives `Alarms`. Data never raise: what cannot be judged is not `usable`. Only options do.
"""

from andon.stats.outbreak.alarms import Alarms
from andon.stats.outbreak.bayes import bayes
from andon.stats.outbreak.cusum import cusum
from andon.stats.outbreak.ears import ears
from andon.stats.outbreak.farrington import farrington, farrington_flexible

__all__ = ["Alarms", "bayes", "cusum", "ears", "farrington", "farrington_flexible"]
