"""Many add at the same moment, from threads and from processes: there is one chain."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from andon.evidence import triggers
from andon.people import guarding
from tests.cast import make_cast
from tests.evidence.crowd import adding, kept

PROCESSES = 4
SET_UP = """
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from tests.cast import make_cast; cast = make_cast()
"""
IN_THREADS = SET_UP + "from tests.evidence.crowd import adding; adding(cast)"
CHECK = """
import django; django.setup()
from andon.evidence import reading; report = reading.check()
print(report.entries, report.problems)
"""


@pytest.fixture
def run(tmp_path):
    """Runs a program on a database file of its own; threads do not share one in memory."""
    environ = {
        "DJANGO_SETTINGS_MODULE": "andon.config.settings",
        "ANDON_DATABASE_URL": "",
        "ANDON_HOME": str(tmp_path),
    }

    def begin(*arguments):
        program = [sys.executable, *arguments]
        return subprocess.Popen(program, env=os.environ | environ, stdout=-1, stderr=-1, text=True)

    def finish(process):
        out, wrong = process.communicate(timeout=120)
        assert process.returncode == 0, wrong
        return out

    begin.finish = finish
    return begin


@pytest.mark.slow
def test_threads_on_a_database_file(run):
    run.finish(run("-c", IN_THREADS))


@pytest.mark.slow
def test_processes_on_a_database_file(run):
    run.finish(run("-c", SET_UP))
    for process in [run("-m", "tests.evidence.crowd", str(n)) for n in range(PROCESSES)]:
        run.finish(process)
    assert run.finish(run("-c", CHECK)).strip() == f"{kept(PROCESSES)} []"


@pytest.fixture
def emptied(transactional_db):
    """What is in the ledger stays, so its triggers are taken away before the database is emptied."""
    yield
    guards = guarding.operation(triggers.GUARDS)
    with connection.schema_editor() as editor:
        guards.reverse_code(None, editor)
    from andon.evidence.models import Content, Entry, Pseudonym, Seal

    for model in (Seal, Content, Entry, Pseudonym):
        model.objects.all().delete()
    with connection.schema_editor() as editor:
        guards.code(None, editor)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL server")
def test_threads_on_postgresql(emptied, settings, tmp_path):
    settings.HOME = tmp_path
    adding(make_cast())
