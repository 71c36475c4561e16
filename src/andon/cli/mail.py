"""`andon mail`: mail from a pipe, from files and from servers."""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NoReturn

import click

from andon.cli.setting_up import set_up

LATER = 75  # EX_TEMPFAIL: Postfix and Exim keep the message and come again
WRONG = 2


@click.group()
def mail() -> None:
    """Mail that comes in: receive it from a pipe, files or a server, and try again what was not understood."""


@mail.command()
@click.argument("paths", nargs=-1)
@click.option("--mailbox", "name", default="", help="Which mailbox it came to; made when it is new.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each message.")
def receive(paths: tuple[str, ...], name: str, as_json: bool) -> None:
    """Take in messages: files, folders (*.eml, Maildir), mbox, or - for one on standard input.

    Without PATHS one message is read from standard input, as Postfix and Exim give it. Ends with 0 when
    everything is kept, whatever became of it; with 75 when it could not be kept, so that the mail server comes
    again; with 2 when a path cannot be read. What is received twice is known the second time.
    """
    from andon.mail.sources import MissingError, messages

    _begin()
    try:
        told = _receive(messages(paths), name, as_json)
    except MissingError as error:
        _stop(str(error), WRONG)
    if not as_json:
        click.echo(_summary(told))


@mail.command()
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each message.")
def replay(as_json: bool) -> None:
    """Try again what was not understood, and what a process left when it ended."""
    _begin()
    from andon.flow import mail as story
    from andon.mail.pipe import said

    done = _or_later(lambda: story.replay(datetime.now(UTC)))
    for arrival in done if as_json else ():
        click.echo(json.dumps(said(arrival.key, arrival), ensure_ascii=False))
    if not as_json:
        click.echo(_summary(Counter(str(arrival.status) for arrival in done)))


def _receive(sources: Iterable[Any], name: str, as_json: bool) -> Counter[str]:
    from andon.mail.pipe import receive, said

    told: Counter[str] = Counter()
    for file, arrival in _each(sources, name, receive):
        told[str(arrival.status)] += 1
        if as_json:
            click.echo(json.dumps(said(file, arrival), ensure_ascii=False))
    return told


def _each(sources: Iterable[Any], name: str, take: Any) -> Iterable[Any]:
    from andon.signals import mailing

    def everything() -> Iterable[Any]:
        now = datetime.now(UTC)
        yield from take(sources, mailing.named(name, now), now)

    waiting = iter(everything())
    while (one := _or_later(lambda: next(waiting, None))) is not None:
        yield one


def _begin() -> None:
    """The database as this version wants it; on an empty home it is made."""
    set_up()
    from andon.cli.upkeep import bring_up_to_date

    _or_later(bring_up_to_date)


def _or_later(work: Any) -> Any:
    """What cannot be kept is not lost: the mail server keeps it, and comes again."""
    from django.db import DatabaseError

    try:
        return work()
    except (OSError, DatabaseError) as error:
        said = (getattr(error, "strerror", None) or str(error)).strip()
        _stop(
            f"The message cannot be kept: {said.splitlines()[0] if said else error!r}. Try again later.",
            LATER,
        )


def _stop(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


def _summary(told: Counter[str]) -> str:
    if not told:
        return "No messages."
    words = {
        "accepted": "accepted",
        "duplicate": "here already",
        "quarantined": "in quarantine",
        "failed": "not understood",
    }
    parts = [f"{told[name]:,} {word}" for name, word in words.items() if told[name]]
    return f"{told.total():,} message{'s' * (told.total() != 1)}: {', '.join(parts) or 'waiting'}."
