"""How long things are kept: defaults that the organisation may change, what is due, and letting it go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.evidence.law import kinds_outside
from andon.evidence.law.erasing import erase_contents
from andon.evidence.law.holds import held
from andon.evidence.law.kinds import Kind
from andon.evidence.law.permission import demand
from andon.evidence.models import Entry, Pseudonym, Retention
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy

KINDS = kinds_outside.KINDS
LONGEST = 36_500


@dataclass(frozen=True, slots=True)
class Due:
    """A class of things: how long it is kept, and how many are due, and how many of these a hold keeps."""

    slug: str
    kind: Kind
    days: int
    chosen: Retention | None
    due: int
    waiting: int

    @property
    def length(self) -> str:
        return length_of(self.days)


def length_of(days: int) -> str:
    """How long that is: in years where it is whole ones."""
    years, rest = divmod(days, 365)
    if years and not rest:
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def days_of(slug: str) -> int:
    chosen = Retention.objects.filter(slug=slug).values_list("days", flat=True).first()
    return KINDS[slug].days if chosen is None else chosen


@transaction.atomic
def keep_for(slug: str, days: int, why: str, *, by: Person | None, now: datetime) -> Retention:
    """Chooses how long a class is kept. Raises PermissionDenied, ValidationError."""
    demand(by)
    if slug not in KINDS:
        raise ValidationError(_("There is no such class of things."))
    if not 30 <= days <= LONGEST:
        raise ValidationError(_("Between 30 days and 100 years."))
    if not tidy(why):
        raise ValidationError(_("Say why: the law or the agreement it follows from."))
    given = {"days": days, "why": tidy(why), "by": by, "at": now}
    chosen, _new = Retention.objects.update_or_create(slug=slug, defaults=given)
    record(by, "chose how long to keep", f"retention {slug}", now, days=days)
    return chosen


def schedule(now: datetime) -> list[Due]:
    """Every class, and what is due of it."""
    chosen = {row.slug: row for row in Retention.objects.select_related("by")}
    return [_due(slug, kind, chosen.get(slug), now) for slug, kind in KINDS.items()]


def _due(slug: str, kind: Kind, chosen: Retention | None, now: datetime) -> Due:
    days = chosen.days if chosen else kind.days
    before = now - timedelta(days=days)
    if kind.due:
        counted = kind.due(before).aggregate(
            all=Count("pk"), held=Count("pk", filter=Q(**{f"{kind.of}__in": held(now)}))
        )
    else:
        on_hold = Pseudonym.objects.filter(person__in=held(now)).values("name")
        counted = _entries(kind, before).aggregate(
            all=Count("pk"), held=Count("pk", filter=Q(about__in=on_hold))
        )
    return Due(slug, kind, days, chosen, counted["all"] - counted["held"], counted["held"])


def _entries(kind: Kind, before: datetime):
    """Entries of a class whose words are older."""
    asked = Q()
    for prefix in kind.prefixes:
        asked |= Q(what__startswith=prefix)
    return Entry.objects.filter(asked, at__lt=before, content__body__isnull=False).exclude(about="")


def run(slug: str, *, by: Person | None, now: datetime) -> int:
    """Lets go of what is due in a class, except what a hold keeps; how many. Repeating it is harmless.

    Raises PermissionDenied, ValidationError.
    """
    demand(by)
    if slug not in KINDS:
        raise ValidationError(_("There is no such class of things."))
    kind = KINDS[slug]
    before = now - timedelta(days=days_of(slug))
    done = _dispose(kind, before, now) if kind.due else _erase(kind, before, now)
    if done:
        record(by, "let go of", f"retention {slug}", now, count=done)
    return done


@transaction.atomic
def _dispose(kind: Kind, before: datetime, now: datetime) -> int:
    due = kind.due(before).exclude(**{f"{kind.of}__in": held(now)})
    count = due.count()
    if count:
        kind.dispose(due, now)
    return count


def _erase(kind: Kind, before: datetime, now: datetime) -> int:
    """A person at a time: each has an erasure of their own. The installation does it, as nobody chose whom."""
    due = _entries(kind, before).exclude(
        about__in=Pseudonym.objects.filter(person__in=held(now)).values("name")
    )
    of: dict[str, list[int]] = {}
    for about, seq in due.values_list("about", "seq"):
        of.setdefault(about, []).append(seq)
    people = Person.objects.filter(pseudonym__name__in=list(of)).select_related("pseudonym")
    for person in people:
        erase_contents(person, of[person.pseudonym.name], why="retention", by=None, now=now)
    return sum(map(len, of.values()))


def run_all(now: datetime) -> dict[str, int]:
    """Every class, as the daily job does."""
    return {slug: run(slug, by=None, now=now) for slug in KINDS}
