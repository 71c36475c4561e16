"""Ways for a command to end: with a sentence, or when somebody asks for it."""

import signal
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

import click

WRONG = 2
LATER = 75  # EX_TEMPFAIL: Postfix and Exim keep the message and come again


def stop(sentence: str, code: int = WRONG) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


def in_the_ledger[Found](work: Callable[[], Found]) -> Found:
    """What `work` found in the database; where that cannot be read, says so and ends."""
    from django.db import DatabaseError

    try:
        return work()
    except DatabaseError as error:
        stop(f"There is no ledger to read here: {error}. ANDON_HOME or ANDON_DATABASE_URL say where it is.")


def asked_to_end() -> threading.Event:
    """Set by SIGTERM or Ctrl-C, so that what is in the middle is done first."""
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    return end
