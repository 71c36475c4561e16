"""How texts and numbers are recognised as moments."""

import pytest

from andon.lake.times import read_numbers, shapes


def formats(text: str) -> list[str]:
    return [shape.format for shape in shapes(text)]


@pytest.mark.parametrize(("text", "format_"), [
    ("2024-01-31", "%Y-%m-%d"),
    ("2024-01-31T10:00:05", "%Y-%m-%dT%H:%M:%S"),
    ("2024-01-31 10:00:05.123", "%Y-%m-%d %H:%M:%S.%f"),
    ("2024-01-31T10:00:05Z", "%Y-%m-%dT%H:%M:%SZ"),
    ("2024-01-31T10:00:05+02:00", "%Y-%m-%dT%H:%M:%S%z"),
    ("31.01.2024", "%d.%m.%Y"),
    ("31/1/2016 00:13", "%d/%m/%Y %H:%M"),
    ("1/31/2016 1:05 PM", "%m/%d/%Y %I:%M %p"),
    ("5 March 2024", "%d %B %Y"),
    ("Mar 5, 2024", "%b %d, %Y"),
    ("Mon, 28 Mar 2016 10:00:00 +0000", "%a, %d %b %Y %H:%M:%S %z"),
    ("20240131", "%Y%m%d"),
    ("2025-01", "%Y-%m"),
    ("01/2025", "%m/%Y"),
    ("Jan 2025", "%b %Y"),
    ("January 2025", "%B %Y"),
    ("2019Q1", "quarter"),
    ("Q3 2019", "quarter"),
    ("2024-W03", "week"),
])  # fmt: skip
def test_a_moment_is_recognised_however_it_is_written(text, format_):
    assert formats(text) == [format_]


@pytest.mark.parametrize(
    "text", ["", "Refunds", "12", "3.5", "2024-01-31 late", "31/31/2024", "yes", "10:30"]
)
def test_what_is_no_moment_is_none(text):
    assert shapes(text) == []


def test_a_day_that_may_be_a_month_has_two_readings():
    assert {shape.order for shape in shapes("03/04/2024")} == {"dmy", "mdy"}


def test_a_day_above_twelve_settles_the_order():
    assert [shape.order for shape in shapes("13/04/2024")] == ["dmy"]
    assert [shape.order for shape in shapes("04/13/2024")] == ["mdy"]


@pytest.mark.parametrize(("values", "how"), [
    ([1704067200, 1704153600], "epoch_s"),
    ([1704067200000.0], "epoch_ms"),
    ([1704067200000000], "epoch_us"),
    ([45292, 45293.5], "excel"),
    ([20240131, 20241231], "yyyymmdd"),
    ([202401, 202412], "yyyymm"),
    ([2019, 2024], "year"),
])  # fmt: skip
def test_numbers_that_are_moments_are_told_by_their_size(values, how):
    reading = read_numbers(values)
    assert reading is not None
    assert reading.how == how


def test_numbers_that_are_no_moments_are_none():
    assert read_numbers([1, 2, 3]) is None
    assert read_numbers([]) is None
    assert read_numbers([202413, 202499]) is None
