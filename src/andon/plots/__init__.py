"""Results to pictures, each with a sentence and a table. Nothing of Django here.

Altair takes most of a second to import, so the large chart waits until somebody asks for it.
"""

from typing import Any

from andon.plots import words
from andon.plots.chart import ControlChart, Note
from andon.plots.spark import spark
from andon.plots.style import report_css
from andon.plots.tables import table
from andon.plots.tile import tile

__all__ = ["ControlChart", "Note", "large", "report_css", "spark", "table", "tile", "to_svg", "words"]


def large(chart: ControlChart, width: int = 960, height: int = 300) -> dict[str, Any]:
    """The chart as a Vega-Lite specification; see `andon.plots.vega`."""
    from andon.plots.vega import large as draw

    return draw(chart, width, height)


def to_svg(spec: dict[str, Any], plain: bool = False) -> str:
    """The picture of a specification; see `andon.plots.svg`."""
    from andon.plots.svg import to_svg as draw

    return draw(spec, plain)
