"""What a coaching note and a follow-up must say."""

from collections.abc import Container, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from andon.growth.rules.words import problem_text

FURTHEST = timedelta(days=366)


def problems_noting(
    texts: Mapping[str, str], follow_up_on: date, today: date, their_view: str, with_consent: bool
) -> dict[str, str]:
    """A sentence by field; empty where nothing is wrong."""
    blank = {
        "situation": _("Say when and where it was."),
        "behaviour": _("Say what was done or said, as somebody in the room would have seen it."),
        "impact": _("Say what it did to customers, to colleagues or to the work."),
        "agreed_action": _("Say what the two of you agreed to do."),
    }
    found = {name: problem_text(texts[name], sentence) for name, sentence in blank.items()}
    found["follow_up_on"] = problem_day(follow_up_on, today)
    found["their_view"] = problem_text(their_view, "") if their_view else ""
    if their_view and not with_consent:
        found["with_consent"] = _(
            "Note what somebody says only if they agree that you do. They can also write it."
        )
    return found


def problem_day(day: date, today: date) -> str:
    """A day to meet on lies ahead, and not further than a year."""
    if day < today:
        return _("This day has passed. Choose one that lies ahead.")
    return _("Choose a day within the coming year.") if day > today + FURTHEST else ""


def problem_follow_up(
    outcome: str, words: str, parts: tuple[str, str], known: Container[str]
) -> dict[str, str]:
    choose = _("Say whether this part was done.")
    return {
        "outcome": problem_text(outcome, _("Say in words how it came out.")),
        "words": problem_text(words, "") if words else "",
        "their_part": "" if parts[0] in known else choose,
        "our_part": "" if parts[1] in known else choose,
    }
