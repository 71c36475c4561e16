"""After a worker was killed: what it was doing is done again."""

from datetime import datetime

from django.db.models import Max

from andon.attribution.models import Separation
from andon.culture.journeys.models import JourneyReport
from andon.flow import reminders, tasks
from andon.growth.actions.feedback import let_go
from andon.growth.actions.promises import note_passed_on
from andon.people.actions import see_out
from andon.plans.actions import close_for_leavers
from andon.signals import lock
from andon.signals.models import Dataset
from andon.watch.models import Chart

State = Dataset.State


def recover(now: datetime) -> int:
    """Queues files again that nobody reads any more though they are said to be read; how many.

    Safe while other workers run: a file that a living process reads is locked, and one that is queued twice
    is
    read once. Charts older than the newest data are computed anew.
    """
    left = [
        d
        for d in Dataset.objects.filter(state__in=[State.QUEUED, State.READING])
        if not lock.is_read(d.folder)
    ]
    for dataset in left:
        Dataset.objects.filter(pk=dataset.pk, state=State.READING).update(state=State.QUEUED, progress=0)
        tasks.read.enqueue(dataset.pk)
    see_out(now)
    close_for_leavers(now)
    note_passed_on(now)
    let_go(now)
    tasks.listen_tomorrow()
    reminders.remind_tomorrow(now)
    tasks.climb_in_a_minute()
    newest = Dataset.objects.in_lake().aggregate(at=Max("finished_at"))["at"]
    if newest and not Chart.objects.filter(computed_at__gte=newest).exists():
        tasks.refresh.enqueue()
    elif newest and not Separation.objects.filter(computed_at__gte=newest).exists():
        tasks.separate_soon()
    if newest and not JourneyReport.objects.filter(computed_at__gte=newest).exists():
        tasks.follow_soon()
    return len(left)
