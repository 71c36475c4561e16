"""The one place of colours and type. The web application serves these files; a report carries them inside."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "css"
SHARED = ("tokens.css", "chart.css")


@cache
def report_css() -> str:
    """Everything a self-contained report needs: tokens, charts, and the report's own few rules."""
    return "\n".join((FOLDER / name).read_text("utf-8") for name in (*SHARED, "report.css"))
