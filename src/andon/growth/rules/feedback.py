"""When answers to a question about oneself are shown, and what may be asked. Pure: facts in, words out."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

FEWEST = 3
LONGEST_OPEN = timedelta(days=90)
MOST_ASKED = 30
LONGEST_TEXT = 10_000


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it stands: how many were asked, how many answered, how many have yet to say anything."""

    confidential: bool
    closes_at: datetime
    answered: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Showing:
    """Whether answers are shown, whether that is final, and why."""

    shown: bool
    over: bool
    why: str


def showing(facts: RoundFacts, now: datetime) -> Showing:
    """Named answers show as they come.

    Confidential ones show together, once three or more are there and the round is over. Until then nothing that is
    said here depends on how many have answered, so that watching the page tells nothing.
    """
    closed = now >= facts.closes_at
    if not facts.confidential:
        return Showing(True, closed or not facts.waiting, _("Answers show as they come, with their names."))
    enough = facts.answered >= FEWEST
    if enough and (closed or not facts.waiting):
        return Showing(True, True, _("Everything that was answered, in no order. Nobody is named."))
    if closed:
        return Showing(False, True, _(
            "Fewer than three people answered, so nothing is shown: with so few it could be told who wrote what. "
            "What was written stays unread and is deleted. You may ask again, and ask more people."
        ))  # fmt: skip
    return Showing(False, False, _(
        "Nothing is shown before the round is over, not even how many have answered. Then everything shows together, "
        "if at least three people answered."
    ))  # fmt: skip


def problem_asking(question: str, asked: int, confidential: bool, closes_on: date, today: date) -> str:
    """Why a question cannot be put; empty when it can."""
    if not question.strip():
        return _("Write the question. One that asks for an example gets better answers.")
    if len(question) > LONGEST_TEXT:
        return _("The question is too long. A sentence or two is easiest to answer.")
    if not asked:
        return _("Choose at least one person to ask.")
    if asked > MOST_ASKED:
        return _("That is more than thirty people. Ask those who have worked with you lately.")
    if confidential and asked < FEWEST:
        return _(
            "A confidential question goes to three people or more: with fewer it could be told who wrote what."
        )
    if closes_on <= today:
        return _("Give people at least until tomorrow.")
    if closes_on - today > LONGEST_OPEN:
        return _("Choose a day within the next ninety days.")
    return ""


def problem_answering(text: str, closed: bool, done: bool) -> str:
    """Why an answer cannot be given; empty when it can."""
    if closed:
        return _("This question is closed, so nothing can be answered any more.")
    if done:
        return _("You have answered or declined already.")
    if not text.strip():
        return _("Write at least a word, or decline: you need not say why.")
    if len(text) > LONGEST_TEXT:
        return _("Longer than ten thousand characters. Keep what would help most.")
    return ""


def gives_away(text: str, name: str, *also: str) -> list[str]:
    """Words of a text that tell who wrote it: parts of the writer's name, and other words known to be theirs.

    A part of a name must be a word of its own: “Bob” is not in “bobbin”. Parts of one or two letters are left out.
    """
    parts = [part for part in re.split(r"[\s,.]+", name) if len(part) > 2]
    wanted = [*parts, *(word for word in also if len(word) > 2)]
    return [word for word in dict.fromkeys(wanted) if _says(text, word)]


def _says(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
