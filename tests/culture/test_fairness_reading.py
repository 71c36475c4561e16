"""Lists of groups as people bring them."""

import pytest

from andon.culture.fairness.reading import MOST_GROUPS, UnfitListError, read

KNOWN = {"1", "2", "3"}


def test_rows_are_read_in_whatever_order_the_columns_stand():
    found = read(b"value;number;attribute\nwoman;1;gender\nman;2;Gender\n", KNOWN)
    assert found.rows == [("1", "gender", "woman"), ("2", "gender", "man")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_spreadsheets_from_everywhere_are_read(encoding):
    raw = "number,attribute,value\r\n1,Befristung,unbefristet – fünf\r\n".encode(encoding)
    assert read(raw, KNOWN).rows == [("1", "Befristung", "unbefristet – fünf")]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("9,gender,man", "number", "Nobody has"),
        ("1,gender,", "value", "Nothing stands"),
        ("1,,man", "attribute", "Nothing stands"),
        ("1", "attribute", "Nothing stands"),
        (f"1,gender,{'x' * 81}", "value", "Longer than"),
        ("1,!!!,man", "attribute", "letters or digits"),
    ],
)
def test_a_row_that_does_not_fit_is_refused_by_its_place(row, column, why):
    found = read(f"number,attribute,value\n2,gender,man\n{row}\n".encode(), KNOWN)
    assert [(one.row, one.column) for one in found.refused] == [(3, column)]
    assert why in found.refused[0].reason
    assert len(found.rows) == 1


def test_two_rows_that_contradict_each_other_are_told_by_their_rows():
    found = read(b"number,attribute,value\n1,gender,man\n1,gender,woman\n1,gender,man\n", KNOWN)
    assert [one.row for one in found.refused] == [3]
    assert "Row 2" in found.refused[0].reason


def test_a_reason_never_repeats_what_stands_there():
    found = read(b"number,attribute,value\n77123,disability,severe\n", KNOWN)
    assert not {"severe", "77123"} & set(found.refused[0].reason.replace(".", " ").split())


def test_dates_of_birth_are_no_groups():
    known = {str(n) for n in range(100)}
    rows = "".join(f"{n},born,{n}\n" for n in range(MOST_GROUPS + 1))
    found = read(f"number,attribute,value\n{rows}1,gender,man\n".encode(), known)
    assert found.rows == [("1", "gender", "man")]
    assert len(found.refused) == MOST_GROUPS + 1


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"number,value\n1,man\n", b"a,b,c\n1,gender,man\n"])
def test_a_list_without_its_columns_is_refused_with_their_names(raw):
    with pytest.raises(UnfitListError, match="number, attribute and value"):
        read(raw, KNOWN)


@pytest.mark.parametrize("raw", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00n", bytes(range(256))])
def test_what_is_no_csv_is_refused_in_a_sentence(raw):
    with pytest.raises(UnfitListError):
        read(raw, KNOWN)


def test_a_line_with_more_fields_than_headings_is_refused_and_taken_for_nothing_else():
    found = read(b"number,attribute,value\n1,gender,woman\n2,gender,man,and more\n", KNOWN)
    assert found.rows == [("1", "gender", "woman")]
    assert [(one.row, one.column) for one in found.refused] == [(3, "")]
    assert "quotation marks" in found.refused[0].reason
