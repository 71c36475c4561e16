"""Background jobs: each looks up what it is about, and calls the story. They may run twice without harm.

The story is imported when a job runs: the web server queues jobs and never needs what they need.
"""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from andon.mechanisms.models import Measure
from andon.signals.models import Dataset

DAILY, MINUTE = timedelta(days=1), timedelta(minutes=1)
KEPT = timedelta(hours=1)  # what became of a job that runs every minute
SEPARATE_AFTER = timedelta(seconds=30)  # files come in several at a time, and charts come first
LEARN_AFTER = timedelta(seconds=15)  # somebody who sorts signals sorts more than one
AWAITED, SLOWLY = 20, -20  # what somebody waits for goes first, what computes for minutes last


@task(priority=AWAITED)
def read(dataset: int) -> bool:
    """Reads a file that was brought, and does what follows from it."""
    from andon.flow import story

    return story.read(Dataset.objects.get(pk=dataset), timezone.now())


@task()
def learn(mechanism: int = 0) -> int:
    """Suggests mechanisms anew, from what people have assigned so far."""
    from andon.flow import story

    return story.learn(timezone.now())


@task()
def refresh(dataset: int = 0) -> int:
    """Computes every chart anew."""
    from andon.flow import story

    return story.brought_anew(timezone.now())


@task(priority=SLOWLY)
def separate() -> int:
    """Separates person and process anew, an outcome a job: other jobs need not wait for all of them."""
    from andon.flow import story

    outcomes = story.to_separate()
    for outcome in outcomes:
        separate_one.enqueue(outcome)
    return len(outcomes)


@task(priority=SLOWLY)
def separate_one(outcome: str) -> int:
    from andon.flow import story

    return story.separate(timezone.now(), [outcome])


@task(priority=SLOWLY)
def audit_metrics() -> int:
    """Counts the contact centre anew, and audits which metrics matter to customers, an outcome a job."""
    from andon.flow import story

    story.count_contacts(timezone.now())
    outcomes = story.outcomes_to_audit()
    for outcome in outcomes:
        audit_metrics_of.enqueue(outcome)
    return len(outcomes)


@task(priority=SLOWLY)
def audit_metrics_of(outcome: str) -> int:
    from andon.flow import story

    return story.audit_metrics(timezone.now(), [outcome])


@task()
def judge() -> int:
    """Judges the changes whose window is over, every day."""
    from andon.flow import story

    return story.judge(timezone.now())


@task(priority=AWAITED)
def recompute(measure: int) -> int:
    """Computes one chart anew: a verified change began a new phase."""
    from andon.flow import story

    return story.register_changed(Measure.objects.filter(pk=measure), timezone.now())


@task()
def listen(look_back: bool = False) -> int:
    """Looks through what customers said for clusters, today and every day."""
    from andon.evidence.tasks import keep_no_longer
    from andon.flow import story
    from andon.growth.actions.feedback import let_go

    listen_tomorrow()
    let_go(timezone.now())  # rounds that ended today with too few answers
    keep_no_longer.enqueue()  # what was kept long enough
    judge.enqueue()
    look_for_silence.enqueue()
    follow_soon()
    return story.listen(timezone.now(), look_back or None)


@task(priority=50)
def climb() -> int:
    """Every minute, before other jobs: promises that were not kept climb the line; a pulse that is over is counted."""
    from andon.flow import pulse, story

    climb_in_a_minute()
    _forget(climb)
    climbed = story.climb(timezone.now())
    pulse.keep_up(timezone.now())
    return climbed


def climb_in_a_minute() -> None:
    """Once, however many workers there are; queued before it is done, so that a kill in between ends nothing."""
    if climb.get_backend().supports_defer and not _waiting(climb).exists():
        climb.using(run_after=timezone.now() + MINUTE).enqueue()


def _forget(job) -> None:
    from django_tasks_db.models import DBTaskResult

    if job.get_backend().supports_defer:
        done = DBTaskResult.objects.filter(task_path=job.module_path, status="SUCCESSFUL")
        done.filter(finished_at__lt=timezone.now() - KEPT).delete()


@task()
def look_for_silence() -> None:
    """Where customers complain and nobody asks; every day, after it was listened."""
    from andon.flow import story

    story.look_for_silence(timezone.now())


@task(priority=SLOWLY)
def follow_journeys() -> None:
    """Follows customers anew through all that happened to them: after new data, and every day."""
    from andon.flow import story

    story.follow_journeys(timezone.now())


def follow_soon() -> None:
    """Once for several files in a row, where the queue can wait."""
    if not follow_journeys.get_backend().supports_defer:
        follow_journeys.enqueue()
        return
    if not _waiting(follow_journeys).exists():
        follow_journeys.using(run_after=timezone.now() + SEPARATE_AFTER).enqueue()


def listen_soon(look_back: bool = False) -> None:
    """Once for several files in a row, where the queue can wait."""
    if not listen.get_backend().supports_defer:
        listen.enqueue(look_back)
        return
    soon = timezone.now() + LEARN_AFTER
    if not _waiting(listen).filter(run_after__lte=soon).exists():
        listen.using(run_after=soon).enqueue(look_back)


def listen_tomorrow() -> None:
    """A cluster shows in the week it appears: what is usual changes also on days without a new file."""
    if (
        listen.get_backend().supports_defer
        and not _waiting(listen).filter(run_after__gt=timezone.now()).exists()
    ):
        listen.using(run_after=timezone.now() + DAILY).enqueue()


def _waiting(job):
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(task_path=job.module_path, status="READY")


def learn_soon(mechanism: int = 0) -> None:
    """Once for many assignments in a row, where the queue can wait."""
    if not learn.get_backend().supports_defer:
        learn.enqueue(mechanism)
        return
    if not _waiting(learn).exists():
        learn.using(run_after=timezone.now() + LEARN_AFTER).enqueue(mechanism)


def separate_soon() -> None:
    """Once for several files in a row, where the queue can wait."""
    _once_soon(separate)


def audit_metrics_soon() -> None:
    """Once for several files in a row, where the queue can wait."""
    _once_soon(audit_metrics)


def _once_soon(job) -> None:
    if not job.get_backend().supports_defer:
        job.enqueue()
        return
    if not _waiting(job).exists():
        job.using(run_after=timezone.now() + SEPARATE_AFTER).enqueue()
