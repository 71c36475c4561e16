"""andon journeys: the ways of customers, where they come back, wait, are passed on, give up, and what a fix saves."""

from pathlib import Path
from typing import Any

import click

from andon.cli import answering

MOST = 20  # steps shown on the terminal; all are in the files


@click.command()
@answering.data
@click.option(
    "--customer",
    required=True,
    metavar="COL",
    help="Column of customers, or of cases: a number or a pseudonym.",
)
@click.option("--at", required=True, metavar="COL", help="Column that says when (times or days).")
@click.option(
    "--step", required=True, multiple=True, metavar="COL",
    help="Column that names the step: process, mechanism, group; several combine.",
)  # fmt: skip
@click.option("--channel", metavar="COL", help="Column of the channel by which the contact came.")
@click.option(
    "--outcome", metavar="COL", help="What the customer got: a number or yes/no. Told by step and at the end."
)
@click.option("--effort", metavar="COL", help="Column of the customer's effort: a score.")
@click.option("--wait", metavar="COL", help="Column of how long the customer waited: seconds, or a duration.")
@click.option(
    "--passed",
    "--transfers",
    "passed",
    metavar="COL",
    help="How often the contact was passed on: a number or yes/no.",
)
@click.option(
    "--gave-up",
    "--abandoned",
    "gave_up",
    metavar="COL",
    help="Whether the customer broke the contact off: yes/no.",
)
@click.option(
    "--contact",
    metavar="COL",
    help="Column that names the contact, where several rows are one: it begins as the first of them, and is as the "
    "last of them says.",
)
@click.option(
    "--log", is_flag=True, help="Rows are entries of a log: those in a row at one step are one visit."
)
@answering.where
@click.option(
    "--gap", type=click.FloatRange(0, 36_500, min_open=True), default=7.0, show_default=True, metavar="DAYS",
    help="Without a contact for so long, a journey is over; within it, a customer has come back.",
)  # fmt: skip
@click.option(
    "--fewest", type=click.IntRange(1), default=5, show_default=True, metavar="N",
    help="Ways, passages and steps of fewer customers are not shown one by one.",
)  # fmt: skip
@answering.out()
def journeys(**asked: Any) -> None:
    """Follow the customers in DATA (Parquet, CSV, gzipped CSV, Excel; globs, folders) from contact to contact.

    Writes report.html and journeys.json, and refused.csv for rows that could not be read. Exit status 2 and nothing
    written when the input cannot be used.
    """
    with answering.refusing("Cannot follow this."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.journeys.ask import answer
    from andon.analysis.journeys.output import write
    from andon.analysis.journeys.report import render

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
    _show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    from andon.analysis.journeys.ask import Question
    from andon.analysis.journeys.spec import JourneySpec

    same = {name: value for name, value in asked.items() if name not in ("data", "gap", "fewest", "out")}
    noun = "visit" if asked["log"] else "contact"
    return Question(
        paths=asked["data"], spec=JourneySpec(asked["gap"], fewest=asked["fewest"], noun=noun), **same
    )


def _show(answer: Any, out: Path) -> None:
    """On the terminal, in short."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    from andon.analysis.journeys import tables
    from andon.analysis.journeys.telling import headline, lead

    console = Console(highlight=False)
    console.print(Text(headline(answer), "bold"), soft_wrap=True)
    console.print(f"[dim]{escape(lead(answer))}[/]", soft_wrap=True)
    console.print(Text(answer.found.sentence), soft_wrap=True)
    header, rows = tables.step_table(answer)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for place, name in enumerate(header):
        longest = max(map(len, name.split()))
        table.add_column(name, justify="right" if place else "left", min_width=longest if place else 12)
    for name, *numbers in rows[:MOST]:
        table.add_row(Text(name), *(Text(one.replace(" ", "\N{NO-BREAK SPACE}")) for one in numbers))
    console.print(table)
    answering.mind(console, answer.notes)
    answering.read_on(console, out)
