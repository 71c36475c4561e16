"""Somebody who is erased is in no file of the lake any more, and what is counted stays the same."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from andon.evidence.law import erasing
from andon.people.models import Person
from andon.signals.models import Dataset
from tests.evidence.test_law import gone, home  # noqa: F401  fixtures


@pytest.fixture
def brought(gone, settings, tmp_path):  # noqa: F811
    """One file in the lake: Bob's number is 12, which another file wrote as 012."""
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
    made = Dataset.objects.create(
        name="calls.csv", key="calls", file="calls/calls.csv", holds="interactions", state="done", at=gone.now,
        preview={"rows": [["12"]]},
    )  # fmt: skip
    made.lake_path.parent.mkdir(parents=True)
    made.path.parent.mkdir(parents=True)
    made.path.write_text("at,agent\n2026-03-01,12\n")
    rows = {"at": ["2026-03-01"] * 4, "worker": ["12", "11", "012", "12"]}
    pq.write_table(pa.table(rows), made.lake_path)
    gone.file = made
    return gone


def erase(cast):
    erasing.erase_person(cast.bob, why="leaver", by=cast.hana, now=cast.later)
    return pq.read_table(cast.file.lake_path)["worker"].to_pylist()


def test_their_number_is_a_pseudonym_that_leads_to_nobody(brought):
    workers = erase(brought)
    pseudonym = Person.objects.get(pk=brought.bob.pk).number
    assert workers == [pseudonym, "11", pseudonym, pseudonym]


def test_the_file_as_it_was_brought_goes_with_its_preview(brought):
    erase(brought)
    brought.file.refresh_from_db()
    assert not brought.file.path.exists()
    assert brought.file.preview == {}


def test_a_number_that_could_mean_somebody_else_is_left(brought):
    Person.objects.create_person(number="0012", name="Zoe Zero")
    assert erase(brought)[2] == "012"


def test_where_a_hold_refuses_nothing_is_rewritten(brought):
    from tests.evidence.test_law import hold

    hold(brought, brought.bob)
    with pytest.raises(erasing.OnHoldError):
        erase(brought)
    assert "12" in pq.read_table(brought.file.lake_path)["worker"].to_pylist()
