"""`andon verify`: whether a ledger, an extract or a dossier is as it was recorded."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from andon.cli.stopping import in_the_ledger, stop


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--ledger", is_flag=True, help="Check the ledger of this installation, in its database.")
@click.option(
    "--key", multiple=True, metavar="KEY",
    help="The public key to trust, its fingerprint, or the file that holds it; may be given again.",
)  # fmt: skip
@click.option(
    "--head", multiple=True, metavar="HASH", help="A hash that was written down: it must be found again."
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
def verify(
    file: Path | None, ledger: bool, key: tuple[str, ...], head: tuple[str, ...], as_json: bool
) -> None:
    """Check FILE, a dossier (PDF) or an exported ledger (JSON), or with --ledger this installation.

    A file needs no database and no network. Exit status 0 when intact, 1 when something was altered or left out,
    with the place in words, and 2 when there is nothing to check.
    """
    if (file is None) == (not ledger):
        stop("Give a FILE to check, or --ledger for the ledger of this installation.")
    if ledger and key:
        stop("--key goes with a FILE: the ledger of this installation is checked with its own keys.")
    report = _of_installation(head) if ledger else _of_file(file, key, head)
    (_tell_json if as_json else _tell)(report, str(file) if file else "The ledger")
    sys.exit(0 if report.intact else 1)


def _of_file(path: Any, key: tuple[str, ...], head: tuple[str, ...]) -> Any:
    from andon.evidence.report import Report
    from andon.evidence.verifying import Unreadable, verify_bytes

    try:
        raw = path.read_bytes()
    except OSError as error:
        stop(f"{path} cannot be read: {error.strerror}.")
    try:
        return verify_bytes(raw, _keys(key), _heads(head))
    except Unreadable as reason:
        return Report(problems=[str(reason)])


def _keys(given: tuple[str, ...]) -> frozenset[str]:
    """Those given; else those of this installation, where ANDON_HOME names its folder."""
    from andon.evidence.keys import published, trusted

    home = os.environ.get("ANDON_HOME", "").strip()
    if not given:
        return frozenset(published(Path(home) / "keys")) if home else frozenset()
    try:
        return frozenset(map(trusted, given))
    except ValueError as error:
        stop(str(error))


def _heads(given: tuple[str, ...]) -> list[str]:
    heads = [one.strip().lower() for one in given]
    for one in heads:
        if len(one) != 64 or not set(one) <= set("0123456789abcdef"):
            stop(f"--head {one} is no hash: it has 64 digits from 0 to f.")
    return heads


def _of_installation(head: tuple[str, ...]) -> Any:
    from andon.cli.setting_up import set_up

    set_up()
    from andon.evidence import reading

    return in_the_ledger(lambda: reading.check(_heads(head)))


def _tell_json(report: Any, what: str) -> None:
    from andon.evidence.verifying import told

    found = {name: getattr(report, name) for name in SHOWN} | {"intact": report.intact}
    click.echo(json.dumps(found | {"keys": sorted(told(key) for key in report.keys)}, indent=2))


SHOWN = (
    "problems", "more", "notes", "entries", "erased", "withheld", "seals", "sealed_to", "ledger", "head", "head_at"
)  # fmt: skip


def _tell(report: Any, what: str) -> None:
    from andon.evidence.verifying import told

    if report.intact:
        click.echo(f"{what} is intact: {_counted(report)}.")
    else:
        click.echo(f"{what} is not as it was recorded.")
    for problem in report.problems:
        click.echo(f"  ✗ {problem}")
    if report.more:
        click.echo(f"  … and {report.more:,} more.")
    if report.head:
        click.echo(f"  Head {report.head} at {report.head_at}.")
    for key in sorted(report.keys):
        click.echo(f"  Signed with the key {told(key)}.")
    for note in report.notes:
        click.echo(f"  ! {note}")


def _counted(report: Any) -> str:
    parts = [f"{report.entries:,} {'entry' if report.entries == 1 else 'entries'}"]
    parts += [f"sealed up to entry {report.sealed_to:,}"] if report.sealed_to else []
    parts += [f"the words of {report.erased:,} erased as recorded"] if report.erased else []
    parts += [f"the words of {report.withheld:,} not in this file"] if report.withheld else []
    return ", ".join(parts)
