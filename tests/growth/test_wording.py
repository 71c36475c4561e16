"""A gentle hint where a text speaks of character; silence where it speaks of what happened."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.growth.rules.wording import MOST, hints


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She is lazy.", "lazy"),
        ("He has a bad attitude towards it.", "bad attitude"),
        ("You ALWAYS forget the note.", "ALWAYS"),
        ("They don't care about customers.", "don't care"),
        ("He doesn’t care.", "doesn’t care"),
        ("Everybody says so.", "Everybody says"),
        ("You are slower than everyone.", "slower than everyone"),
        ("There is a lack of commitment.", "lack of commitment"),
        ("The slowest in the team.", "The slowest in the team"),
        ("Er ist faul.", "faul"),
        ("Das ist ihr egal.", "ist ihr egal"),
    ],
)
def test_a_word_about_character_gets_a_hint(text, said):
    assert [hint.said for hint in hints(text)] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "On 3 March you closed the chat before the customer had answered.",
        "The customer waited nine minutes and hung up.",
        "You said that the refund would take two days; it took nine.",
        "We lazily load the list; the neverending queue; a relazying.",
        "",
    ],
)
def test_what_happened_gets_none(text):
    assert hints(text) == []


def test_a_hint_asks_and_does_not_forbid():
    assert hints("He is lazy.")[0].sentence.endswith("?")


def test_the_same_word_is_mentioned_once():
    assert len(hints("Lazy, lazy and LAZY.")) == 1


def test_hints_come_in_the_order_of_the_text():
    assert [hint.said for hint in hints("Rude, and never on time.")] == ["Rude", "never"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_looked_at(first, second):
    assert len(hints(first, second)) <= MOST


def test_a_very_long_text_is_looked_at_quickly():
    assert hints("word " * 200_000) == []
