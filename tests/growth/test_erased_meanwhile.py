"""What somebody does with a promise and what erases its words do not wait for each other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction

from andon.evidence import ledger
from andon.evidence.law import erasing
from andon.evidence.models import Erasure
from andon.growth.models import Promise
from andon.people.locking import held
from tests.cast import make_cast
from tests.evidence.test_one_chain import _apart, emptied  # noqa: F401  a fixture
from tests.growth.made import promised


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a PostgreSQL server")
def test_who_holds_a_promise_and_who_erases_its_words_do_not_wait_for_each_other(emptied):  # noqa: F811
    """One holds the promise and waits for the ledger; the other erases what it says."""
    cast, holds = make_cast(), Event()
    promise = promised(cast)

    def acting():
        with transaction.atomic():
            held(Promise.objects.all(), promise.pk)
            holds.set()
            sleep(0.5)  # the other has begun by now
            ledger.append("promise.delivered", about=cast.alice, body={}, by=cast.martin, now=cast.now)

    def erasing_it():
        holds.wait(5)
        erasing.erase_contents(cast.alice, [promise.entry_id], why="retention", by=None, now=cast.now)

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(_apart, work) for work in (acting, erasing_it)]:
            one.result(20)
    assert Promise.objects.get(pk=promise.pk).what == ""
    for model in (Erasure, Promise):  # `emptied` could not take their entries away
        model.objects.all().delete()
