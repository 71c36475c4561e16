"""How two measures of the same units and periods go together: between units, within units, and one after the other.

Two measures are two arrays of shape (units, periods), NaN where a cell was not measured; periods are consecutive.
"""

from andon.stats.linked.adjusting import adjusted
from andon.stats.linked.between import between
from andon.stats.linked.lags import Lag, lags
from andon.stats.linked.result import NONE, Association, WithoutOne
from andon.stats.linked.sweeping import Sweeper
from andon.stats.linked.within import within

__all__ = ["NONE", "Association", "Lag", "Sweeper", "WithoutOne", "adjusted", "between", "lags", "within"]
