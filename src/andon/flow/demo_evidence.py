"""Records of three in the demo organisation: who is below the standard, who has hard work, and who signs in.

Each item is dated and sourced, most were seen, some were answered, one was wrong and was corrected.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from andon.evidence import access_log, actions, ledger
from andon.evidence.law import holds
from andon.evidence.models import Item
from andon.flow.demo_coaching import _reader, good_person_on_hard_work, weak_person
from andon.people.models import Person
from andon.standards.models import Behaviour


class Told(NamedTuple):
    """An item in the demo, `days` ago."""

    days: int
    kind: str
    title: str
    text: str
    source: str
    situation: str = ""
    effect: str = ""


WEAK = (
    Told(
        96, "customer_feedback", "Rang three times about one parcel",
        "“I explained it three times and nobody seemed to have written down what I had said.”",
        "Survey after the third call",
    ),
    Told(
        61, "observation", "Answered before the customer had finished",
        "Gave the return address while the customer was still saying that nothing was to be returned.",
        "Listening in, with consent", "A call about a wrong colour, the fourth of that morning.",
        "The customer rang again the next day and got the voucher then.",
    ),
    Told(
        33, "observation", "Asked whether it was settled",
        "Asked at the end of each call whether that settled it, and opened the case again where it did not.",
        "Listening in, with consent", "Twelve calls of one week, chosen at random.",
        "Two customers said what was still missing and need not ring again.",
    ),
    Told(
        20, "customer_feedback", "Told to ring another department",
        "“I was given a number that I had just been sent from.”", "E-mail to the service team",
        ),
)  # fmt: skip
GOOD = (
    Told(
        70, "customer_feedback", "Stayed with it until the carrier answered",
        "“She rang me back twice without my asking, and told me the truth when it was not good news.”",
        "Letter of a customer",
    ),
    Told(
        45, "project_outcome", "The list of what goes wrong with labels",
        "Wrote down for six weeks which label failed where. Fulfilment mended two causes from it.",
        "Minutes of the improvement circle",
    ),
)  # fmt: skip
READER = (
    Told(
        52, "accomplishment", "The short guide to refunds",
        "Wrote one page on which refund goes which way. The team uses it; fewer cases are opened twice.",
        "The team’s shelf of guides",
    ),
    Told(
        12, "customer_feedback", "Thanked by name",
        "“At last somebody who read what I wrote.”", "Survey, open answer",
    ),
    Told(
        3, "observation", "Took over a call that had gone wrong",
        "Took the call of a colleague who was stuck, said what had happened so far, and offered two ways on.",
        "Seen by the team lead", "A Monday morning with a long queue.",
        "The customer chose one of the two and did not ring again.",
    ),
)  # fmt: skip


def add(now: datetime) -> None:
    """Adds the records; nothing where nobody leads anybody."""
    weak, good, reader = weak_person(), good_person_on_hard_work(), _reader()
    if weak and weak.manager:
        _answer(_seen(_put(weak, WEAK, now), now), now)
    if good and good.manager:
        _correct(_seen(_put(good, GOOD, now), now), now)
    if reader and reader.manager:
        _seen(_put(reader, READER, now)[:1], now)
        _read(reader, now)
    _hold(weak, now)
    ledger.seal(now)


def _put(person: Person, told: Iterable[Told], now: datetime) -> list[Item]:
    told = list(told)
    known = person.items.filter(title=told[0].title).exists()  # loading twice adds nothing
    return [] if known else [_item(person, one, now) for one in told]


def _item(person: Person, told: Told, now: datetime) -> Item:
    at = now - timedelta(days=told.days)
    observed = told.kind == "observation"
    return actions.add_item(
        person, told.kind, title=told.title, text=told.text, source=told.source, situation=told.situation,
        effect=told.effect, happened_on=timezone.localdate(at - timedelta(days=1)),
        behaviour=_behaviour() if observed else None,
        by=person if told.kind == "accomplishment" else person.manager, now=at,
    )  # fmt: skip


def _behaviour() -> Behaviour | None:
    return Behaviour.objects.filter(retired_at=None).order_by("principle__position", "position").first()


def _seen(items: list[Item], now: datetime) -> list[Item]:
    for item in items:
        actions.see([item], by=item.person, now=min(item.at + timedelta(days=2), now))
    return items


def _answer(items: list[Item], now: datetime) -> None:
    """They say what they think of two; the first was not theirs alone."""
    if not items:
        return
    first, *_, last = items
    said = "The first two calls were not with me. On the third I could not see their notes: the case had been split."
    actions.reply(first, said, by=first.person, now=first.at + timedelta(days=3))
    said = "It was the number in our list. I have asked for the list to be put right."
    actions.reply(last, said, by=last.person, now=min(last.at + timedelta(days=4), now))


def _correct(items: list[Item], now: datetime) -> None:
    """One item named too little, and was put right when the person asked."""
    if not items:
        return
    item = items[-1]
    said = "Three causes were mended, and two of us kept the list. Please say so."
    asked = actions.reply(item, said, by=item.person, now=item.at + timedelta(days=3), asks=True)
    better = (
        "With a colleague, kept a list for six weeks of which label failed where. Three causes were mended."
    )
    at = item.at + timedelta(days=4)
    made = actions.answer(
        asked, "You are right, thank you.", by=item.person.manager, now=at, correction=better
    )
    actions.accept(made.correction, by=item.person, now=at + timedelta(days=1))


def _read(reader: Person, now: datetime) -> None:
    """Their record was read: by their manager, and by an HR partner who prepared a talk about paths."""
    access_log.note(reader.manager, reader, "Record", now - timedelta(days=12))
    if partner := Person.objects.at_work().with_role("hr_partner").exclude(pk=reader.pk).first():
        access_log.note(partner, reader, "Record", now - timedelta(days=5))


def _hold(person: Person | None, now: datetime) -> None:
    """One hold that somebody has lifted since."""
    partner = Person.objects.at_work().with_role("hr_partner").first()
    if not person or not partner or person == partner:
        return
    begun = now - timedelta(days=80)
    reason = (
        "A letter announced a claim about overtime. Nothing about it may be destroyed until it is settled."
    )
    placed = holds.place("Overtime in spring", reason, [person], by=partner, now=begun)
    holds.lift(placed, "Settled and paid.", by=partner, now=begun + timedelta(days=40))
