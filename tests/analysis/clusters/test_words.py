"""Words of any language, phrases told once, copies told apart from what is merely alike."""

import numpy as np
import pytest

from andon.analysis.clusters.alike import collapse, essence
from andon.analysis.clusters.reading import joined, stream, words_of
from andon.analysis.clusters.terms import stitched
from andon.analysis.clusters.words import terms_of

DAY = np.datetime64("2025-01-01", "s")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't SHOUT, please!", ["don't", "shout", "please"]),
        ("Straße naïve здравствуйте", ["straße", "naïve", "здравствуйте"]),
        ("मेरा हिन्दी खाता", ["मेरा", "हिन्दी", "खाता"]),
        ("登录白屏 error 504", ["登", "录", "白", "屏", "error", "504"]),
        ("order 12345678 of 2024", ["order", "of"]),
        ("", []),
    ],
)
def test_a_text_is_read_as_words(text, words):
    assert words_of(text) == words


def test_many_texts_are_read_as_each_alone():
    texts = ["One two", "", "登录 \x02 three", "four  five 12 six"] * 3
    told = stream(texts, np.arange(len(texts)))
    for record, text in enumerate(texts):
        here = [told.names[word] for word in told.word[told.record == record]]
        assert here == words_of(text.replace("\x02", " "))


def test_phrases_are_counted_once_a_text_and_begin_with_no_filler():
    texts = [f"the screen is blue and the screen stays blue {chr(97 + i)}" for i in range(8)] + [
        "the cat is here"
    ] * 40
    terms = terms_of(stream(texts, np.arange(len(texts))), 5)
    found = {terms.name(i): len(terms.rows(i)) for i in range(len(terms.words))}
    assert found["screen stays blue"] == found["screen"] == 8
    assert "the screen" not in found


def test_letters_without_spaces_make_phrases_and_no_words():
    terms = terms_of(stream(["登录页面"] * 6, np.arange(6)), 5)
    assert {terms.name(i) for i in range(len(terms.words))} == {"登录", "录页", "页面", "登录页", "录页面"}


def test_pieces_of_a_phrase_are_told_as_one():
    same = [(term, 9) for term in ("screen appears", "blue screen", "screen", "printer")]
    assert stitched(same) == ("blue screen appears", "printer")
    assert stitched([("登录页", 5), ("录页面", 5), ("登录", 5)]) == ("登录页面",)


def test_phrases_of_other_records_stay_apart():
    assert stitched([("blue screen", 20), ("screen froze", 4)]) == ("blue screen", "screen froze")
    assert stitched([("screen", 20), ("blue screen", 4)]) == ("screen",)


def test_words_are_joined_as_their_script_does():
    assert joined(["登", "录", "page", "two"]) == "登录 page two"


def test_essence_forgets_case_space_and_numbers():
    assert essence("My PARCEL 123 never  arrived, sorry") == essence("my parcel 9 never arrived. Sorry!")
    assert essence("thanks") == ""


def kept(texts, hours, customers=None, windows=None):
    n = len(texts)
    at = DAY + (np.array(hours) * 3600).astype("timedelta64[s]")
    place = np.zeros(n, np.int64) if windows is None else np.array(windows)
    told = stream(texts, np.arange(n))
    return collapse(texts, told, at, place, None if customers is None else np.array(customers)).kept.tolist()


SAID = "My parcel never came and nobody answers the phone"


def test_a_text_that_comes_again_counts_once():
    assert kept([SAID, SAID.upper(), "another thing altogether, said at length"], [0, 5, 6]) == [
        True,
        False,
        True,
    ]


def test_a_text_of_another_customer_counts():
    assert kept([SAID, SAID], [0, 5], [1, 2]) == [True, True]


def test_a_text_of_many_customers_within_minutes_counts_once():
    assert kept([SAID] * 4, [0, 0.01, 0.02, 0.03], [1, 2, 3, 4]) == [True, False, False, False]


def test_a_short_text_that_many_write_counts_each_time():
    assert kept(["Nothing.", "nothing"], [0, 5]) == [True, True]


def test_a_set_phrase_that_comes_in_many_windows_counts_each_time():
    assert all(kept([SAID] * 8, range(8), None, [0, 0, 1, 1, 2, 2, 3, 3]))
