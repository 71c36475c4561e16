"""Customers write in many ways: tones, lengths, languages, and seldom the same twice."""

from collections import Counter

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from andon.simulate.mechanisms import load
from andon.simulate.texts import COMPLAINING, LANGUAGES, SLOTS, Dice, Wish, compose, phrases

TOPICS = sorted(load("words/en.toml")["topics"])
TONES = (*COMPLAINING, "thankful")


@pytest.fixture
def dice():
    return Dice(np.random.default_rng(3))


@pytest.fixture(scope="module")
def signals(house):
    return house.table("signals")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tone", TONES)
def test_every_topic_can_be_said_in_every_tone_and_language(language, tone, dice):
    for topic in TOPICS:
        for _ in range(8):
            text = compose(Wish(topic, tone, language, "Alder lamp", "M12345678"), dice)
            assert text == text.strip()
            assert len(text) > 8
            assert not set("{}|<>") & set(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_every_topic_and_fills_only_known_slots(language):
    words = load(f"words/{language}.toml")
    assert sorted(words["topics"]) == TOPICS
    patterns = [pattern for cores in words["topics"].values() for pattern in cores]
    used = {part.split(">")[0] for pattern in patterns for part in pattern.split("<")[1:]}
    assert used <= SLOTS.keys()
    assert all(pattern.count("{") == pattern.count("}") for pattern in patterns)


def test_the_new_phrase_occurs_in_no_other_topic(dice):
    for language, phrase in phrases().items():
        for topic in TOPICS:
            wish = Wish(topic, "rambling", language, "Alder lamp", "M12345678")
            said = any(phrase.lower() in compose(wish, dice).lower() for _ in range(30))
            assert said == (topic == "new_product")


def test_the_same_dice_say_the_same():
    wish = Wish("signin", "furious", "en", "Alder lamp", "M12345678")
    one, two = (compose(wish, Dice(np.random.default_rng(8))) for _ in range(2))
    assert one == two


def test_nearly_all_texts_are_different(house, signals):
    caller = house.causes["one-caller"]["customer"]
    texts = [signal["text"] for signal in signals if signal["customer"] != caller]
    assert len(set(texts)) > 0.99 * len(texts)


def test_near_duplicates_are_rare_but_for_the_caller(house, signals):
    caller = house.causes["one-caller"]["customer"]
    texts = [signal["text"] for signal in signals if signal["customer"] != caller][:2000]
    grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), max_features=50_000).fit_transform(texts)
    alike = (grams @ grams.T).tolil()
    alike.setdiag(0)
    assert (alike.tocsr().max(axis=1).toarray() > 0.9).mean() < 0.05


def test_several_languages_lengths_and_channels_occur(signals):
    languages = Counter(signal["language"] for signal in signals)
    lengths = [len(signal["text"]) for signal in signals]
    assert set(languages) == set(LANGUAGES)
    assert min(languages.values()) > 0.03 * len(signals)
    assert min(lengths) < 45
    assert max(lengths) > 300
    assert {signal["channel"] for signal in signals} == {
        *("email", "call note", "chat", "review"),
        "form",
        "survey",
    }


def test_a_customer_keeps_to_one_language(signals):
    spoken = {}
    for signal in signals:
        assert spoken.setdefault(signal["customer"], signal["language"]) == signal["language"]


def test_no_text_names_anybody_who_works_here(house, signals):
    names = {person["name"] for person in house.table("people")}
    assert not any(name in signal["text"] for signal in signals for name in names)
