"""andon review: from a file of what happened to customers to what is out of spec, and since when."""

import sys
from pathlib import Path
from typing import Any

import click

KINDS = ("proportion", "value", "count", "rate", "between", "auto")
PERIODS = ("hour", "day", "week", "month", "quarter", "auto")
RULES = ("nelson", "western-electric", "nhs", "anhoj")
SHOWN = 20  # mechanisms on the terminal


@click.command()
@click.argument("data", nargs=-1, required=True, metavar="DATA...")
@click.option(
    "--at",
    required=True,
    metavar="COL",
    help="Column that says when it happened (times, days, months, quarters).",
)
@click.option(
    "--outcome",
    metavar="COL",
    help="Column with the outcome: a number, yes/no, true/false or 0/1. Without it, rows are counted.",
)
@click.option("--of", metavar="COL", help="Column with the denominator, for data already counted.")
@click.option(
    "--kind", type=click.Choice(KINDS), default="auto", show_default=True, help="What the outcome is."
)
@click.option(
    "--mechanism", multiple=True, metavar="COL", help="Column that names the process; several combine."
)
@click.option(
    "--worker",
    metavar="COL",
    help="Column of workers. Nobody is charted or named; it is only checked to be there.",
)
@click.option(
    "--team",
    metavar="COL",
    help="Column of teams. Teams are not charted; name it with --mechanism if a team is the process.",
)
@click.option(
    "--where", multiple=True, metavar="COL=VALUE", help="Only these rows. One column twice: either value."
)
@click.option("--good", type=click.Choice(("high", "low")), help="Which way is better for the customer.")
@click.option(
    "--every",
    type=click.Choice(PERIODS),
    default="auto",
    show_default=True,
    help="How long a period a point covers.",
)
@click.option("--upper", type=float, metavar="X", help="Upper specification limit.")
@click.option("--lower", type=float, metavar="X", help="Lower specification limit.")
@click.option("--target", type=float, metavar="X", help="The level wanted.")
@click.option(
    "--baseline", metavar="N|FROM..TO", help="Limits from the first N points, or from a stretch of time."
)
@click.option("--phase", multiple=True, metavar="DATE", help="A change was made: new limits from here on.")
@click.option("--season", type=click.Choice(("week", "year")), help="A rhythm that is no exception.")
@click.option(
    "--rules",
    type=click.Choice(RULES),
    help="Rules that mark points. Without it: outside the limits, nine on one side, two of three far out.",
)
@click.option(
    "--fdr",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="Q",
    help="False alarms allowed among the series called out (0.05 with several series).",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder for the review."
)
def review(**asked: Any) -> None:
    """Review DATA (Parquet, CSV, gzipped CSV, Excel; several files, globs, folders).

    Writes report.html, points.parquet, exceptions.csv and summary.json, and refused.csv for rows that could
    not be used.
    Exit status 2 and nothing written when the input cannot be used.
    """
    from andon.lake import BadInput

    try:
        _run(asked)
    except BadInput as problem:
        _complain(problem)
        sys.exit(2)


def _complain(problem: Any) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(Text("Cannot review this. ", "bold red") + Text(problem.problem))
    if problem.remedy:
        console.print(Text(problem.remedy))


def _run(asked: dict[str, Any]) -> None:
    from rich.console import Console

    from andon.analysis.ask import answer
    from andon.analysis.output import in_place, write
    from andon.analysis.report import render
    from andon.cli.summary import show

    question = _question(asked)
    with in_place(asked["out"]) as folder, Console(stderr=True).status("Opening the files") as status:
        found = answer(question, tell=lambda text: status.update(text))
        status.update("Drawing the report")
        write(found, render(found), folder)
    show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    from andon.analysis.ask import Question
    from andon.analysis.spec import ReviewSpec

    spec = ReviewSpec(
        kind=asked["kind"],
        good=asked["good"],
        upper=asked["upper"],
        lower=asked["lower"],
        target=asked["target"],
        baseline=_baseline(asked["baseline"]),
        phases=tuple(_moment(text, "--phase") for text in asked["phase"]),
        season=asked["season"],
        rules=asked["rules"],
        fdr=asked["fdr"],
    )
    return Question(
        asked["data"],
        asked["at"],
        asked["outcome"],
        asked["of"],
        asked["mechanism"],
        asked["where"],
        asked["every"],
        asked["worker"],
        asked["team"],
        spec,
    )


def _moment(text: str, option: str) -> Any:
    """The start of what was named: a year, a month, a day or a time."""
    import numpy as np

    from andon.lake import BadInput

    try:
        return np.datetime64(text.strip().replace(" ", "T"), "s")
    except ValueError:
        raise BadInput(
            f"{option} {text} is not a date.", "Write it as 2025-01-31, 2025-01 or 2025-01-31T12:00."
        ) from None


def _end(text: str, option: str) -> Any:
    """The last second of what was named: “2025-01” ends on 31 January."""
    import numpy as np

    _moment(text, option)
    named = np.datetime64(text.strip().replace(" ", "T"))
    unit: Any = np.datetime_data(named.dtype)[0]
    return (named + np.timedelta64(1, unit)).astype("datetime64[s]") - np.timedelta64(1, "s")


def _baseline(text: str | None) -> Any:
    from andon.lake import BadInput

    if text is None:
        return None
    if text.strip().isdigit() and int(text) >= 2:
        return int(text)
    first, dots, last = text.partition("..")
    if not dots or not first or not last:
        raise BadInput(
            f"--baseline {text} is neither a number of points (2 or more) nor a stretch of time.",
            "Write it as 24 or as 2024-01-01..2024-06-30.",
        )
    span = _moment(first, "--baseline"), _end(last, "--baseline")
    if span[0] > span[1]:
        raise BadInput(f"--baseline {text} ends before it begins.", "Write the earlier date first.")
    return span
