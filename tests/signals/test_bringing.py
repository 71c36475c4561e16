"""Bringing a file of what customers said."""

import io

import pytest
from django.core.exceptions import ValidationError

from andon.signals import actions
from andon.signals.models import Dataset, Signal
from tests.signals.conftest import NOW, row

pytestmark = pytest.mark.django_db


def test_the_bytes_are_kept_as_they_came(write):
    path = write("said.csv", [row()])
    dataset = actions.bring("said.csv", path, "signals", None, NOW)
    assert dataset.path.read_bytes() == path.read_bytes()


def test_a_row_becomes_a_signal_with_every_column_kept(brought):
    brought([row("Größe falsch", "2025-06-01 10:30", 2, colour="blue")])
    signal = Signal.objects.get()
    assert signal.text == "Größe falsch"
    assert signal.received_at.isoformat() == "2025-06-01T10:30:00+00:00"
    assert (signal.rating, signal.rating_kind, signal.band) == (2, "stars", "low")
    assert signal.raw == {
        "comment": "Größe falsch",
        "date": "2025-06-01 10:30",
        "stars": "2",
        "colour": "blue",
    }


def test_columns_are_guessed(write):
    dataset = actions.bring("said.csv", write("said.csv", [row(channel="mail")]), "signals", None, NOW)
    assert dataset.preview["guess"] == {
        "text": "comment",
        "received_at": "date",
        "rating": "stars",
        "channel": "channel",
    }


def test_a_file_brought_twice_is_recognised(write, brought):
    first = brought([row()])
    second = actions.bring("again.csv", write("again.csv", [row()]), "signals", None, NOW)
    assert second.pk == first.pk
    assert second.recognised
    assert Dataset.objects.count() == 1


def test_the_same_row_in_another_file_is_known_already(brought):
    brought([row("one"), row("two")])
    second = brought([row("two"), row("three")], "later.csv")
    assert (second.rows, second.already_known) == (1, 1)
    assert Signal.objects.count() == 3


def test_two_equal_rows_of_one_file_are_two_signals(brought):
    brought([row("Still nothing"), row("Still nothing")])
    assert Signal.objects.count() == 2


def test_a_row_that_says_nothing_is_refused_with_its_place(brought):
    dataset = brought([row(), row("", stars=""), row("n/a", stars="?")])
    assert (dataset.rows, dataset.refused) == (1, 2)
    refusal = dataset.refusals.first()
    assert (refusal.row, refusal.reason) == (3, "There is neither a text nor a rating.")


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("soon", "This could not be read as a time."),
        ("", "The time is missing."),
        ("0001-01-01", "The time lies before 1970."),
        ("2999-01-01", "The time lies in the future."),
    ],
)
def test_a_time_that_cannot_be_is_refused(brought, date, reason):
    dataset = brought([row("a"), row("b"), row("c"), row("late", date)])
    assert dataset.refusals.get().reason == reason


def test_all_refused_rows_are_in_a_file(brought):
    dataset = brought([row(), row("", stars="")])
    assert dataset.refused_path.read_text("utf-8-sig").splitlines() == [
        "row,column,value,reason",
        "3,comment,,There is neither a text nor a rating.",
    ]


def test_an_odd_rating_is_left_blank_and_said(brought):
    dataset = brought([row("a", stars=7), row("b", stars="Did not answer")])
    assert list(Signal.objects.values_list("rating", flat=True)) == [None, None]
    assert dataset.notes == ["1 rating outside 1 to 5 (“7”) left blank; the rows are kept."]


def test_the_customer_is_a_pseudonym_that_stays_the_same(brought):
    mapping = {"text": "comment", "received_at": "date", "contact": "mail"}
    brought([row("a", mail="Eve@x.org"), row("b", mail="eve@x.org ")], mapping=mapping)
    names = set(Signal.objects.values_list("customer", flat=True))
    assert len(names) == 1
    assert "eve" not in names.pop()


def test_an_empty_file_is_turned_down():
    with pytest.raises(ValidationError, match="empty"):
        actions.bring("a.csv", io.BytesIO(b""), "signals", None, NOW)


def test_a_file_of_another_kind_is_kept_as_failed_with_the_remedy():
    dataset = actions.bring("a.pdf", io.BytesIO(b"%PDF-1.4 something"), "signals", None, NOW)
    assert dataset.state == "failed"
    assert "PDF" in dataset.problem


def test_a_failed_file_may_be_brought_again():
    for _ in range(2):
        dataset = actions.bring("a.pdf", io.BytesIO(b"%PDF-1.4 something"), "signals", None, NOW)
    assert not hasattr(dataset, "recognised")


def test_a_name_cannot_leave_its_folder(settings):
    dataset = actions.bring("../../etc/passwd", io.BytesIO(b"a,b\n1,2\n"), "signals", None, NOW)
    assert dataset.path.resolve().is_relative_to(settings.UPLOADS.resolve())


def test_a_needed_column_must_be_named(write):
    dataset = actions.bring("said.csv", write("said.csv", [row()]), "signals", None, NOW)
    with pytest.raises(ValidationError, match="When it was received"):
        actions.map_columns(dataset, {"text": "comment"}, None, NOW)


def test_a_column_must_exist(write):
    dataset = actions.bring("said.csv", write("said.csv", [row()]), "signals", None, NOW)
    with pytest.raises(ValidationError, match="Did you mean “date”"):
        actions.map_columns(dataset, {"text": "comment", "received_at": "dates"}, None, NOW)


def test_columns_are_named_once(brought):
    dataset = brought([row()])
    with pytest.raises(ValidationError, match="moved on"):
        actions.map_columns(dataset, {"text": "comment", "received_at": "date"}, None, NOW)
