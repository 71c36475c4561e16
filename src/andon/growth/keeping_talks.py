"""Coaching, promises and talks of two, for somebody to take away; and how talks go. Coaching goes with the ledger."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.evidence.law.erasing import ALSO
from andon.evidence.law.kinds import INTEREST, KINDS, Kind
from andon.evidence.portable import named, register
from andon.growth.models import Coaching, OneToOne, Promise
from andon.growth.rules.promises import words
from andon.people.models import Person

Row = dict[str, Any]


def coaching(person: Person) -> Iterator[Row]:
    for note in Coaching.objects.about(person).complete():
        yield {
            "noted": note.at.isoformat(), "by": named(note.by), "standard": str(note.standard or ""),
            "mechanism": str(note.mechanism or ""), "how the mechanism stood": note.process,
            "situation": note.situation, "behaviour": note.behaviour, "impact": note.impact,
            "agreed": note.agreed_action, "look back on": _day(note.next_on),
            "how I see it": [
                {"text": view.text, "by": named(view.by), "at": view.at.isoformat(), "counts as mine": view.stands}
                for view in note.views.all()
            ],
            "corrections": [
                {"text": one.text, "by": named(one.by), "at": one.at.isoformat()} for one in note.corrections.all()
            ],
            "looked back": [
                {
                    "at": one.at.isoformat(), "by": named(one.by), "outcome": one.outcome, "words": one.words,
                    "my part": one.get_their_part_display(), "their part": one.get_our_part_display(),
                }
                for one in note.follow_ups.all()
            ],
        }  # fmt: skip


def promises(person: Person) -> Iterator[Row]:
    now = timezone.now()
    for one in Promise.objects.to(person).complete():
        yield {
            "what": one.what, "kind": one.get_kind_display(), "promised": one.at.isoformat(),
            "by": named(one.owed_by), "due": one.due.isoformat(),
            "state": words(one.facts(now), timezone.localdate(now)),
            "delivered": [{"at": each.at.isoformat(), "words": each.words} for each in one.deliveries.all()],
            "doubted": [{"at": each.at.isoformat(), "words": each.words} for each in one.doubts.all()],
        }  # fmt: skip


def talks(person: Person) -> Iterator[Row]:
    """What the two of them wrote: both may read it, so either may take it away; also who has left since."""
    own = Q(person=person) | Q(pk__in=OneToOne.objects.visible_to(person).order_by().values("pk"))
    mine = OneToOne.objects.filter(own).select_related("person", "manager")
    for talk in mine.prefetch_related("agenda__by", "notes__by", "actions__owner"):
        yield {
            "on": talk.on.isoformat(), "with": named(talk.other(person)),
            "agenda": [{"text": one.text, "by": named(one.by)} for one in talk.agenda.all()],
            "notes": [{"text": one.text, "by": named(one.by)} for one in talk.notes.all()],
            "actions": [
                {"text": one.text, "who": named(one.owner), "due": one.due.isoformat()} for one in talk.actions.all()
            ],
        }  # fmt: skip


def _day(at) -> str:
    return at.isoformat() if at else ""


def forget(person: Person) -> None:
    """Talks of somebody who left go with them, whichever side they had."""
    OneToOne.objects.filter(Q(person=person) | Q(manager=person)).delete()


def _old(before: datetime) -> QuerySet[OneToOne]:
    return OneToOne.objects.filter(on__lte=timezone.localdate(before))


def _let_go(talks: QuerySet[OneToOne], now: datetime) -> None:
    talks.delete()


register("Coaching", coaching)
register("Support I was promised", promises)
register("1:1s", talks)
ALSO["talks"] = forget
KINDS["talks"] = Kind(
    name=_("1:1s"),
    what=_("What two people write for their talks: agenda, notes, actions."),
    why=_("So that both remember what they said, and what they said they would do."),
    ground=INTEREST,
    seen_by=_("The two of them. Not the line above, not HR. It is never evidence."),
    days=730,
    since=_("the day of the talk"),
    due=_old,
    dispose=_let_go,
)
