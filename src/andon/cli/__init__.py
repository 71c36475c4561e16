"""The command line. Each command is loaded only when it is asked for, so that `review` needs no Django and help is quick."""

from importlib import import_module

import click

COMMANDS = {
    "review": "andon.cli.review:review",
    "demo": "andon.cli.demo:demo",
    "serve": "andon.cli.serve:serve",
    "administrator": "andon.cli.administrator:administrator",
    "manage": "andon.cli.manage:manage",
    "simulate": "andon.cli.simulate:simulate",
}


class Lazy(click.Group):
    """Knows its commands by name and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        return getattr(import_module(module), attribute)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="andon")
def main() -> None:
    """Andon: what first; then, and only with evidence, who."""
