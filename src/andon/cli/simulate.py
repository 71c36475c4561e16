"""`andon simulate`: write a made-up organisation with planted causes, to try things on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from andon.simulate import STEPS, BadSize, CannotWrite, Sizes
from andon.simulate import simulate as write
from andon.simulate.worlds import WORLDS, write_world

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
DEFAULT = Sizes()


def size(name: str, what: str) -> Callable[[Decorated], Decorated]:
    """An option for one of the sizes."""
    return click.option(f"--{name}", default=getattr(DEFAULT, name), show_default=True, help=what)


@click.command()
@click.option(
    *("--out", "out"),
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the files; made if missing.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0), help="Same seed, same files.")
@size("people", "People in people.csv.")
@size("teams", "Teams, the office included.")
@size("mechanisms", "Mechanisms in the register.")
@size("months", "Months up to the end.")
@size("interactions", "Rows of interactions.parquet.")
@size("signals", "Rows of signals.csv.")
@click.option(
    *("--end", "end"),
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The first day that is no longer covered, UTC.  [default: today]",
)
@click.option(
    *("--truth", "truth"),
    is_flag=True,
    help="Also write the true effect of every worker, team and mechanism to truth.json.",
)
@click.option(
    *("--world", "world"),
    type=click.Choice(list(WORLDS)),
    metavar="NAME",
    help=f"Instead of all that: cases and the true level of every worker, to judge attribution by. "
    f"One of {', '.join(WORLDS)}.",
)
@click.pass_context
def simulate(
    ctx: click.Context,
    out: Path,
    seed: int,
    end: datetime | None,
    truth: bool,
    world: str | None,
    **sizes: int,
) -> None:
    """Write a made-up organisation with planted causes, and the truth about them.

    A contact centre with fulfilment: teams, people, mechanisms, measures, interactions and signals as clean
    CSV and Parquet, and truth.json with what was planted, where, when and how big it is.
    """
    last = (end or datetime.now(UTC)).date()
    screen = Console(stderr=True)
    try:
        if world is not None:
            _refuse_sizes(ctx)
            _show_world(write_world(out, WORLDS[world], seed=seed, end=last), out)
            return
        with _progress(screen) as progress:
            step = _stepper(progress)
            found = write(out, end=last, seed=seed, sizes=Sizes(**sizes), effects_too=truth, progress=step)
    except (BadSize, CannotWrite) as reason:
        screen.print(f"[bold red]Cannot simulate.[/] {escape(str(reason))}", highlight=False)
        sys.exit(2)
    _show(found["causes"], out)


def _refuse_sizes(ctx: click.Context) -> None:
    """A world has its own sizes."""
    given = [n for n in Sizes.__slots__ if ctx.get_parameter_source(n) is ParameterSource.COMMANDLINE]
    if given:
        raise BadSize(f"A world has its own sizes, and --{given[0]} is not one of them.", "Leave it out.")


def _show_world(truth: dict[str, Any], out: Path) -> None:
    """What is true there, as counts: no person is named on the terminal."""
    print(f"{truth['world']}: {truth['sentence']}")
    below, workers = truth["truly_below"], len(truth["workers"])
    print(f"{below:,} of {workers:,} workers are truly below the standard of {truth['standard']:g}.")
    print(f"Written: {out / 'world.parquet'} and {out / 'truth.json'}")


def _progress(screen: Console) -> Progress:
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    return Progress(*columns, console=screen, transient=True)


def _stepper(progress: Progress) -> Callable[[str], None]:
    task = progress.add_task("Starting", total=len(STEPS))

    def step(name: str) -> None:
        progress.update(task, description=name.capitalize(), completed=STEPS.index(name))

    return step


def _show(causes: list[dict[str, Any]], out: Path) -> None:
    table = Table("from", "to", "cause", "what was planted", title_justify="left")
    table.title = f"Planted in {escape(str(out))}"
    for cause in causes:
        table.add_row(cause["from"][:10], cause["to"][:10], cause["id"], escape(cause["sentence"]))
    Console().print(table)
