"""andon link: do the work life of teams and the experience of their customers move together?"""

from pathlib import Path
from typing import Any

import click

from andon.cli import answering

PERIODS = ("week", "month", "quarter", "year")


@click.command()
@click.argument("employee_data", metavar="EMPLOYEE_DATA")
@click.argument("customer_data", metavar="CUSTOMER_DATA")
@click.option(
    "--unit", required=True, metavar="COL", help="Column of teams, sites or organisations, never of persons."
)
@click.option(
    "--at", required=True, metavar="COL", help="Column that says when: years, 2016/17, months, days, times."
)
@click.option(
    "--employee",
    required=True,
    multiple=True,
    metavar="COL",
    help="Measure of work life in EMPLOYEE_DATA; may be given again.",
)
@click.option(
    "--customer",
    required=True,
    multiple=True,
    metavar="COL",
    help="Measure of customers in CUSTOMER_DATA; may be given again.",
)
@click.option("--of", metavar="COL", help="Denominator of the customer measures, for data already counted.")
@click.option(
    "--good",
    multiple=True,
    metavar="high|low|COL=low",
    help="Which way is better: once for all customer measures, or once for each measure in order, or by name.",
)
@click.option(
    "--unit-customer", metavar="COL", help="The column of units in CUSTOMER_DATA, if named otherwise."
)
@click.option(
    "--at-customer", metavar="COL", help="The column of times in CUSTOMER_DATA, if named otherwise."
)
@click.option(
    "--where", multiple=True, metavar="COL=VALUE", help="Only these rows, of each file with the column."
)
@click.option(
    "--every", type=click.Choice(PERIODS), help="How long a period is. Without it: the coarser of both files."
)
@click.option(
    "--year-begins",
    type=click.IntRange(1, 12),
    metavar="MONTH",
    help="Month in which years begin. Without it: 1, or 4 where years are written 2016/17.",
)
@click.option(
    "--fdr",
    type=click.FloatRange(0, 0.5, min_open=True),
    default=0.05,
    show_default=True,
    metavar="Q",
    help="Share of wrong ones allowed among the associations found.",
)
@click.option(
    "--lags",
    type=click.IntRange(0, 24),
    metavar="N",
    help="Longest lag. Without it: 3 months or weeks, 1 quarter or year.",
)
@click.option(
    "--permutations",
    type=click.IntRange(1, 1_000_000),
    default=4999,
    show_default=True,
    metavar="N",
    help="How often units are dealt out anew.",
)
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Of the permutations."
)
@answering.out()
def link(**asked: Any) -> None:
    """Link EMPLOYEE_DATA and CUSTOMER_DATA (each Parquet, CSV, gzipped CSV, Excel; a file, a glob or a folder).

    Between units, within units, and one after the other, with honest uncertainty. Writes links.json and report.html,
    and refused.csv for what could not be read. Exit status 2 and nothing written when the input cannot be used.
    """  # fmt: skip
    with answering.refusing("Cannot link these."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.linking.ask import answer
    from andon.analysis.linking.output import write
    from andon.analysis.linking.report import render

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
    _show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    from andon.analysis.linking.spec import LinkQuestion

    same = {name: value for name, value in asked.items() if name not in ("out", "year_begins")}
    return LinkQuestion(**same, begins=asked["year_begins"])


def _show(found: Any, out: Path) -> None:
    """On the terminal, in short: a sentence a pair."""
    from rich.console import Console
    from rich.markup import escape
    from rich.text import Text

    from andon.analysis.linking.telling import headline, lead

    console = Console(highlight=False)
    console.print(Text(headline(found), "bold"), soft_wrap=True)
    console.print(f"[dim]{escape(lead(found))}[/]", soft_wrap=True)
    for one in found.links:
        console.print(Text(f"{one.employee.name} and {one.customer.name}", "bold"))
        console.print(Text(one.sentence), soft_wrap=True)
    answering.mind(console, [*found.joined.notes, *found.warnings])
    answering.read_on(console, out)
