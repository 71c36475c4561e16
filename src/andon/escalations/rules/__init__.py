"""Pure decisions about questions, a module a subject: facts in, verdicts in words out."""

from andon.escalations.rules.problems import (
    ANSWERS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    problem_asking,
    problem_closing,
    problem_writing,
)
from andon.escalations.rules.timing import (
    EXPLAIN,
    EXPLAIN_WITHIN,
    MAKE_RIGHT,
    MAKE_RIGHT_WITHIN,
    OWN,
    OWN_WITHIN,
    Clock,
    Facts,
    Promise,
    clocks,
    span,
)
from andon.escalations.rules.titles import TITLE_WORDS, shorten, title_of

__all__ = [
    "ANSWERS",
    "EXPLAIN",
    "EXPLAIN_WITHIN",
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "MAKE_RIGHT",
    "MAKE_RIGHT_WITHIN",
    "OWN",
    "OWN_WITHIN",
    "TITLE_WORDS",
    "Clock",
    "Facts",
    "Promise",
    "clocks",
    "problem_asking",
    "problem_closing",
    "problem_writing",
    "shorten",
    "span",
    "title_of",
]
