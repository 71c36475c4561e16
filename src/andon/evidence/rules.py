"""When an item may be used, and what is wrong with one that cannot be kept. Pure: facts in, sentences out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TIME_TO_REPLY = timedelta(days=7)
KEPT_FOR = timedelta(days=730)
"""Evidence that is older says little of today."""

LONGEST_TEXT = 20_000
LONGEST = {"title": 200, "source": 300, "link": 500}
OWN_KINDS = frozenset({"accomplishment", "customer_feedback", "project_outcome", "feedback"})
"""What somebody may put on their own record."""

NEVER_CITED = ("/me/development", "/me/self-assessment", "/me/feedback", "/pulse", "/me/pulse")
"""Development plans, self-assessments, feedback that somebody asked for and pulse answers are never evidence."""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the use of an item depends on: moments (UTC), and whether it stands. None is not yet."""

    happened_on: date
    added_at: datetime
    seen_at: datetime | None = None
    replied_at: datetime | None = None
    corrected: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Usable:
    """Whether an item may be used for a judgement, and why or why not, in a sentence."""

    ok: bool
    why: str


def usable(facts: ItemFacts, now: datetime, kept_for: timedelta = KEPT_FOR) -> Usable:
    """The person saw it, and then replied or had seven days to; it stands; it is not too old."""
    if facts.erased:
        return Usable(False, _("It was erased."))
    if facts.corrected:
        return Usable(False, _("It was corrected since: the correction counts in its place."))
    if now.date() - facts.happened_on > kept_for:
        years = round(kept_for.days / 365, 1)
        return Usable(
            False, _("It is older than %(years)g years, and says little of today.") % {"years": years}
        )
    return _answerable(facts, now)


def _answerable(facts: ItemFacts, now: datetime) -> Usable:
    if facts.seen_at is None or facts.seen_at > now:
        return Usable(False, _("It has not been seen yet by the person it is about."))
    if facts.replied_at and facts.replied_at <= now:
        return Usable(True, _("It was seen and replied to; the reply belongs to it."))
    left = facts.seen_at + TIME_TO_REPLY - now
    if left > timedelta(0):
        days = max(1, -(-left // timedelta(days=1)))
        told = ngettext("there is %(days)d day left to reply", "there are %(days)d days left to reply", days)
        return Usable(False, _("It was seen, and %(told)s.") % {"told": told % {"days": days}})
    return Usable(True, _("It was seen, and there were seven days to reply."))


def problems(kind: str, given: Mapping[str, Any], now: datetime, joined: date | None = None) -> list[str]:
    """What is missing or wrong in an item; empty when it can be kept."""
    found = [_too_long(name, given.get(name) or "") for name in ("title", "text", "source", "link")]
    found += [_missing(name, given) for name in ("title", "text", "source")]
    found += [_of_its_day(given["happened_on"], now, joined), _of_its_link(given.get("link") or "")]
    found += _of_an_observation(kind, given)
    return [problem for problem in found if problem]


def _missing(name: str, given: Mapping[str, Any]) -> str:
    asked = {
        "title": _("Say in a few words what it is about."),
        "text": _("Say what happened, so that the person can answer it."),
        "source": _("Say where it comes from: who saw it, or which report or customer."),
    }
    return "" if (given.get(name) or "").strip() else asked[name]


def _too_long(name: str, text: str) -> str:
    longest = LONGEST.get(name, LONGEST_TEXT)
    if len(text) <= longest:
        return ""
    return _("The %(name)s is longer than %(longest)s characters.") % {
        "name": name,
        "longest": f"{longest:,}",
    }


def _of_its_day(day: date, now: datetime, joined: date | None) -> str:
    if day > now.date() + timedelta(days=1):  # a day further east may have begun
        return _("It has not happened yet: give the day it happened.")
    if now.date() - day > KEPT_FOR:
        return _("It is older than two years, so it says little of today and is not kept.")
    if joined and day < joined:
        return _("That was before they worked here.")
    return ""


def _of_its_link(link: str) -> str:
    if not link:
        return ""
    if any(part in link for part in NEVER_CITED):
        return _(
            "Development plans, self-assessments, feedback that somebody asked for and pulse answers "
            "are never evidence."
        )
    if not link.startswith(("https://", "http://")) and (not link.startswith("/") or link.startswith("//")):
        return _("A link begins with https://, or with / for a page of Andon.")
    return ""


def _of_an_observation(kind: str, given: Mapping[str, Any]) -> list[str]:
    found = []
    if kind == "observation":
        told = all((given.get(name) or "").strip() for name in ("situation", "effect"))
        found += (
            [] if told else [_("An observation says in which situation it was, and what its effect was.")]
        )
    elif given.get("behaviour"):
        found += [_("A behaviour is observed: choose the kind “observation”.")]
    if given.get("step") is not None and not given.get("behaviour"):
        found += [_("A step belongs to a behaviour: say which.")]
    return found
