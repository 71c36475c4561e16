"""`andon serve`: the application for a real organisation."""

import os
import sys
from datetime import UTC, datetime

import click
from rich.console import Console

from andon.cli import serving
from andon.cli.processes import DiedError, StoppedError, Together
from andon.cli.upkeep import make_ready_to_serve


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 is all of them."
)
@click.option("--web", default=2, show_default=True, type=click.IntRange(0, 64), help="Web processes.")
@click.option(
    "--worker", default=1, show_default=True, type=click.IntRange(0, 16), help="Background workers."
)
@click.option("--mail", default=1, show_default=True, type=click.IntRange(0, 16), help="Mail processes.")
def serve(port: int, host: str, web: int, worker: int, mail: int) -> None:
    """Start Andon: the web server, the workers that read files and compute charts, and those of mail.

    Brings the database up to date first. Everything is kept in ANDON_HOME (default: var), which may lie on
    PostgreSQL by ANDON_DATABASE_URL. With several machines, start `--web 0`, `--worker 0` or `--mail 0`
    where it fits.
    """
    screen = Console(stderr=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
    if web and not serving.is_free(host, port):
        screen.print(
            f"[bold red]Not started.[/] Port {port} of {host} is taken. Choose another with --port.",
            highlight=False,
        )
        sys.exit(2)
    try:
        _prepare(screen)
        _run(screen, host, port, web, worker, mail)
    except (StoppedError, KeyboardInterrupt):
        screen.print("Stopped.")
    except DiedError as end:
        screen.print(f"[bold red]{end}[/] Everything else was ended too.", highlight=False)
        sys.exit(1)


def _prepare(screen: Console) -> None:
    """The database as this version wants it, jobs of a killed worker queued, a first sign-in said."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        django.setup()
        make_ready_to_serve()
    except ImproperlyConfigured as error:
        _refuse(screen, str(error))
    except OperationalError as error:
        _refuse(
            screen,
            f"The database cannot be reached: {str(error).strip().splitlines()[0]}. See ANDON_DATABASE_URL.",
        )
    from andon.flow import recovery
    from andon.mail.tasks import send_in_a_minute
    from andon.people.models import Person

    recovery.recover(datetime.now(UTC))
    send_in_a_minute()
    if not Person.objects.at_work().with_role("administrator").exists():
        screen.print("Nobody can sign in yet. Make the first administrator:", highlight=False)
        screen.print("  andon administrator --email you@example.com --name 'Your Name'", highlight=False)


def _refuse(screen: Console, why: str) -> None:
    screen.print(f"[bold red]Not started.[/] {why}", highlight=False, soft_wrap=True)
    sys.exit(2)


def _run(screen: Console, host: str, port: int, web: int, worker: int, mail: int) -> None:
    with Together(serving.environment()) as together:
        if web:
            serving.start_web(together, host, port, web)
        for number in range(1, worker + 1):
            serving.start_worker(together, number)
        for number in range(1, mail + 1):
            serving.start_mail(together, number, sends=_sends())
        if web and not serving.until_it_answers(together, host, port):
            screen.print("[yellow]The web server does not answer yet.[/]")
        screen.print(f"{_said(host, port, web, worker, mail)}. Ctrl-C ends it.", highlight=False)
        together.wait()


def _sends() -> bool:
    from django.conf import settings

    return bool(settings.MAIL_GOES_OUT)


def _said(host: str, port: int, web: int, worker: int, mail: int) -> str:
    if web:
        return f"Andon is at {serving.address(host, port)}"
    counts = ((worker, "worker"), (mail, "mail process"))
    named = [f"{n} {noun}{('es' if noun.endswith('s') else 's') * (n > 1)}" for n, noun in counts if n]
    return f"{' and '.join(named) or 'Nothing'} running"
