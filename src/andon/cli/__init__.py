"""The command line: one group, whose commands are loaded when they are called."""

import os
from importlib import import_module

import click

os.environ.setdefault(
    "OPENBLAS_NUM_THREADS", "1"
)  # before NumPy: threads on small matrices only wait for each other

COMMANDS = {
    "review": "andon.cli.review:review",
    "attribute": "andon.cli.attribute:attribute",
    "clusters": "andon.cli.clusters:clusters",
    "link": "andon.cli.link:link",
    "metrics": "andon.cli.metrics:metrics",
    "journeys": "andon.cli.journeys:journeys",
    "verify": "andon.cli.verify:verify",
    "ledger": "andon.cli.ledger:ledger",
    "simulate": "andon.cli.simulate:simulate",
    "demo": "andon.cli.demo:demo",
    "serve": "andon.cli.serve:serve",
    "mail": "andon.cli.mail:mail",
    "administrator": "andon.cli.administrator:administrator",
    "manage": "andon.cli.manage:manage",
}


class Lazy(click.Group):
    """Knows its commands by name only, so that one of them never waits for the libraries of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        try:
            command: click.Command = getattr(import_module(module), attribute)
        except ModuleNotFoundError as error:
            if error.name != module:
                raise
            return None
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line each, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, SHORT[name]) for name in COMMANDS])


SHORT = {
    "review": "From a file of what happened to customers to what is out of spec.",
    "attribute": "Person or process: how much of the differences is system, and how much people.",
    "clusters": "Complaints that belong together, found the week they appear.",
    "link": "Whether the work life of teams and the experience of their customers move together.",
    "metrics": "Which metrics matter to customers, how much, and which targets are met by harm.",
    "journeys": "The ways of customers: where they come back, wait, are passed on, give up; what a fix saves.",
    "verify": "Whether a ledger or a dossier is as it was recorded: nothing altered, nothing left out.",
    "ledger": "Export and seal the ledger of what was done about people.",
    "simulate": "Make up an organisation with planted causes, as files.",
    "demo": "Set up and start a demo organisation.",
    "serve": "Start the web application.",
    "mail": "Receive mail from a pipe, files and servers.",
    "administrator": "Make somebody an administrator: the first sign-in.",
    "manage": "Run a command of Django, such as migrate or check.",
}


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="andon", prog_name="andon")
def main() -> None:
    """Andon: what first; then, and only with evidence, who."""
