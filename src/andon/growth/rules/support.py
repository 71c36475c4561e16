"""Whether somebody was supported before anybody thinks of a plan: noted, followed up, given time, promises kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.growth.rules import promises
from andon.growth.rules.promises import BLOCKS, State


@dataclass(frozen=True, slots=True)
class Noted:
    """The day of a coaching note, and the days on which it was followed up."""

    on: date
    followed_up: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in a few words, with what its state depends on."""

    what: str
    facts: promises.Facts


@dataclass(frozen=True, slots=True)
class Coached:
    """What was done for somebody about one standard.

    `noted` coaching notes, `followed_up` talks that looked back at them; `days_given` is the longest time from a note
    to a talk that looked back at it. Of `promised` pieces of support `delivered` came. `late` has a sentence for each
    that fell due and did not come, or that the person doubts and nobody has answered.
    """

    noted: int
    followed_up: int
    days_given: int
    promised: int
    delivered: int
    late: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked at least before a plan is thought of."""

    notes: int = 1
    follow_ups: int = 1
    days: int = 14


@dataclass(frozen=True, slots=True)
class Enough:
    """Whether it was enough, with a sentence for each thing: what there is, or what is missing."""

    ok: bool
    there: list[str]
    missing: list[str]


def coached(notes: Iterable[Noted], support: Iterable[Promised], today: date) -> Coached:
    """Counts what was done up to `today`, and not after."""
    known = [note for note in notes if note.on <= today]
    looked_back = [(on - note.on).days for note in known for on in note.followed_up if note.on <= on <= today]
    kept = [one for one in support if promises.state(one.facts, today) is not State.RELEASED]
    return Coached(
        noted=len(known),
        followed_up=len(looked_back),
        days_given=max(looked_back, default=0),
        promised=len(kept),
        delivered=sum(one.facts.delivered_on is not None for one in kept),
        late=[sentence(one, today) for one in kept if promises.state(one.facts, today) in BLOCKS],
    )


def sentence(promised: Promised, today: date) -> str:
    """Why a promise stands in the way."""
    if promises.state(promised.facts, today) is State.DOUBTED:
        return _(
            "“{what}”: the person says it did not come or did not help, and nobody has answered."
        ).format(what=promised.what)
    late = promises.days((today - promised.facts.due).days)
    return _("“{what}” was promised and is {late} late.").format(what=promised.what, late=late)


def enough(found: Coached, terms: Terms = Terms()) -> Enough:
    """Whether support came before anything else. Nothing here can be bought with more of another."""
    parts = [_noted(found, terms), _followed_up(found, terms), _given_time(found, terms), *_delivered(found)]
    return Enough(
        ok=all(good for good, _said in parts),
        there=[said for good, said in parts if good],
        missing=[said for good, said in parts if not good],
    )


def _noted(found: Coached, terms: Terms) -> tuple[bool, str]:
    if found.noted >= terms.notes:
        return True, ngettext(
            "{n} coaching note about it was written and shared with the person.",
            "{n} coaching notes about it were written and shared with the person.",
            found.noted,
        ).format(n=found.noted)
    return False, ngettext(
        "A coaching note about this standard or its mechanism is missing: talk first, write it down, agree what to do.",
        "{n} coaching notes about this standard or its mechanism are asked for; there are fewer.",
        terms.notes,
    ).format(n=terms.notes)


def _followed_up(found: Coached, terms: Terms) -> tuple[bool, str]:
    if found.followed_up >= terms.follow_ups:
        return True, ngettext(
            "It was looked back at in {n} talk.", "It was looked back at in {n} talks.", found.followed_up
        ).format(n=found.followed_up)
    return False, _("Nobody has looked back at it with the person yet: follow the coaching up.")


def _given_time(found: Coached, terms: Terms) -> tuple[bool, str]:
    if found.days_given >= terms.days:
        return True, _("There were {days} to change something before the talk that looked back.").format(
            days=promises.days(found.days_given)
        )
    return False, _(
        "Time is missing: a talk that looks back at least {days} after the coaching note."
    ).format(days=promises.days(terms.days))


def _delivered(found: Coached) -> list[tuple[bool, str]]:
    if found.late:
        return [(False, said) for said in found.late]
    if not found.promised:
        return [(True, _("No support was promised, so none is late."))]
    said = _("Of {promised} promised pieces of support {delivered} came, and none that fell due is missing.")
    return [(True, said.format(promised=found.promised, delivered=found.delivered))]
