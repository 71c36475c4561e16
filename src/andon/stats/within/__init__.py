"""Associations within groups: two crossed groupings absorbed exactly, intervals by clusters, shapes, and cliffs."""

from andon.stats.within.absorb import Absorbed, CellCodes, absorb
from andon.stats.within.cluster import Slope, slope
from andon.stats.within.curve import Curve, curve
from andon.stats.within.shape import Shape, shape

__all__ = ["Absorbed", "CellCodes", "Curve", "Shape", "Slope", "absorb", "curve", "shape", "slope"]
