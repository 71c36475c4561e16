"""`andon demo`: a made-up organisation, ready to sign in to."""

import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from andon.cli import serving
from andon.cli.demo_home import DemoHome, NotOursError, RunningError
from andon.cli.processes import DiedError, StoppedError, Together

HOST = "127.0.0.1"
ROLES = ("employee", "manager", "mechanism owner", "leader", "HR partner", "analyst", "administrator")
OF_A_PLAN = ("person in a plan", "their manager", "their colleague")  # to see one from every side


@click.command()
@click.option("--fresh", is_flag=True, help="Throw the demo organisation away and make it anew.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free."
)
@click.option("--small", is_flag=True, help="A tenth of the interactions: made in seconds.")
@click.option("--no-serve", is_flag=True, help="Make the organisation, print how to sign in, and end.")
@click.option(
    "--seed", default=1, show_default=True, type=click.IntRange(min=0), help="Another organisation."
)
def demo(fresh: bool, port: int, small: bool, no_serve: bool, seed: int) -> None:
    """Try Andon with a made-up organisation.

    Sets up a folder of its own (var/demo, or ANDON_HOME), makes a contact centre with fulfilment, starts the
    application and prints its address and how to sign in as each role. Starting again is quick and keeps what you
    did. Ctrl-C ends everything.
    """
    screen = Console()
    home = DemoHome(Path(os.environ.get("ANDON_HOME") or "var/demo").expanduser().resolve())
    os.environ["ANDON_HOME"] = str(home.folder)
    os.environ.setdefault("ANDON_ORGANISATION", "Demo organisation")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
    try:
        with home.alone():
            _set_up(home, screen, fresh, small, seed)
            if no_serve:
                _show(screen, home, "")
                return
            _serve(home, screen, port)
    except (NotOursError, RunningError) as refusal:
        screen.print(f"[bold red]Not started.[/] {refusal}", highlight=False, soft_wrap=True)
        sys.exit(2)
    except (StoppedError, KeyboardInterrupt):
        screen.print("Stopped. Start again with the same command; everything is kept.")
        sys.exit(130 if home.making else 0)
    except DiedError as end:
        screen.print(f"[bold red]{end}[/] Everything else was ended too.", highlight=False)
        sys.exit(1)


def _set_up(home: DemoHome, screen: Console, fresh: bool, small: bool, seed: int) -> None:
    """An organisation that is there, and fits this version of the program."""
    state = home.state
    home.check_ours()
    if fresh or state in ("making", "none"):
        if state == "making":
            screen.print("The last set-up was interrupted; making the organisation again.")
        from andon.cli.demo_making import make

        make(home, screen, small, seed)
        return
    from andon.cli.demo_making import bring_up_to_date, recover

    bring_up_to_date()
    recover()


def _serve(home: DemoHome, screen: Console, port: int) -> None:
    port = serving.free_port(HOST, port)
    with Together(serving.environment()) as together:
        serving.start_web(together, HOST, port, processes=1)
        serving.start_worker(together)
        if not serving.until_it_answers(together, HOST, port):
            raise DiedError("web server", 1)
        url = serving.address(HOST, port)
        home.serving_at(url)
        _show(screen, home, url)
        together.wait()


def _show(screen: Console, home: DemoHome, url: str) -> None:
    """Where it is and who may sign in. One line a role, whatever the width of the terminal."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 3, 0, 0))
    for role in (*ROLES, *OF_A_PLAN):
        who = home.accounts.get(role)
        if who:
            table.add_row(f"[bold]{role}[/]", who["email"], who["name"], f"[dim]{who['what']}[/]")
    screen.print()
    if url:
        screen.print(f"  [bold]Andon is at [link={url}]{url}[/link][/]", highlight=False)
        screen.print()
    screen.print("  Sign in as", highlight=False)
    wide = Console(width=max(screen.width, 110), file=screen.file, force_terminal=screen.is_terminal)
    wide.print(table, highlight=False)
    screen.print()
    screen.print(f"  Password for all of them: [bold]{home.password}[/]", highlight=False, soft_wrap=True)
    if url:
        screen.print(
            "  Ctrl-C ends it. Start again any time; `--fresh` makes a new organisation.\n", highlight=False
        )
