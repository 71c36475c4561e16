"""Every page that can be looked at, in German: no sentence is left in English for which there is a German one."""

import pytest
from django.utils import translation

from andon.people import retelling
from tests.house.permissions import RULES
from tests.house.test_permissions import _things, address
from tests.web.test_german import GERMAN, read

MOSTLY = 0.6  # of the letters of a text; what people wrote may hold a word of ours
WHO = ("alice", "martin", "hana", "lena", "ana", "adam", "olga")
THEIRS: frozenset[str] = frozenset()
"""Texts that somebody wrote, and that read like ours."""


def english(text: str) -> bool:
    """Whether it is a sentence of ours that a German reader should not meet."""
    with translation.override("de"):
        said, share = retelling.retold(text), retelling.share_known(text)
    return share >= MOSTLY and said != text and text not in THEIRS


@pytest.fixture(autouse=True)
def english_again():
    yield
    translation.activate("en")


@pytest.mark.parametrize("who", WHO)
def test_no_sentence_of_ours_is_english_on_a_page_in_german(who, cast, client, tmp_path):
    things = _things(cast, tmp_path)
    client.force_login(getattr(cast, who))
    found = {}
    for name in sorted(name for name, rule in RULES.items() if who in rule.look):
        answer = client.get(address(name, RULES[name], things), headers=GERMAN)
        if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
            found[name] = sorted({text for text in read(answer).said if english(text)})
    assert {name: left for name, left in found.items() if left} == {}
