"""The first steps of a new installation."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from andon.mechanisms.access import may_register
from andon.mechanisms.models import Measure
from andon.people.access import may_bring_data, may_bring_people
from andon.people.models import Person, Team
from andon.signals.models import Dataset


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do; `url` is empty when it is somebody else's to do."""

    title: str
    text: str
    url: str
    label: str
    done: bool


def steps(person: Person) -> list[Step]:
    """Three queries; asked only while there is nothing to show."""
    data = reverse("data:list")
    return [
        Step(
            _("Bring people and teams"),
            _("Two lists: who is in which team, and who leads whom. Who may see what follows from them."),
            data if may_bring_people(person) else "",
            _("Bring people"),
            Team.objects.exists(),
        ),
        Step(
            _("Register a mechanism"),
            _(
                "The first thing customers rely on: packing a parcel, paying a refund. Say how it is "
                "measured."
            ),
            reverse("mechanisms:new") if may_register(person) else "",
            _("Register a mechanism"),
            Measure.objects.exists(),
        ),
        Step(
            _("Bring data"),
            _("A file of what happened to customers, one row for each. Charts are drawn from it at once."),
            data if may_bring_data(person) else "",
            _("Bring data"),
            Dataset.objects.in_lake().exists(),
        ),
    ]
