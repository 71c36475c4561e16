"""andon review: from a file of what happened to customers to what is out of spec, and since when."""

from typing import Any

import click

from andon.cli import answering
from andon.cli.dates import end_of, moment

KINDS = ("proportion", "value", "count", "rate", "between", "auto")
PERIODS = ("hour", "day", "week", "month", "quarter", "auto")
RULES = ("nelson", "western-electric", "nhs", "anhoj")


@click.command()
@answering.data
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
@answering.where
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
@answering.out("Folder for the review.")
def review(**asked: Any) -> None:
    """Review DATA (Parquet, CSV, gzipped CSV, Excel; several files, globs, folders).

    Writes report.html, points.parquet, exceptions.csv and summary.json, and refused.csv for rows that could
    not be used.
    Exit status 2 and nothing written when the input cannot be used.
    """
    with answering.refusing("Cannot review this."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.ask import answer
    from andon.analysis.output import write
    from andon.analysis.report import render
    from andon.cli.summary import show

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
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
        phases=tuple(moment(text, "--phase") for text in asked["phase"]),
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
    span = moment(first, "--baseline"), end_of(last, "--baseline")
    if span[0] > span[1]:
        raise BadInput(f"--baseline {text} ends before it begins.", "Write the earlier date first.")
    return span
