"""Mechanisms suggested for texts, and honesty where they do not tell."""

import numpy as np
import pytest

from andon.analysis.suggest import learn

REFUNDS = [
    "my money has not come back",
    "where is my refund",
    "refund still missing",
    "you owe me money back",
]
LABELS = [
    "wrong colour in the box",
    "the label was wrong",
    "blue instead of green",
    "wrong item in my parcel",
]


@pytest.fixture(scope="module")
def suggester():
    rng = np.random.default_rng(2)
    texts = [f"{text} {rng.integers(99)}" for text in REFUNDS + LABELS for _ in range(30)]
    labels = [name for name in ("Refunds",) * 4 + ("Labels",) * 4 for _ in range(30)]
    return learn(texts, labels)


def test_a_text_like_those_learned_gets_their_label(suggester):
    found = suggester.suggest(["please refund my money", "the box held the wrong colour"])
    assert [one.label for one in found] == ["Refunds", "Labels"]


def test_people_may_choose_from_the_likeliest(suggester):
    assert [one.label for one in suggester.ranked("my refund", 2)] == ["Refunds", "Labels"]


def test_a_text_that_says_nothing_gets_none():
    found = learn(REFUNDS * 5 + LABELS * 5, ["a"] * 20 + ["b"] * 20, unsure=0.999).suggest(["zzz"])
    assert found[0].label is None


def test_the_same_texts_learn_the_same():
    one, other = (learn(REFUNDS + LABELS, ["a"] * 4 + ["b"] * 4).suggest(["refund"]) for _ in range(2))
    assert one == other


def test_too_few_labels_suggest_nothing():
    assert learn(REFUNDS, ["a"] * 4).suggest(["refund"])[0].label is None
    assert learn([], []).suggest([]) == []


def test_texts_and_labels_must_match():
    with pytest.raises(ValueError, match="1 texts and 2 labels"):
        learn(["x"], ["a", "b"])
