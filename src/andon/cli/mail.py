"""`andon mail`: mail from a pipe, from files and from servers."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import click

from andon.cli.mail_send import send
from andon.cli.setting_up import set_up
from andon.cli.stopping import LATER, asked_to_end, stop

LOOK_EVERY = 20.0  # seconds, for mailboxes that somebody added


@click.group()
def mail() -> None:
    """Mail that comes in: receive it from a pipe, files or a server, and try again what was not understood."""


mail.add_command(send)


@mail.command()
@click.argument("paths", nargs=-1)
@click.option("--mailbox", "name", default="", help="Which mailbox it came to; made when it is new.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON for each message.")
def receive(paths: tuple[str, ...], name: str, as_json: bool) -> None:
    """Take in messages: files, folders (*.eml, Maildir), mbox, or - for one on standard input.

    Without PATHS one message is read from standard input, as Postfix and Exim give it. Ends with 0 when
    everything is kept, whatever became of it; with 75 when it could not be kept, so that the mail server comes
    again; with 2 when a path cannot be read, after all that can be is kept. What is received twice is known the
    second time.
    """
    from andon.mail.sources import messages

    _begin()
    missing: list[str] = []
    told = _receive(messages(paths, missing), name, as_json)
    if not as_json and (told or not missing):
        click.echo(_summary(told))
    if missing:
        stop("\n".join(missing))


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


@mail.command()
@click.option("--mailbox", "names", multiple=True, help="Only this mailbox; may be given several times.")
@click.option("--once", is_flag=True, help="Take in what lies there now, and end.")
def watch(names: tuple[str, ...], once: bool) -> None:
    """Watch mailboxes on servers (IMAP), and take in what comes until this is ended.

    Several may run, on several machines: one at a time reads a mailbox. A message is marked as read, or moved,
    only once it is kept and understood. A connection that breaks is made anew.
    """
    _begin()
    from andon.signals.models import Mailbox

    known = set(_or_later(lambda: list(Mailbox.objects.fetched().values_list("name", flat=True))))
    if missing := [name for name in names if name not in known]:
        stop(f"There is no mailbox “{missing[0]}” with a server. See `andon mail mailboxes`.")
    if once:
        _empty(names or tuple(sorted(known)))
    else:
        _watch(names)


def _empty(names: tuple[str, ...]) -> None:
    from django.db import DatabaseError

    from andon.mail.imap import Broken, RefusedError
    from andon.mail.watching import empty
    from andon.signals.models import Mailbox

    for mailbox in Mailbox.objects.fetched().filter(name__in=names):
        try:
            click.echo(f"{mailbox.name}: {empty(mailbox):,} new.")
        except (RefusedError, *Broken, DatabaseError) as error:
            stop(f"{mailbox.name}: {error}", LATER)


def _watch(names: tuple[str, ...]) -> None:
    """Ended by SIGTERM or Ctrl-C at any moment: nothing that is half done is lost."""
    from andon.mail.watching import Watch

    end = asked_to_end()
    watched = Watch(names, end)
    while not end.is_set():
        _look(watched)
        end.wait(LOOK_EVERY)


def _look(watched: Any) -> None:
    from django.db import DatabaseError

    try:
        watched.look()
    except DatabaseError as error:
        click.echo(f"The database cannot be reached: {error}. Trying again.", err=True)


@mail.command()
def mailboxes() -> None:
    """List mailboxes, with the addresses of their webhooks."""
    _begin()
    from andon.signals.models import Mailbox

    for one in _or_later(lambda: list(Mailbox.objects.all())):
        where = f"{one.user}@{one.host}:{one.port} {one.folder}" if one.host else "pipe and webhook"
        state = "retired" if one.retired_at else one.problem or "in use"
        click.echo(f"{one.name}  {one.purpose}  {one.address or '-'}  {where}  /mail/{one.secret}/  {state}")


@mail.command()
@click.argument("name")
@click.option("--purpose", type=click.Choice(["cord", "complaints"]), help="Who writes there.")
@click.option("--address", help="Its address.")
@click.option("--trust", "trusted", multiple=True, help="Name of a mail server of yours whose checks count.")
@click.option("--host", help="IMAP server.")
@click.option("--port", type=click.IntRange(1, 65535))
@click.option("--security", type=click.Choice(["tls", "starttls", "none"]))
@click.option("--user", help="As whom to sign in.")
@click.option("--password-variable", help="Name of the environment variable that holds the password.")
@click.option("--folder", help="Which folder to read; INBOX unless told.")
@click.option("--done-folder", help="Where to move what is kept; else it is marked as read.")
def mailbox(name: str, **given: Any) -> None:
    """Add the mailbox NAME, or change what is given of it."""
    _begin()
    from django.core.exceptions import ValidationError

    fields = {field: value for field, value in given.items() if value not in (None, ())}
    if "trusted" in fields:
        fields["trusted"] = list(fields["trusted"])
    try:
        _or_later(lambda: _set_up_mailbox(name, fields))
    except ValidationError as error:
        stop("\n".join(f"{word}: {' '.join(why)}" for word, why in error.message_dict.items()))
    click.echo(f"{name} is set up.")


def _set_up_mailbox(name: str, fields: dict[str, Any]) -> None:
    from andon.signals import mailing
    from andon.signals.models import Mailbox

    now = datetime.now(UTC)
    known = Mailbox.objects.filter(name=name).first()
    if known:
        mailing.change_mailbox(known, fields, by=None, now=now)
    else:
        mailing.add_mailbox({"name": name, **fields}, by=None, now=now)


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
    _or_later(_ready)


def _ready() -> None:
    set_up()
    from andon.cli.upkeep import bring_up_to_date

    bring_up_to_date()


def _or_later(work: Any) -> Any:
    """What cannot be kept is not lost: the mail server keeps it, and comes again.

    Whatever went wrong: any other end would make the mail server send the message back to a customer.
    """
    try:
        return work()
    except Exception as error:
        said = (getattr(error, "strerror", None) or str(error) or repr(error)).strip().splitlines()[0]
        stop(f"The message cannot be kept: {said.rstrip('.')}. Try again later.", LATER)


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
