"""Who may know of which cluster."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from andon.people.access import roles_of
from andon.signals.access import SEE_ALL
from andon.signals.models import Signal


def visible(clusters, person):
    """`clusters` that `person` may know of.

    Leaders, analysts and administrators know all. Others know those of which they may read at least one
    signal, and those that they asked about or were asked about.
    """
    roles = roles_of(person)
    if not roles:
        return clusters.none()
    if roles & SEE_ALL:
        return clusters
    return clusters.filter(Q(_reads_one(person)) | Q(pk__in=_asked(clusters, person)))


def _reads_one(person) -> Exists:
    """Looked up cluster by cluster, and no further than the first signal that may be read."""
    members = apps.get_model("watch", "Membership").objects.filter(cluster=OuterRef("pk"))
    return Exists(read_by(members, person).order_by())


def read_by(members, person):
    """Of `members`, those whose signal `person` may read; looked up one by one, as most people read thousands."""
    return members.filter(Exists(Signal.objects.filter(pk=OuterRef("signal")).visible_to(person).order_by()))


def _asked(clusters, person):
    """Questions are a stage above this one, so they are reached through the relation they hold to a cluster."""
    tied = Q(escalations__raised_by=person) | Q(escalations__to_person=person)
    if person.team_id:
        tied |= Q(escalations__to_team=person.team_id)
    return clusters.model.objects.filter(tied).order_by().values("pk")
