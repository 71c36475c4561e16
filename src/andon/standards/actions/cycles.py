"""Cycles of objectives: drafted, opened, frozen."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.people.models import Person
from andon.people.trail import record
from andon.standards.actions.checking import demand_keeper, free_slug, refuse, sentence
from andon.standards.models import Cycle
from andon.standards.rules import aligning


@transaction.atomic
def begin_cycle(name: str, *, starts: date, ends: date, by: Person | None, now: datetime) -> Cycle:
    """A draft: objectives can be written in it, check-ins wait. Raises PermissionDenied, ValidationError."""
    demand_keeper(by)
    name = sentence(name, 120, _("what the cycle is called"))
    if ends < starts:
        raise ValidationError({"ends": _("It ends after it starts.")})
    if Cycle.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": _("There is a cycle of this name already.")})
    slug = free_slug(name, Cycle.objects.values_list("slug", flat=True), "cycle")
    cycle = Cycle.objects.create(slug=slug, name=name, starts=starts, ends=ends)
    record(by, "drafted a cycle", cycle, now, name=name)
    return cycle


def open_cycle(cycle: Cycle, *, by: Person | None, now: datetime) -> Cycle:
    return _move(cycle, "open", by, now)


def freeze_cycle(cycle: Cycle, *, by: Person | None, now: datetime) -> Cycle:
    """From here on nothing in it changes; what was wrong is said in a dated note."""
    return _move(cycle, "frozen", by, now)


@transaction.atomic
def _move(cycle: Cycle, wanted: str, by: Person | None, now: datetime) -> Cycle:
    demand_keeper(by)
    locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
    refuse(aligning.problem_moving(locked.state, wanted))
    step = "opened" if wanted == "open" else "frozen"
    setattr(locked, f"{step}_at", now)
    setattr(locked, f"{step}_by", by)
    locked.save()
    record(by, f"{step} a cycle", locked, now, name=locked.name)
    return locked
