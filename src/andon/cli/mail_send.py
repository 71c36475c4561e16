"""`andon mail send`: what waits goes out."""

import click

from andon.cli.setting_up import set_up
from andon.cli.stopping import LATER, asked_to_end, stop


@click.command()
@click.option("--watch", is_flag=True, help="Go on until this is ended: what waits goes out within seconds.")
@click.option("--again", is_flag=True, help="Also what could not be sent before.")
def send(watch: bool, again: bool) -> None:
    """Send the mail that waits, through the server of ANDON_SMTP_URL.

    Any number may run, on any number of machines: each mail is sent by one of them. Ends with 75 when the server
    cannot be used; everything waits then, and goes out later.
    """
    set_up()
    from django.conf import settings

    if not settings.MAIL_GOES_OUT:
        click.echo("No mail goes out: ANDON_SMTP_URL is empty. What people are told stands on their pages.")
        return
    from django.db import DatabaseError

    try:
        _send(watch, again)
    except DatabaseError as error:
        stop(f"The database cannot be used: {str(error).strip().splitlines()[0]}", LATER)


def _send(watch: bool, again: bool) -> None:
    from andon.cli.upkeep import bring_up_to_date

    bring_up_to_date()
    if again:
        _again()
    if watch:
        _keep_on()
    else:
        _once()


def _again() -> None:
    from django.utils import timezone

    from andon.people.notices import outbox

    click.echo(f"{outbox.again(timezone.now()):,} to try once more.")


def _once() -> None:
    from andon.mail.sending import Done, send_waiting

    whole, done = Done(), Done(sent=1)
    while done and not done.problem:
        done = send_waiting()
        whole.add(done)
    click.echo(f"{whole.sent:,} sent, {whole.later:,} to be tried later, {whole.failed:,} could not be sent.")
    if whole.problem:
        stop(whole.problem, LATER)


def _keep_on() -> None:
    """Ended by SIGTERM or Ctrl-C after the mail that is just going out."""
    from andon.mail.sending import keep_sending

    keep_sending(asked_to_end())
