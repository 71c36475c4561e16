"""Groups are somebody's own data: taken away by them, erased with them, and in the register of what is kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.culture.fairness.models import FairnessAuditor, GroupList, Membership
from andon.evidence.law.erasing import ALSO
from andon.evidence.law.kinds import KINDS, Kind
from andon.evidence.portable import named, register
from andon.people.models import Person


def groups(person: Person) -> Iterator[dict[str, Any]]:
    rows = Membership.objects.filter(person=person).select_related("attribute__came_in__by")
    for one in rows.order_by("attribute__name"):
        came = one.attribute.came_in
        yield {
            "attribute": one.attribute.name, "group": one.group, "what for": came.purpose,
            "by which right": came.legal_basis, "brought by": named(came.by), "at": came.at.isoformat(),
        }  # fmt: skip


def forget(person: Person) -> None:
    """Audits stay: there is nobody in them. A list that waits is let go of, as it may name them."""
    Membership.objects.filter(person=person).delete()
    GroupList.objects.filter(applied_at=None).delete()
    FairnessAuditor.objects.filter(person=person).delete()


def _due(before: datetime) -> QuerySet[Membership]:
    return Membership.objects.filter(person__left__lte=timezone.localdate(before))


register("Groups for the fairness audit", groups)
ALSO["fairness"] = forget
KINDS["groups"] = Kind(
    name=_("Groups for the fairness audit"),
    what=_(
        "Which group somebody is in, of attributes that the company records lawfully, such as an age band."
    ),
    why=_("To see whether everybody is treated alike. Shown of five people and more, never of one."),
    ground=_("What is stated when a list is brought: a law, an agreement with employees, or consent."),
    seen_by=_("The person. Fairness auditors bring the lists, and see groups of five and more."),
    days=730,
    since=_("the last day at work"),
    due=_due,
    dispose=lambda found, now: found.delete(),
)
