"""A worker that is killed in the middle of a file."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.made_once import begin_in

pytestmark = pytest.mark.slow
ROWS = 20_000
SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "andon.config.settings"
import django; django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from andon.signals import actions, imports
from andon.signals.models import Dataset, Signal
NOW = datetime(2026, 3, 1, tzinfo=UTC)
"""


@pytest.fixture
def home(tmp_path):
    return begin_in(tmp_path / "home")


@pytest.fixture
def run(home):
    """`run(code)` runs Python in another process with a database of its own; `wait=False` gives the
    process.
    """

    def start(code: str, wait: bool = True):
        environment = {**os.environ, "ANDON_HOME": str(home)}
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT + code], env=environment, stdout=subprocess.PIPE, text=True
        )
        return process.communicate(timeout=120)[0].strip() if wait else process

    return start


@pytest.fixture
def queued(run, tmp_path):
    path = tmp_path / "said.csv"
    lines = (f"Where is parcel {i}?,2026-01-{i % 28 + 1:02d} 10:00" for i in range(ROWS))
    path.write_text("text,received_at\n" + "\n".join(lines) + "\n")
    run(f"""
call_command("migrate", verbosity=0, skip_checks=True)
dataset = actions.bring("said.csv", {str(path)!r}, "signals", None, NOW)
actions.map_columns(dataset, {{"text": "text", "received_at": "received_at"}}, None, NOW)
""")


@pytest.fixture
def ask(home):
    """`ask(sql)` is the first row of an answer, as somebody else sees the database at this moment."""

    def answer(query: str):
        with sqlite3.connect(home / "andon.sqlite3") as database:
            return database.execute(query).fetchone()

    return answer


def until(true) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and not true():
        time.sleep(0.02)


READ = "imports.read(Dataset.objects.get(), imports.import_signals, NOW)"


def test_a_killed_import_leaves_nothing_and_is_done_again(run, ask, queued):
    reader = run(READ, wait=False)
    until(lambda: ask("SELECT progress FROM signals_dataset")[0] > 0.8)  # next is the transaction that writes
    reader.send_signal(signal.SIGKILL)
    reader.wait()
    assert ask("SELECT count(*) FROM signals_signal") == (0,)
    assert ask("SELECT state FROM signals_dataset") == ("reading",)
    run("""
from andon.flow.recovery import recover
assert recover(NOW) == 1
call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
""")
    assert ask("SELECT count(*) FROM signals_signal") == (ROWS,)
    assert ask("SELECT state FROM signals_dataset") == ("done",)


def test_a_file_that_is_being_read_is_left_to_its_reader(run, ask, queued):
    reader = run(READ, wait=False)
    until(lambda: ask("SELECT state FROM signals_dataset") == ("reading",))
    os.kill(reader.pid, signal.SIGSTOP)  # alive, and in the middle
    assert run("from andon.flow.recovery import recover; print(recover(NOW))") == "0"
    os.kill(reader.pid, signal.SIGCONT)
    reader.wait(timeout=120)
    assert ask("SELECT count(*) FROM signals_signal") == (ROWS,)
