"""Job roles, and who holds which from when."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people import access
from andon.people.models import Person
from andon.people.trail import record
from andon.people.words import tidy
from andon.standards.actions.checking import demand_keeper, free_slug, sentence
from andon.standards.models import Holding, JobRole


@transaction.atomic
def add_role(name: str, *, purpose: str, serves: str, by: Person | None, now: datetime) -> JobRole:
    """Raises PermissionDenied, ValidationError."""
    demand_keeper(by)
    name = sentence(name, 120, _("the name of the role"))
    if JobRole.objects.in_use().filter(name__iexact=name).exists():
        raise ValidationError(_("There is a role of this name already."))
    slug = free_slug(name, JobRole.objects.values_list("slug", flat=True), "role")
    role = JobRole.objects.create(slug=slug, name=name, purpose=tidy(purpose), serves=tidy(serves))
    record(by, "wrote a job role", role, now, name=name)
    return role


@transaction.atomic
def change_role(
    role: JobRole, *, name: str, purpose: str, serves: str, by: Person | None, now: datetime
) -> JobRole:
    demand_keeper(by)
    before = {"name": role.name, "purpose": role.purpose, "serves": role.serves}
    role.name = sentence(name, 120, _("the name of the role"))
    role.purpose, role.serves = tidy(purpose), tidy(serves)
    if before != {"name": role.name, "purpose": role.purpose, "serves": role.serves}:
        role.save(update_fields=["name", "purpose", "serves"])
        record(by, "changed a job role", role, now, before=before)
    return role


@transaction.atomic
def retire_role(role: JobRole, *, by: Person | None, now: datetime) -> None:
    """Nobody is left in it first, so that no standard goes away under somebody."""
    demand_keeper(by)
    today = timezone.localdate(now)
    if role.holdings.filter(
        Q(ends=None) | Q(ends__gt=today), person__in=Person.objects.at_work(today)
    ).exists():
        raise ValidationError(_("Somebody still holds this role. Give them another one first."))
    if role.retired_at is None:
        role.retired_at = now
        role.save(update_fields=["retired_at"])
        record(by, "retired a job role", role, now)


@transaction.atomic
def assign_role(
    role: JobRole,
    people: Iterable[Person],
    *,
    starts: date,
    by: Person | None,
    now: datetime,
    replace: bool = True,
) -> list[Holding]:
    """Gives people a role from a day on; with `replace` their other roles end that day.

    Whoever holds it already keeps it. Nobody's standards come into force backwards by it: what a person has not
    acknowledged is not known to them, whatever the day. Raises PermissionDenied, ValidationError.
    """
    demand_keeper(by)
    people = list(people)
    if role.retired_at:
        raise ValidationError(_("This role is retired. Choose one in use."))
    gone = [person.name for person in people if not access.at_work(person)]
    if gone:
        raise ValidationError(_("No longer at work: %(names)s.") % {"names": ", ".join(gone[:5])})
    early = [person.name for person in people if person.joined and starts < person.joined]
    if early:
        raise ValidationError(
            _("The role would begin before they joined: %(names)s.") % {"names": ", ".join(early[:5])}
        )
    new = _without_it(role, people, starts)
    if replace:
        _end_others([person.pk for person in new], role, starts, timezone.localdate(now))
    held = Holding.objects.bulk_create(Holding(person=person, job_role=role, starts=starts) for person in new)
    if held:
        numbers = [person.number for person in new]
        record(by, "gave a job role", role, now, people=numbers, starts=starts.isoformat())
    return held


def _without_it(role: JobRole, people: list[Person], starts: date) -> list[Person]:
    open_from = Holding.objects.filter(job_role=role, person__in=people)
    held = set(open_from.filter(Q(ends=None) | Q(ends__gt=starts)).values_list("person", flat=True))
    return [person for person in people if person.pk not in held]


def _end_others(people: list[int], role: JobRole, starts: date, today: date) -> None:
    """Ends what is held on that day. What was only planned goes; what has begun since is not written over."""
    others = Holding.objects.filter(person__in=people).exclude(job_role=role)
    since = others.filter(starts__gte=starts, starts__lte=today).select_related("person").first()
    if since:
        raise ValidationError(
            _("%(name)s began another role on %(day)s. Choose a day after it.")
            % {"name": since.person.name, "day": since.starts.isoformat()}
        )
    others.filter(starts__gte=starts).delete()
    others.filter(Q(ends=None) | Q(ends__gt=starts)).update(ends=starts)


@transaction.atomic
def end_holding(holding: Holding, *, ends: date, by: Person | None, now: datetime) -> Holding:
    """`ends` is the first day on which the person no longer holds the role."""
    demand_keeper(by)
    if ends <= holding.starts:
        raise ValidationError(_("It ends after it began."))
    if holding.ends is not None and holding.ends <= ends:
        raise ValidationError(_("It has ended already."))
    holding.ends = ends
    holding.save(update_fields=["ends"])
    record(by, "ended a job role", holding.job_role, now, person=holding.person.number, ends=ends.isoformat())
    return holding


def titled(title: str) -> list[Person]:
    """Everybody at work with a title of the staff list, in any case."""
    return list(Person.objects.at_work().filter(title__iexact=tidy(title)))
