"""What came back: counted when a question is closed, so that nobody has to take "fixed" on trust."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.escalations.models import Escalation, InPlace
from andon.people import saying
from andon.signals.models import Signal
from andon.watch.models import ChartException


def recurrence_of(escalation: Escalation, now: datetime) -> str:
    """Sentences without anybody's words: points out since it was mended, and customers who wrote, before and since."""
    since = mended_at(escalation)
    if since is None or since >= now:
        return ""
    said = [_points(escalation, since), _customers(escalation, since, now)]
    return " ".join(filter(None, said))


def mended_at(escalation: Escalation) -> datetime | None:
    """When the last change came; without one, when it was explained or made right."""
    changed = InPlace.objects.filter(countermeasure__escalation=escalation).order_by("-since").first()
    facts = escalation.facts
    return changed.since if changed else facts.explained_at or facts.made_right_at


def _points(escalation: Escalation, since: datetime) -> str:
    if not escalation.measure_id:
        return ""
    marked = ChartException.objects.filter(measure=escalation.measure_id, withdrawn_at=None, at__gte=since)
    n = marked.exclude(worse=False).count()
    told = {"n": saying.thousands(n), "day": saying.day(since), "measure": escalation.measure.name}
    if not n:
        return _("Since %(day)s no point of %(measure)s stood out for the worse.") % told
    return (
        ngettext(
            "Since %(day)s %(n)s point of %(measure)s stood out for the worse.",
            "Since %(day)s %(n)s points of %(measure)s stood out for the worse.",
            n,
        )
        % told
    )


def _customers(escalation: Escalation, since: datetime, now: datetime) -> str:
    if not escalation.mechanism_id:
        return ""
    after, before = (
        _wrote(escalation, start, end) for start, end in ((since, now), (since - (now - since), since))
    )
    return _(
        "Customers who wrote about %(mechanism)s since then: %(after)s; in as long before: %(before)s."
    ) % {
        "after": saying.thousands(after),
        "before": saying.thousands(before),
        "mechanism": escalation.mechanism.name,
    }


def _wrote(escalation: Escalation, start: datetime, end: datetime) -> int:
    said = Signal.objects.filter(
        mechanism=escalation.mechanism_id, received_at__gte=start, received_at__lt=end
    )
    return said.values("customer").distinct().count()
