"""What was agreed stays as it was, whoever asks the database; and binds no longer than was said."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from andon.standards.models import StandardVersion
from tests.plans.story import agreed


@pytest.fixture
def version(cast):
    return agreed(cast)


def refused(sql):
    with (
        pytest.raises(DatabaseError, match="was agreed does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


TABLE = "standards_standardversion"
CHANGES = [
    "level = 0.01", "level = NULL", "statement = 'At most one.'", "unit = '%'", "good = 'high'", "serves = ''",
    "starts = '2020-01-01'", "number = 7", "agreed_at = NULL", "basis = 'brought_in', source = 'A file.'",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_that_was_agreed_is_changed(version, change):
    refused(f"UPDATE {TABLE} SET {change}")


def test_nothing_that_was_agreed_is_deleted(version):
    refused(f"DELETE FROM {TABLE}")


CLEARING = {
    "sqlite": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
    "postgresql": f"TRUNCATE {TABLE} CASCADE",
}


def test_nothing_that_was_agreed_is_put_away_by_another_word(version):
    connection.check_constraints()
    refused(CLEARING[connection.vendor])


def test_a_queryset_is_refused_as_well(version):
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardVersion.objects.filter(pk=version.pk).update(statement="At most one.")


def test_its_end_may_be_set_and_come_sooner_and_no_later(version):
    rows = StandardVersion.objects.filter(pk=version.pk)
    rows.update(ends=date(2027, 1, 1))
    rows.update(ends=date(2026, 6, 1))
    refused(f"UPDATE {TABLE} SET ends = '2026-12-31'")
    refused(f"UPDATE {TABLE} SET ends = NULL")


def test_whoever_agreed_may_be_taken_off_the_staff_list(version):
    StandardVersion.objects.filter(pk=version.pk).update(agreed_by=None, drafted_by=None)
    assert StandardVersion.objects.get(pk=version.pk).level == 0.05


def test_a_draft_may_be_rewritten_and_thrown_away(version, cast):
    draft = StandardVersion.objects.create(
        standard=cast.standard, number=2, statement="Four.", serves="Them.", drafted_at=cast.now
    )
    StandardVersion.objects.filter(pk=draft.pk).update(statement="Three.")
    assert StandardVersion.objects.filter(pk=draft.pk).delete()[0] == 1
