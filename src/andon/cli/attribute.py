"""andon attribute: person or process, with honest uncertainty, or “cannot tell”."""

import math
from pathlib import Path
from typing import Any

import click

from andon.cli import answering

KINDS = ("proportion", "value", "count")


@click.command()
@answering.data
@click.option(
    "--outcome", required=True, metavar="COL", help="What happened: a number, yes/no, true/false or 0/1."
)
@click.option("--worker", required=True, metavar="COL", help="Column of who served. Nobody is ranked.")
@click.option(
    "--mechanism",
    required=True,
    multiple=True,
    metavar="COL",
    help="Column that names the process; several combine.",
)
@click.option("--team", multiple=True, metavar="COL", help="Column of teams or sites; several combine.")
@click.option(
    "--covariate", multiple=True, metavar="COL",
    help="What else differs between cases: customers, channel, difficulty. Texts and numbers; may be given again.",
)  # fmt: skip
@click.option(
    "--kind", type=click.Choice(KINDS), help="What the outcome is. Without it: told by the outcome."
)
@click.option("--good", type=click.Choice(("high", "low")), help="Which way is better. Without it: high.")
@click.option("--at", metavar="COL", help="Column that says when it happened: weeks are told apart.")
@click.option(
    "--standard", type=float, metavar="X",
    help="What is expected on the common mix of work, on the scale of the outcome.",
)  # fmt: skip
@click.option(
    "--fdr", type=click.FloatRange(0, 0.5, min_open=True), default=0.05, show_default=True, metavar="Q",
    help="Share of wrong ones allowed among those found below the standard.",
)  # fmt: skip
@answering.where
@answering.out()
def attribute(**asked: Any) -> None:
    """Separate person from process in DATA (Parquet, CSV, gzipped CSV, Excel; several files, globs, folders).

    Writes report.html, attribution.parquet, mechanisms.parquet, teams.parquet and summary.json, and refused.csv
    for rows that could not be used. Exit status 2 and nothing written when the input cannot be used.
    """
    with answering.refusing("Cannot separate this."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.attribution.ask import answer
    from andon.analysis.attribution.output import write
    from andon.analysis.attribution.report import render

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
    _show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    from andon.analysis.attribution.ask import Question
    from andon.analysis.attribution.spec import AttributionSpec
    from andon.lake import BadInput

    standard = asked["standard"]
    if standard is not None and not math.isfinite(standard):
        raise BadInput(f"--standard {standard} is no number to reach.", "Write it as 0.8.")
    spec = AttributionSpec(kind=asked["kind"], good=asked["good"], standard=standard, fdr=asked["fdr"])
    return Question(
        asked["data"], asked["outcome"], asked["worker"], asked["mechanism"], asked["team"], asked["covariate"],
        asked["at"], asked["where"], spec,
    )  # fmt: skip


def _show(answer: Any, out: Path) -> None:
    """On the terminal, in short: nobody's name, only what the whole says."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    from andon.analysis.attribution.report import headline, lead

    console, found = Console(highlight=False), answer.found
    console.print(Text(headline(answer), "bold"))
    console.print(f"[dim]{escape(lead(answer))}[/]", soft_wrap=True)
    console.print(Text(found.sentence), soft_wrap=True)
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for word, count in found.counts.items():
        table.add_row(Text(f"{count:,}"), Text(word))
    console.print(table)
    answering.mind(console, [*answer.notes, *found.warnings])
    answering.read_on(console, out)
