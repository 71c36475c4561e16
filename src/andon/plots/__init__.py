"""Results to pictures, each with a sentence and a table. Nothing of Django here."""

from andon.plots import words
from andon.plots.chart import ControlChart, Note
from andon.plots.spark import spark
from andon.plots.tables import table
from andon.plots.tile import tile

__all__ = ["ControlChart", "Note", "spark", "table", "tile", "words"]
