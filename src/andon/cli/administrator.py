"""`andon administrator`: the first person who may sign in, and the way back in when nobody can."""

import os
import sys
from datetime import UTC, datetime
from typing import Any

import click

from andon.cli.setting_up import set_up

PASSWORD_SETTING = "ANDON_PASSWORD"  # noqa: S105


@click.command()
@click.option("--email", required=True, help="What they sign in with.")
@click.option("--name", help="As it is shown. Needed for somebody who is not on the staff list yet.")
@click.option("--number", help="Their staff number, so that the staff list finds them later.")
def administrator(email: str, name: str | None, number: str | None) -> None:
    """Make somebody an administrator, with a password that you type.

    Works on an empty database. Somebody with this address already gets the role and the new password. Without a
    terminal the password is read from ANDON_PASSWORD.
    """
    set_up()
    from django.core.exceptions import ValidationError
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    try:
        person = _make(email.strip(), name, number)
    except ValidationError as error:
        for sentence in error.messages:
            click.echo(sentence, err=True)
        sys.exit(2)
    click.echo(f"{person.name} may sign in with {person.email} as an administrator.")


def _make(email: str, name: str | None, number: str | None) -> Any:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction

    from andon.people.actions import grant, set_password
    from andon.people.models import Person

    validate_email(email)
    now = datetime.now(UTC)
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            if not name:
                raise ValidationError(f"Nobody has the address {email} yet. Give their name as well: --name.")
            person = Person.objects.create_person(number=number or email, name=name, email=email)
        set_password(person, _password(), by=None, now=now)
        grant(person, "administrator", by=None, now=now)
    return person


def _password() -> str:
    given = os.environ.get(PASSWORD_SETTING)
    return given or click.prompt("Password", hide_input=True, confirmation_prompt=True)
