"""The database itself refuses to change or remove what is in the ledger, whoever asks it."""

import pytest
from django.db import DatabaseError, connection, transaction

from andon.evidence import ledger, reading
from andon.evidence.models import Content, Entry, Pseudonym, Seal
from andon.people import guarding


@pytest.fixture
def filled(cast):
    for n in range(3):
        ledger.append("coaching.spoken", about=cast.alice, body={"n": n}, by=cast.martin, now=cast.now)
    ledger.append("coaching.spoken", about=cast.bob, body={}, by=cast.martin, now=cast.now)
    ledger.seal(cast.now)
    return cast


def refused(sql, *params):
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, params)


TABLES = [model._meta.db_table for model in (Entry, Content, Pseudonym, Seal)]
CHANGES = [
    "UPDATE evidence_entry SET what = 'a.b' WHERE seq = 2",
    "UPDATE evidence_entry SET seq = 9 WHERE seq = 4",
    "UPDATE evidence_content SET body = '{}' WHERE entry_id = 2",
    "UPDATE evidence_content SET body = NULL WHERE entry_id = 2",
    "UPDATE evidence_content SET body = NULL, salt = NULL WHERE entry_id = 2",
    "UPDATE evidence_content SET body = NULL, salt = NULL, erased_by_id = 3 WHERE entry_id = 2",
    "UPDATE evidence_pseudonym SET name = 'x'",
    "UPDATE evidence_seal SET hash = 'x'",
]


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_deleted(filled, table):
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("sql", CHANGES)
def test_no_row_is_changed(filled, sql):
    refused(sql)


CLEARING = {
    "sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1",
    "postgresql": "TRUNCATE {0} CASCADE",
}
"""What else each database knows that puts rows away without saying DELETE."""


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_put_away_by_another_word(filled, table):
    connection.check_constraints()  # what is still to be checked would stand in the way
    refused(CLEARING[connection.vendor].format(table))


def test_content_goes_when_an_erasure_about_the_same_person_says_so(filled):
    erasure = ledger.append(
        "content.erased", about=filled.alice, body={"entries": [[1, 1]]}, by=None, now=filled.now
    )
    Content.objects.filter(entry=1).update(body=None, salt=None, erased_by=erasure)
    assert Content.objects.get(entry=1).body is None


def test_content_about_another_person_stays_though(filled):
    erasure = ledger.append(
        "content.erased", about=filled.bob, body={"entries": [[1, 1]]}, by=None, now=filled.now
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Content.objects.filter(entry=1).update(body=None, salt=None, erased_by=erasure)


def test_what_is_erased_does_not_come_back(filled):
    erasure = ledger.append(
        "content.erased", about=filled.alice, body={"entries": [[1, 1]]}, by=None, now=filled.now
    )
    Content.objects.filter(entry=1).update(body=None, salt=None, erased_by=erasure)
    refused("UPDATE evidence_content SET body = '{}', salt = 'aa', erased_by_id = NULL WHERE entry_id = 1")


def test_every_trigger_is_there_after_all_migrations(db):
    sql = {
        "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        there = set(cursor.fetchall())
    guards = [guard for guarded in reading.GUARDED.values() for guard in guarded]
    assert set(guarding.names(guards, connection.vendor)) <= there
