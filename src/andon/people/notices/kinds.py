"""What notices are about, and the ways in which somebody may want to hear of it."""

from django.db import models
from django.utils.translation import gettext_lazy


class Kind(models.TextChoices):
    """What a notice is about. People choose a way for each of these, but for those in `NOT_CHOSEN`."""

    QUESTION = "question", gettext_lazy("A question is put to you, or to your team")
    STORY = "story", gettext_lazy("Something happened to a question")
    LATE = "late", gettext_lazy("A clock has run out")
    THANKS = "thanks", gettext_lazy("Somebody thanks you")
    PROMISE = "promise", gettext_lazy("What you owe to people")
    PLAN = "plan", gettext_lazy("A plan waits for you")
    FEEDBACK = "feedback", gettext_lazy("Somebody asks you for feedback")
    REVIEW = "review", gettext_lazy("The weekly review")
    PULSE = "pulse", gettext_lazy("The pulse asks how work feels")
    RECEIPT = "receipt", gettext_lazy("Answer to a mail of yours")
    ACKNOWLEDGEMENT = "acknowledgement", gettext_lazy("Acknowledgement to a customer")
    ANSWER = "answer", gettext_lazy("Answer to a customer")
    DIGEST = "digest", gettext_lazy("Daily digest")


class Way(models.TextChoices):
    """How somebody hears of a kind of thing. On their page it stands in any case."""

    AT_ONCE = "at_once", gettext_lazy("At once")
    DIGEST = "digest", gettext_lazy("Daily digest")
    ONLY_MINE = "only_mine", gettext_lazy("Only what is mine")
    NONE = "none", gettext_lazy("No mail")


NOT_CHOSEN = frozenset({Kind.RECEIPT, Kind.ACKNOWLEDGEMENT, Kind.ANSWER, Kind.DIGEST})
"""Sent at once to whoever wrote, or made of what was chosen."""

TO_CUSTOMERS = frozenset({Kind.ACKNOWLEDGEMENT, Kind.ANSWER})

REPLIES = frozenset({Kind.RECEIPT, Kind.ACKNOWLEDGEMENT})
"""What a machine answers to a mail by itself (RFC 3834: auto-replied); an answer to a customer a person wrote."""

CHOSEN = tuple(kind for kind in Kind if kind not in NOT_CHOSEN)

USUAL: dict[str, Way] = {
    Kind.QUESTION: Way.AT_ONCE,
    Kind.STORY: Way.ONLY_MINE,
    Kind.LATE: Way.AT_ONCE,
    Kind.THANKS: Way.AT_ONCE,
    Kind.PROMISE: Way.DIGEST,
    Kind.PLAN: Way.AT_ONCE,
    Kind.FEEDBACK: Way.DIGEST,
    Kind.REVIEW: Way.DIGEST,
    Kind.PULSE: Way.AT_ONCE,
}
"""Until somebody chooses."""
