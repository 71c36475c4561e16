"""Many add at the same moment, from threads and from processes: there is one chain."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from andon.evidence import ledger, triggers
from andon.evidence.models import Entry
from andon.people import guarding
from andon.people.locking import held
from andon.people.models import Grant, Person
from tests.cast import make_cast
from tests.evidence.crowd import adding, kept
from tests.made_once import begin_in

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
    begin_in(tmp_path)
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


def _apart(work):
    try:
        work()
    finally:
        connection.close()


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL server")
def test_who_holds_a_person_and_who_adds_a_row_about_them_do_not_wait_for_each_other(emptied):
    """One holds Alice and waits for the ledger; the other has the ledger and adds a row that points to Alice."""
    cast = make_cast()
    adds, holds = Event(), Event()

    def adding_first():
        with transaction.atomic():
            ledger.append("crowd.added", about=cast.alice, body={}, by=cast.martin, now=cast.now)
            adds.set()
            holds.wait(5)
            sleep(0.3)  # the other waits for the ledger by now
            Grant.objects.create(person=cast.alice, role="analyst", granted_at=cast.now)

    def holding_first():
        adds.wait(5)
        with transaction.atomic():
            held(Person.objects.all(), cast.alice.pk)
            holds.set()
            ledger.append("crowd.added", about=cast.alice, body={}, by=cast.martin, now=cast.now)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(_apart, work) for work in (adding_first, holding_first)]:
            one.result(20)
    assert Entry.objects.count() == 2
