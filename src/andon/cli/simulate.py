"""`andon simulate`: write a made-up organisation with planted causes, to try things on."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from andon.simulate import STEPS, BadSize, CannotWrite, Sizes
from andon.simulate import simulate as write_organisation

DEFAULT = Sizes()


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the files; made if missing.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="The same seed gives the same files.",
)
@click.option("--people", default=DEFAULT.people, show_default=True, help="People in people.csv.")
@click.option("--teams", default=DEFAULT.teams, show_default=True, help="Teams, the office included.")
@click.option(
    "--mechanisms", default=DEFAULT.mechanisms, show_default=True, help="Mechanisms in the register."
)
@click.option("--months", default=DEFAULT.months, show_default=True, help="Months up to the end.")
@click.option(
    "--interactions", default=DEFAULT.interactions, show_default=True, help="Rows of interactions.parquet."
)
@click.option("--signals", default=DEFAULT.signals, show_default=True, help="Rows of signals.csv.")
@click.option(
    "--end",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day that is no longer covered, UTC.  [default: today]",
)
@click.option(
    "--truth",
    is_flag=True,
    help="Also write the true effects of every worker, team and mechanism to truth.json.",
)
def simulate(
    out: Path,
    seed: int,
    people: int,
    teams: int,
    mechanisms: int,
    months: int,
    interactions: int,
    signals: int,
    end: datetime | None,
    truth: bool,
) -> None:
    """Write a made-up organisation with planted causes, and the truth about them.

    A contact centre with fulfilment: teams, people, mechanisms, measures, interactions and signals as clean CSV and
    Parquet, and truth.json with what was planted, where, when and how big it is.
    """
    sizes = Sizes(people, teams, mechanisms, months, interactions, signals)
    last = (end or datetime.now(UTC)).date()
    screen = Console(stderr=True)
    try:
        with _progress(screen) as progress:
            step = _stepper(progress)
            causes = write_organisation(
                out, end=last, seed=seed, sizes=sizes, effects_too=truth, progress=step
            )
    except (BadSize, CannotWrite) as reason:
        screen.print(f"[bold red]Cannot simulate.[/] {reason.problem} {reason.remedy}", highlight=False)
        sys.exit(2)
    _show(causes, out)


def _progress(screen: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=screen, transient=True
    )


def _stepper(progress: Progress):  # type: ignore[no-untyped-def]
    task = progress.add_task("Starting", total=len(STEPS))

    def step(name: str) -> None:
        progress.update(task, description=name.capitalize(), completed=STEPS.index(name))

    return step


def _show(causes: list[dict[str, object]], out: Path) -> None:
    table = Table("from", "to", "cause", "what was planted", title=f"Planted in {out}", title_justify="left")
    for cause in causes:
        table.add_row(
            str(cause["from"])[:10], str(cause["to"])[:10], str(cause["id"]), str(cause["sentence"])
        )
    Console().print(table)
