"""Classes that are not in the ledger: who read a record, what was computed, and who somebody was."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.attribution.models import Estimate
from andon.evidence.law.kinds import CONTRACT, DUTY, INTEREST, KINDS, LINE_AND_HR, Kind
from andon.evidence.models import Reading
from andon.people.models import Person

ERASED = "erased-"
"""How the staff number of somebody begins who was pseudonymised."""


def _readings(before: datetime) -> QuerySet:
    return Reading.objects.filter(last_at__lt=before)


def _estimates(before: datetime) -> QuerySet:
    return Estimate.objects.filter(person__left__lte=timezone.localdate(before))


def _leavers(before: datetime) -> QuerySet:
    gone = Person.objects.filter(left__lte=timezone.localdate(before))
    return gone.exclude(number__startswith=ERASED)


def _pseudonymise(people: QuerySet, now: datetime) -> None:
    from andon.evidence.law.erasing import erase_person  # the other way round it looks up what is erased

    for person in people:
        erase_person(person, why="retention", by=None, now=now)


KINDS |= {
    "readings": Kind(
        name=_("Who read a record"),
        what=_("Reader, right, page and time of every reading of somebody else’s record."),
        why=_("So that everybody can see who looked at what is kept about them."),
        ground=DUTY, seen_by=_("The person, and HR partners who answer for it."), days=1095,
        since=_("the last reading"), due=_readings, dispose=lambda found, now: found.delete(),
    ),
    "estimates": Kind(
        name=_("What is computed about a person"),
        what=_("For some outcomes: an estimate, with its uncertainty, of what is the person’s and what is the work’s."),
        why=_("To keep chance and the process from being taken for the person."),
        ground=INTEREST, seen_by=_("The person alone; their line and HR partners once a gate is examined, and noted."),
        days=90, since=_("the last day at work"), due=_estimates, dispose=lambda found, now: found.delete(),
    ),
    "leavers": Kind(
        name=_("Staff list"),
        what=_("Name, work e-mail, staff number, team, title, site, manager, first and last day."),
        why=_("To know who works here, and who may see what."),
        ground=CONTRACT, seen_by=_("Colleagues who may look somebody up; those who left: HR and administrators."),
        days=1095, since=_("the last day at work"), due=_leavers, dispose=_pseudonymise, of="pk",
    ),
}  # fmt: skip

__all__ = ["KINDS", "LINE_AND_HR"]
