"""What somebody chose: for each kind of thing, the hour of their digest, their language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people import access
from andon.people.models import Person
from andon.people.notices import moments
from andon.people.notices.kinds import CHOSEN, NOT_CHOSEN, USUAL, Kind, Way
from andon.people.notices.models import Delivery, Notice, Preference
from andon.people.trail import record

HOURS = range(24)


def ways_of(person: Person) -> dict[str, Way]:
    """The way of every kind that somebody may choose for."""
    chosen = dict(Preference.objects.filter(person=person).values_list("kind", "way"))
    return {kind: Way(chosen.get(kind, USUAL[kind])) for kind in CHOSEN}


def way_of(person: Person, kind: str, about_own: bool) -> Way:
    """At once, with the digest, or not by mail."""
    if kind in NOT_CHOSEN:
        return Way.AT_ONCE
    chosen = Preference.objects.filter(person=person, kind=kind).values_list("way", flat=True).first()
    way = Way(chosen or USUAL[kind])
    if way is Way.ONLY_MINE:
        return Way.AT_ONCE if about_own else Way.NONE
    return way


def delivery_of(person: Person) -> Delivery:
    """As chosen, or as usual; not stored then."""
    return Delivery.objects.filter(person=person).first() or Delivery(person=person)


def zone_of(delivery: Delivery) -> ZoneInfo:
    return ZoneInfo(delivery.zone or settings.TIME_ZONE)


def next_digest(person: Person, now: datetime) -> datetime:
    delivery = delivery_of(person)
    return moments.next_at(delivery.hour, zone_of(delivery), now)


def language_of(person: Person | None) -> str:
    """The language Andon writes to somebody in."""
    chosen = delivery_of(person).language if person else ""
    return chosen if chosen in dict(settings.LANGUAGES) else settings.HOUSE_LANGUAGE


@transaction.atomic
def choose(person: Person, ways: dict[str, str], *, by: Person, now: datetime) -> None:
    """Chooses a way for some kinds; others stay. What waits for a digest stays on the page where no mail is wanted."""
    _demand(person, by)
    if strange := [kind for kind, way in ways.items() if kind not in CHOSEN or way not in Way.values]:
        raise ValidationError(_("There is no such choice: %(what)s.") % {"what": ", ".join(strange)[:100]})
    for kind, way in ways.items():
        Preference.objects.update_or_create(person=person, kind=kind, defaults={"way": way})
    unwanted = [kind for kind, way in ways.items() if way == Way.NONE]
    _for_digest(person).filter(kind__in=unwanted).update(state=Notice.State.HELD)
    record(by, "chose what to be told by mail", f"person {person.number}", now, **ways)


@transaction.atomic
def deliver(
    person: Person, *, hour: int, zone: str = "", language: str = "", by: Person, now: datetime
) -> Delivery:
    """Chooses when the digest comes and in which language. A digest that waits moves to the new hour."""
    _demand(person, by)
    if hour not in HOURS:
        raise ValidationError(_("Choose an hour from 0 to 23."))
    if zone and not moments.is_zone(zone):
        raise ValidationError(_("Choose a zone such as Europe/Berlin."))
    if language and language not in dict(settings.LANGUAGES):
        raise ValidationError(_("Choose one of the languages."))
    chosen = {"hour": hour, "zone": zone, "language": language}
    delivery, _made = Delivery.objects.update_or_create(person=person, defaults=chosen)
    _for_digest(person).update(due_at=moments.next_at(hour, zone_of(delivery), now))
    record(by, "chose when to be told by mail", f"person {person.number}", now, **chosen)
    return delivery


def _for_digest(person: Person):
    return Notice.objects.filter(to=person, way=Way.DIGEST, state=Notice.State.WAITING, digest=None)


def _demand(person: Person, by: Person) -> None:
    if by.pk != person.pk or not access.at_work(person):
        raise PermissionDenied(_("Everybody chooses for themselves."))


def all_ways() -> list[tuple[str, str]]:
    return [(way.value, str(way.label)) for way in Way]


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(Kind(kind).label)) for kind in CHOSEN]
