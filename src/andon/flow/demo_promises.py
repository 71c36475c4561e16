"""Promises of the demo organisation in every state: to come, late, delivered, doubted, answered, let go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from andon.growth.actions import coaching, promises
from andon.growth.models import Coaching, Promise
from andon.people.models import Person
from andon.standards.models import Standard

TALK = {
    "situation": "In the answers to complaints of the last two weeks, which we read together.",
    "behaviour": "Customers asked on which day their money comes and were sent the link to the terms.",
    "impact": "Four of them wrote again to ask which day that is.",
    "agreed_action": "Names the day and the amount. I ask for a short card with the ten questions about refunds.",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A promise: made, due and delivered in days from now; `doubted` and `answered` on a day, in words."""

    what: str
    kind: str
    made: int
    due: int
    delivered: tuple[int, str] | None = None
    doubted: tuple[int, str] | None = None
    answered: tuple[int, str] | None = None
    released: tuple[int, str] | None = None


CARD = Made("A card with the ten questions about refunds", "tool", -40, -6)
OTHERS = (
    Made("Joining the user test of the new help pages", "user_test", -3, 12),
    Made("A morning with the returns desk", "sit_in", -60, -40, (-44, "Tuesday from nine to twelve.")),
    Made("A second screen", "tool", -90, -70,
         (-61, "It stood on the desk on Monday, after a long wait for the order.")),
    Made("Somebody to ask about difficult refunds", "mentoring", -50, -30,
         (-31, "You can ask whoever is at the refunds desk."),
         (-9, "Whoever is there has a queue of their own. I have not asked yet.")),
    Made("Half an hour a day without contacts, to read", "time", -80, -60, (-62, "It is in the rota."),
         (-40, "It is taken away whenever the queue is long."),
         (-36, "It has moved to the first half hour of the day, where no queue is.")),
    Made("A course on the old order system", "training", -70, -20, released=(-45, "The old system goes in spring.")),
)  # fmt: skip


def in_every_state(person: Person, manager: Person, standard: Standard | None, now: datetime) -> None:
    note = _talk(person, manager, standard, now - timedelta(days=40))
    made(person, manager, CARD, now, note)
    for one in OTHERS:
        made(person, manager, one, now)


def _talk(person: Person, manager: Person, standard: Standard | None, at: datetime) -> Coaching:
    note = coaching.note_coaching(
        person,
        **TALK,
        follow_up_on=timezone.localdate(at + timedelta(days=45)),
        standard=standard,
        by=manager,
        now=at,
    )
    said = "It was three customers, not four: one had written before our answer."
    coaching.correct(note, said, by=manager, now=at + timedelta(days=2))
    return note


def made(
    person: Person, manager: Person, given: Made, now: datetime, note: Coaching | None = None
) -> Promise:
    """The promise, with whatever became of it."""

    def at(days: int) -> datetime:
        return now + timedelta(days=days)

    promise = promises.promise(
        person, what=given.what, kind=given.kind, owed_by=manager, due=timezone.localdate(at(given.due)), by=manager,
        now=at(given.made), coaching=note,
    )  # fmt: skip
    if given.delivered:
        promises.deliver(promise, given.delivered[1], by=manager, now=at(given.delivered[0]))
    if given.doubted:
        doubt = promises.doubt(promise, given.doubted[1], by=person, now=at(given.doubted[0]))
        if given.answered:
            promises.answer_doubt(doubt, given.answered[1], by=manager, now=at(given.answered[0]))
    if given.released:
        promises.release(promise, given.released[1], by=person, now=at(given.released[0]))
    return promise
