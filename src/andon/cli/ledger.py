"""`andon ledger`: export the ledger, seal it, and show what to write down."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from andon.cli.setting_up import set_up
from andon.cli.stopping import in_the_ledger, stop


@click.group()
def ledger() -> None:
    """The ledger of what was done about people: export it, seal it, show its head and its key."""


@ledger.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export(file: Path) -> None:
    """Write the whole ledger to FILE (JSON), which `andon verify FILE` checks without a database.

    What it says of people is in it: keep it as safe as the database.
    """
    set_up()
    from andon.evidence import extracts

    try:
        with _in_place(file) as out:
            seal = in_the_ledger(lambda: extracts.export(out, now=datetime.now(UTC)))
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror}.")
    click.echo(f"{file}: {seal.seq:,} entries, sealed." if seal else f"{file}: the ledger is empty.")


@ledger.command()
def seal() -> None:
    """Seal the ledger as it is now, and show its head: write that down, outside of this machine."""
    set_up()
    from andon.evidence import ledger as book

    _show(in_the_ledger(lambda: book.seal(datetime.now(UTC))))


@ledger.command()
def head() -> None:
    """Show the hash of the last entry. Written down, it shows later whether the end was cut off."""
    set_up()
    from andon.evidence.models import Entry

    last = in_the_ledger(lambda: Entry.objects.order_by("-seq").first())
    click.echo(f"{last.hash}  entry {last.seq:,}" if last else "The ledger is empty.")


@ledger.command()
def key() -> None:
    """Show the public key that seals are signed with, and its fingerprint. Publish them."""
    set_up()
    from andon.evidence import keys
    from andon.evidence import ledger as book
    from andon.evidence.seals import fingerprint

    public = keys.public_of(keys.signer(book.key_folder()))
    click.echo(f"{public}\nFingerprint {fingerprint(public)}")


@contextmanager
def _in_place(file: Path) -> Iterator[BinaryIO]:
    """Written whole or not at all, readable by its owner only."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _show(seal: Any) -> None:
    if seal is None:
        click.echo("The ledger is empty: there is nothing to seal.")
        return
    click.echo(f"Seal {seal.number:,} over {seal.seq:,} entries.\nHead {seal.hash}")
