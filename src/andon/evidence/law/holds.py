"""Legal hold: nothing about these people is destroyed while it lasts. It beats retention and erasure."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.evidence import ledger
from andon.evidence.law.permission import demand
from andon.evidence.models import Held, Hold
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy


@transaction.atomic
def place(
    name: str,
    reason: str,
    people: Iterable[Person],
    *,
    by: Person | None,
    now: datetime,
    comparators: Iterable[Person] = (),
    starts: datetime | None = None,
    ends: datetime | None = None,
) -> Hold:
    """Holds everything about `people`, and about those whose cases are compared with theirs.

    Raises PermissionDenied, ValidationError.
    """
    named, compared = list(people), list(comparators)
    demand(by, *named, *compared)
    name, reason, starts = tidy(name), tidy(reason), starts or now
    _demand_sound(name, reason, named, starts, ends)
    hold = Hold.objects.create(name=name, reason=reason, starts=starts, ends=ends, by=by, at=now)
    rows = {person.pk: (person, Held.As.COMPARATOR) for person in compared}
    rows |= {person.pk: (person, Held.As.NAMED) for person in named}
    Held.objects.bulk_create(Held(hold=hold, person=person, as_what=what) for person, what in rows.values())
    _note("hold.placed", hold, by, now)
    return hold


def _demand_sound(name: str, reason: str, people: list, starts: datetime, ends: datetime | None) -> None:
    found = [] if name else [_("Give the hold a name, by which it is found again.")]
    found += [] if len(name) <= 120 else [_("The name is longer than 120 characters.")]
    found += [] if reason else [_("Say why: a hold keeps what would otherwise be destroyed.")]
    found += [] if people else [_("Say whom it covers.")]
    found += [_("It would end before it starts.")] if ends and ends <= starts else []
    if found:
        raise ValidationError(found)


@transaction.atomic
def lift(hold: Hold, why: str, *, by: Person | None, now: datetime) -> Hold:
    """Ends a hold. Twice is harmless: the first holds. Raises PermissionDenied, ValidationError."""
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    demand(by, *Person.objects.filter(pk__in=hold.held.values("person")))
    if not tidy(why):
        raise ValidationError(_("Say why it may be lifted."))
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by, hold.lifted_why = now, by, tidy(why)
        hold.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
        _note("hold.lifted", hold, by, now)
    return hold


def _note(what: str, hold: Hold, by: Person | None, now: datetime) -> None:
    """In the ledger without a word about whom it covers or why."""
    ledger.append(what, about=None, body={"hold": hold.pk}, by=by, now=now)
    record(by, "placed a hold" if what == "hold.placed" else "lifted a hold", f"hold {hold.pk}", now)


def held(now: datetime):
    """Primary keys of everybody whom a hold in force covers."""
    return Held.objects.filter(hold__in=Hold.objects.in_force(now)).values("person")


def is_held(person: Person, now: datetime) -> bool:
    return Hold.objects.in_force(now).filter(held__person=person).exists()
