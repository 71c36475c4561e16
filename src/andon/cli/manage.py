"""`andon manage`: what Django offers to those who run the application."""

import os
import sys

import click


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    },
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run a command of Django, such as `migrate`, `check`, `dbshell` or `clearsessions`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "andon.config.settings")
    from django.core.management import execute_from_command_line

    sys.argv[0] = "andon manage"
    execute_from_command_line(["andon manage", *arguments])
