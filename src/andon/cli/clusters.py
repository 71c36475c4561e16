"""andon clusters: complaints that belong together, found the week they appear."""

from pathlib import Path
from typing import Any

import click

from andon.cli import answering
from andon.cli.dates import end_of

SHOWN = 12  # clusters on the terminal


@click.command()
@answering.data
@click.option("--at", required=True, metavar="COL", help="Column that says when it happened.")
@click.option("--text", metavar="COL", help="Column with what the customer said, in any language.")
@click.option(
    "--attribute", multiple=True, metavar="COL", help="Column to slice by: product, region, channel, ..."
)
@click.option("--customer", metavar="COL", help="Column of customers. Each counts once in a window.")
@click.option("--outcome", metavar="COL", help="Column with a yes/no outcome: count its yes, and its share.")
@answering.where
@click.option(
    "--window",
    metavar="LENGTH",
    help="How long a window is: 24h, 7d, 2w, 1m. [default: 7d; less where the data span few weeks]",
)
@click.option(
    "--asof",
    metavar="DATE",
    help="Look as if it were the end of that day; otherwise the whole past is looked through.",
)
@click.option(
    "--fdr",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.05,
    show_default=True,
    metavar="Q",
    help="Share of false ones allowed among the clusters.",
)
@answering.out("Folder for what is found.")
def clusters(**asked: Any) -> None:
    """Find clusters in DATA (Parquet, CSV, gzipped CSV, Excel; several files, globs, folders).

    Writes clusters.json, summary.json and report.html, and refused.csv for rows
    that could not be used.
    Exit status 2 and nothing written when the input cannot be used.
    """
    with answering.refusing("Cannot look for clusters."):
        _run(asked)


def _run(asked: dict[str, Any]) -> None:
    from andon.analysis.clusters.ask import answer
    from andon.analysis.clusters.output import write
    from andon.analysis.clusters.report import render

    found = answering.answered(_question(asked), answer, render, write, asked["out"])
    _show(found, asked["out"])


def _question(asked: dict[str, Any]) -> Any:
    import numpy as np

    from andon.analysis.clusters.ask import Question
    from andon.analysis.clusters.spec import ClusterSpec
    from andon.analysis.clusters.windows import parse_window

    spec = ClusterSpec(
        window=parse_window(asked["window"]) if asked["window"] else None,
        asof=end_of(asked["asof"], "--asof") if asked["asof"] else None,
        fdr=asked["fdr"],
        now=np.datetime64("now", "s"),
    )
    return Question(
        asked["data"],
        asked["at"],
        asked["text"],
        asked["attribute"],
        asked["customer"],
        asked["outcome"],
        asked["where"],
        spec,
    )


def _show(found: Any, out: Path) -> None:
    """What was found, in short."""
    from rich.console import Console
    from rich.text import Text

    from andon.analysis.clusters.report import headline

    console = Console(highlight=False)
    console.print(Text(headline(found), "bold"))
    for one in found.found.clusters[:SHOWN]:
        console.print(Text("● ", "bold red") + Text(one.sentence), soft_wrap=True)
        for note in one.possible_artefacts:
            console.print(Text(f"  {note}", "dim"), soft_wrap=True)
    if len(found.found.clusters) > SHOWN:
        console.print(f"[dim]… and {len(found.found.clusters) - SHOWN} more[/]")
    for alone in found.found.repeated[:SHOWN]:
        console.print(Text("○ ", "bold") + Text(alone.sentence), soft_wrap=True)
    answering.mind(console, [*found.notes, *found.found.warnings])
    answering.read_on(console, out)
