"""How texts are recognised as numbers or as yes and no."""

import pytest

from andon.lake.numbers import read_texts


@pytest.mark.parametrize("texts", [
    ["Yes", "No"], ["y", "n", "?"], ["true", "FALSE"], ["0", "1"], ["t", "f"], [" yes ", "no", "Did not answer"],
    ["Ja", "Nein"], ["Oui", "non"], ["Sí", "no"],
])  # fmt: skip
def test_yes_and_no_come_in_many_spellings(texts):
    assert read_texts(texts).how == "truth"


def test_answers_from_one_to_five_are_no_yes_and_no():
    assert read_texts(["1", "1", "1", "5", "2"]).how == "number"


@pytest.mark.parametrize(("texts", "decimal"), [
    (["1.5", "2"], "."), (["1,5", "2"], ","), (["1.234,5", "2,0"], ","), (["1,234.5", "2.0"], "."),
    (["1,234", "2"], "."), (["3", "4"], "."), (["-1,5"], ","), (["1e3"], "."),
])  # fmt: skip
def test_the_decimal_mark_is_the_one_that_makes_sense(texts, decimal):
    reading = read_texts(texts)
    assert (reading.how, reading.decimal) == ("number", decimal)


def test_percentages_and_money_lose_their_signs():
    assert read_texts(["5 %", "7.5%"]).percent
    assert read_texts(["£12.50", "$3"]).how == "number"


def test_durations_are_hours_minutes_and_seconds():
    assert read_texts(["0:05:30", "12:00"]).how == "duration"


def test_a_few_texts_among_numbers_do_not_hide_the_numbers():
    assert read_texts(["1", "2", "3", "abc"]).how == "number"


@pytest.mark.parametrize("texts", [["Refunds", "Labels"], ["2024-01-01"], ["a", "b", "1"]])
def test_words_are_no_numbers(texts):
    assert read_texts(texts) is None
