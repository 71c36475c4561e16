"""A line of blocks for a terminal."""

from andon.plots import spark


def test_low_is_low_and_high_is_high():
    assert spark([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█"


def test_what_is_missing_is_a_space():
    assert spark([0, float("nan"), 7]) == "▁ █"
    assert spark([float("nan")] * 2) == "  "


def test_nothing_is_nothing():
    assert spark([]) == ""


def test_a_constant_series_is_level():
    assert len(set(spark([5, 5, 5]))) == 1


def test_marked_points_are_bold_and_red():
    assert spark([0, 7], marked=[False, True]) == "▁[bold red]█[/]"


def test_a_long_series_fits_the_width_and_keeps_its_marked_peak():
    values = [0.0] * 999 + [9.0] + [0.0] * 1000
    marked = [v > 0 for v in values]
    text = spark(values, marked, width=20)
    assert text.count("█") == 1
    assert len(text.replace("[bold red]", "").replace("[/]", "")) == 20


def test_the_ends_of_the_range_do_not_overflow():
    assert spark([-1e308, 1e308]) == "▁█"
