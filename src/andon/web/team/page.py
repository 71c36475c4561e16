"""All that the page of one person shows, gathered in a fixed number of queries."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.growth.line import LINE
from andon.growth.models import Coaching, OneToOne, Promise
from andon.mechanisms.models import Measure, Mechanism
from andon.people.access import at_work
from andon.people.models import Person
from andon.plans.words import label
from andon.standards.models import Acknowledgement, Objective
from andon.standards.queries import in_force_for
from andon.web.team.linking import address
from andon.web.team.subject import mechanisms_of

MOST = 50  # coaching notes and promises; older ones are in the record


def gathered(reader: Person, person: Person, right: str, now: datetime) -> dict[str, Any]:
    """`right` is that by which the reader reads: "line" or "hr"."""
    today = timezone.localdate(now)
    versions = in_force_for(person, today)
    read = Acknowledgement.objects.of(person).filter(version__in=[one.pk for one in versions])
    read_on = dict(read.order_by("-at").values_list("version", "at"))
    return {
        "person": person,
        "now": now,
        "today": today,
        "mechanisms": _mechanisms(person),
        "expected": [(version, read_on.get(version.pk)) for version in versions],
        "objectives": Objective.objects.visible_to(reader).of(person).kept().order_by("-made_at")[:10],
        "promises": Promise.objects.to(person)
        .listed()
        .select_related("owed_by")
        .with_ower()
        .order_by("-due")[:MOST],
        "coaching": Coaching.objects.about(person)
        .with_next()
        .select_related("by", "mechanism", "standard")[:MOST],
        "talk": OneToOne.objects.filter(person=person, manager=reader, on__gte=today).order_by("on").first(),
        "reports": Person.objects.at_work().filter(manager=person)[:MOST],
        "may_coach": right == LINE and at_work(person),
        "may_promise": at_work(person),
        "links": [(name, url) for name, url in _links(person) if url],
    }


def _mechanisms(person: Person) -> QuerySet[Mechanism]:
    """With whether a measure of it is out now."""
    out = Measure.objects.in_use().filter(mechanism=OuterRef("pk"), chart__out=True)
    return mechanisms_of(person).annotate(out=Exists(out)).order_by("-out", "name")


def _links(person: Person) -> list[tuple[str, str]]:
    key = str(person.pk)
    way = _("Before any {plan}: six conditions, each with its reason").format(plan=label())
    return [(_("Their record"), address("record:show", key)), (way, address("plans:way", key))]
