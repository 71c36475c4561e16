"""Who hears of what happens to a question: whom it is put to, who asked, who took it on. Never whoever did it.

Subjects name the question and its mechanism, not the customer's words. Texts go to those who may read the question.
"""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from andon.escalations.access import may_read
from andon.escalations.lines import line_of
from andon.escalations.models import Entry, Escalation
from andon.escalations.pictured import picture_of
from andon.people import access, notices, saying
from andon.people.models import Person
from andon.people.notices import Kind

Words = Callable[[], str]


def raised(escalation: Escalation, now: datetime) -> None:
    """Whom it is put to, with what is due when; and who asked, that it is there."""
    asked = escalation.raised_by
    _put_to(escalation, "raised", lambda: _asks(escalation, now), besides=asked, now=now)
    if asked:
        _tell(
            asked,
            escalation,
            f"raised:{asked.pk}",
            Kind.STORY,
            lambda: _thanked_for_asking(escalation, now),
            now,
        )


def joined(escalation: Escalation, by: Person, now: datetime) -> None:
    """Whoever asks the same hears which question it is, and who has it that one more asks."""
    _tell(by, escalation, f"raised:{by.pk}", Kind.STORY, lambda: _thanked_for_asking(escalation, now), now)
    happened(
        escalation, f"asked-also:{by.pk}", lambda: _("%(name)s asks the same.") % {"name": by.name}, by, now
    )


def put_on(escalation: Escalation, verb: str, why: str, by: Person, now: datetime) -> None:
    """It goes to somebody else: they hear as if it were new, and everybody concerned where it went."""
    key = f"{verb}:{now:%Y%m%d%H%M%S}"
    _put_to(escalation, key, lambda: _passed_on(escalation, why, by, now), besides=by, now=now)
    where = {"name": by.name, "where": escalation.addressee}
    happened(
        escalation, key, lambda: paragraphs(_("%(name)s passed it on to %(where)s.") % where, why), by, now
    )


def paragraphs(*parts: str) -> str:
    """Those that say something."""
    return "\n\n".join(part for part in parts if part)


def happened(
    escalation: Escalation,
    what: str,
    words: Words,
    by: Person | None,
    now: datetime,
) -> None:
    """Everybody concerned but whoever did it."""
    for person in involved(escalation).values():
        if by is None or person.pk != by.pk:
            _tell(person, escalation, f"{what}:{person.pk}", Kind.STORY, words, now)


def thanked(escalation: Escalation, to: Person, text: str, by: Person, now: datetime) -> None:
    told = {"name": by.name, "text": text}
    key = f"thanks:{by.pk}:{to.pk}"
    _tell(to, escalation, key, Kind.THANKS, lambda: _("%(name)s thanks you: %(text)s") % told, now)


def involved(escalation: Escalation) -> dict[int, Person]:
    """Who asked, who asked the same, who has it or whom it is put to: by key, at work."""
    asked_also = [
        one.by for one in escalation.entries.filter(kind=Entry.Kind.ALSO_ASKED).select_related("by")
    ]
    people = [escalation.raised_by, *asked_also, escalation.owner, escalation.to_person]
    return {one.pk: one for one in people if access.at_work(one)}


def to_whoever_has_it(escalation: Escalation, what: str, kind: str, words: Words, now: datetime) -> None:
    """Its owner; while it has none, whom it is put to, or who leads that team. Of a merged one: of where it goes on."""
    for person in next(iter(line_of(_goes_on_in(escalation))), []):
        if may_read(person, escalation):
            _tell(person, escalation, f"{what}:{person.pk}", kind, words, now)


def _goes_on_in(escalation: Escalation) -> Escalation:
    merging = getattr(escalation, "merging", None)
    return _goes_on_in(merging.into) if merging else escalation


def _put_to(escalation: Escalation, what: str, words: Words, besides: Person | None, now: datetime) -> None:
    first = next(iter(line_of(escalation)), [])
    for person in first:
        if besides is None or person.pk != besides.pk:
            _tell(person, escalation, f"{what}:{person.pk}", Kind.QUESTION, words, now)


def _tell(person: Person, escalation: Escalation, what: str, kind: str, words: Words, now: datetime) -> None:
    notices.tell(
        person,
        key=f"escalation:{escalation.number}:{what}",
        kind=kind,
        subject=lambda: subject(escalation),
        text=words,
        link=f"/escalations/{escalation.number}/",
        thread=f"escalation:{escalation.number}",
        picture=picture_of(escalation),
        about_own=_own(person, escalation),
        now=now,
    )


def _own(person: Person, escalation: Escalation) -> bool:
    """One's own: asked or taken on by oneself, or put to oneself by name."""
    owner = escalation.owner
    return person.pk in (escalation.raised_by_id, escalation.to_person_id, owner.pk if owner else None)


def subject(escalation: Escalation) -> str:
    """The same for every mail of a question, so that clients keep them together."""
    about = {"number": escalation.number, "mechanism": escalation.mechanism}
    if escalation.mechanism_id:
        return _("Question %(number)s: %(mechanism)s") % about
    return _("Question %(number)s") % about


def _asks(escalation: Escalation, now: datetime) -> str:
    who = escalation.raised_by.name if escalation.raised_by else _("Somebody")
    begins = _("%(name)s asks how this could happen: %(title)s") % {"name": who, "title": escalation.title}
    return paragraphs(begins, escalation.note, promises(escalation, now))


def _passed_on(escalation: Escalation, why: str, by: Person, now: datetime) -> str:
    begins = _("%(name)s passes this question on to you: %(title)s") % {
        "name": by.name,
        "title": escalation.title,
    }
    return paragraphs(begins, why, escalation.note, promises(escalation, now))


def _thanked_for_asking(escalation: Escalation, now: datetime) -> str:
    begins = _("Thank you for asking. This is question %(number)s, with %(where)s: %(title)s") % {
        "number": escalation.number,
        "where": escalation.addressee,
        "title": escalation.title,
    }
    return paragraphs(begins, promises(escalation, now))


def promises(escalation: Escalation, now: datetime) -> str:
    """What is due by when: for each clock a line."""
    lines = [
        _("%(words)s: by %(due)s") % {"words": clock.words, "due": saying.moment(clock.due)}
        for clock in escalation.clocks(now)
        if clock.running
    ]
    return "\n".join(lines)
