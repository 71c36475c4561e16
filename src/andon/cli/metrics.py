"""andon metrics: which operational metrics move the customer's outcome, how much, and in what shape."""

import math
from pathlib import Path
from typing import Any

import click

from andon.cli import answering

PERIODS = ("hour", "day", "week", "month", "quarter", "year", "auto")


@click.command()
@answering.data
@click.option(
    "--at", required=True, metavar="COL",
    help="Column that says when it happened (times, days, months, quarters).",
)  # fmt: skip
@click.option(
    "--customer-outcome", required=True, metavar="COL",
    help="What the customer got: a number, yes/no, true/false or 0/1.",
)  # fmt: skip
@click.option(
    "--metric", required=True, multiple=True, metavar="COL",
    help="Operational metric: a number, a duration or yes/no. May be given again.",
)  # fmt: skip
@click.option("--worker", multiple=True, metavar="COL", help="Column of who served. Nobody is named.")
@click.option(
    "--mechanism", multiple=True, metavar="COL", help="Column that names the process; several combine."
)
@click.option("--team", multiple=True, metavar="COL", help="Column of teams or sites; several combine.")
@click.option(
    "--good", type=click.Choice(("high", "low")),
    help="Which way of the outcome is better for the customer. Without it: high.",
)  # fmt: skip
@answering.where
@click.option(
    "--every", type=click.Choice(PERIODS), default="auto", show_default=True,
    help="How long a period is that is held alike.",
)  # fmt: skip
@click.option(
    "--fdr", type=click.FloatRange(0, 0.5, min_open=True), default=0.05, show_default=True, metavar="Q",
    help="Share of false ones allowed among the metrics told apart from nothing.",
)  # fmt: skip
@click.option(
    "--matters", type=float, metavar="X",
    help="Smallest difference in the outcome that matters, in its units; of yes/no a share, as 0.02. "
    "Without it: a twentieth of its standard deviation.",
)  # fmt: skip
@click.option(
    "--limit", "--target", "limit", multiple=True, metavar="METRIC=X",
    help="A limit people are held to. Without it, round values are tried.",
)  # fmt: skip
@click.option(
    "--better", multiple=True, metavar="METRIC=high|low",
    help="Which way a metric counts as improving. Without it: by its name, where that says so.",
)  # fmt: skip
@answering.out()
def metrics(**asked: Any) -> None:
    """Find the metrics in DATA that matter to customers (Parquet, CSV, gzipped CSV, Excel; globs, folders).

    Writes report.html, metrics.json, metrics.parquet and summary.json, and refused.csv for rows that could not be
    used. Exit status 2 and nothing written when the input cannot be used.
    """
    with answering.refusing("Cannot audit this."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.metrics.ask import answer
    from andon.analysis.metrics.output import write
    from andon.analysis.metrics.report import render

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
    _show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    from andon.analysis.metrics.ask import Question
    from andon.analysis.metrics.spec import AuditSpec
    from andon.lake import BadInput

    matters = asked["matters"]
    if matters is not None and not (math.isfinite(matters) and matters > 0):
        raise BadInput(
            f"--matters {matters:g} is no size.", "Give a number above zero, in units of the outcome."
        )
    spec = AuditSpec(good=asked["good"], fdr=asked["fdr"], matters=matters)
    return Question(
        asked["data"], asked["at"], asked["customer_outcome"], asked["metric"], asked["worker"], asked["mechanism"],
        asked["team"], asked["where"], asked["every"], asked["limit"], asked["better"], spec,
    )  # fmt: skip


COLOURS = {"matters": "bold cyan", "does not matter": "green", "cannot tell": "yellow"}


def _show(answer: Any, out: Path) -> None:
    """On the terminal, in short."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    from andon.analysis.metrics.report import headline, lead

    console, found = Console(highlight=False), answer.found
    console.print(Text(headline(answer), "bold"))
    console.print(f"[dim]{escape(lead(answer))}[/]", soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    for one in found.findings:
        table.add_row(Text(one.verdict, COLOURS[one.verdict]), Text(one.sentence))
    console.print(table)
    for one in [*(harm for harm in found.harms if harm.harmful), *found.trends]:
        console.print(Text("✗ ", "red") + Text(one.sentence), soft_wrap=True)
    answering.mind(console, [*answer.notes, *found.warnings])
    answering.read_on(console, out)
