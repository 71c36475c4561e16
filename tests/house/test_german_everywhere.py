"""Every page that can be looked at, in German: no sentence is left in English for which there is a German one."""

from functools import cache

import pytest
from django.utils import translation

from andon.people import retelling
from tests.house.permissions import RULES
from tests.house.test_permissions import _things, address
from tests.house.test_translation import CATALOGUES, TOOL
from tests.web.test_german import GERMAN, read

MOSTLY = 0.6  # of the letters of a text; what people wrote may hold a word of ours
OTHERS = ("martin", "hana", "lena", "ana", "adam", "olga")  # who read the same pages, or rarer ones
WHO = ("alice", *OTHERS)
WHOLLY = {"alice", "martin", "hana"}
MADE_UP = {"guide"}  # pages of made-up words, to show the look
COLUMNS = {
    "month",
    "objective",
    "person",
    "target",
    "team",
    "value",
    "why",
}  # of a file, as it must name them
THEIRS = COLUMNS | {
    # titles, as a staff list has them:
    "Administrator", "Analyst", "HR partner", "Manager of Chat", "Administrator · Service",
    "Answers", "Ask", "the chart", "The same bar.", "1. April 2026 · The same bar.",  # what the cast wrote
    "Says so before the day, with what is needed.",  # an anchor that comes with Andon, for each house to edit
}  # fmt: skip
"""Texts that somebody wrote, and that read like ours."""


@cache
def german() -> frozenset[str]:
    """What is German and happens to be a word of ours in English too: Was, Limits."""
    (path,) = (path for path in CATALOGUES if "/de/" in str(path))
    return frozenset(text for one in TOOL.messages(TOOL.read(path)) for text in TOOL.forms(one.string))


def english(text: str) -> bool:
    """Whether it is a sentence of ours that a German reader should not meet."""
    with translation.override("de"):
        said, share = retelling.retold(text), retelling.share_known(text)
    return share >= MOSTLY and said != text and text not in THEIRS | german()


def read_first_by(who: str) -> list[str]:
    """The pages that this person may read and nobody before them; manager and HR partner read all of theirs."""
    earlier = () if who in WHOLLY else WHO[: WHO.index(who)]
    mine = {name for name, rule in RULES.items() if who in rule.look and name not in MADE_UP}
    return sorted(name for name in mine if not set(earlier) & set(RULES[name].look))


@pytest.fixture(autouse=True)
def english_again():
    yield
    translation.activate("en")


@pytest.mark.slow
@pytest.mark.parametrize("who", WHO)
def test_no_sentence_of_ours_is_english_on_a_page_in_german(who, cast, client, tmp_path):
    things = _things(cast, tmp_path)
    client.force_login(getattr(cast, who))
    found = {}
    for name in read_first_by(who):
        answer = client.get(address(name, RULES[name], things), headers=GERMAN)
        if answer.status_code == 200 and "html" in answer.get("Content-Type", ""):
            found[name] = sorted({text for text in read(answer).said if english(text)})
    assert {name: left for name, left in found.items() if left} == {}
