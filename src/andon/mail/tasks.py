"""Mail goes out every minute by the worker too, where no process of its own does it."""

from datetime import timedelta

from django.conf import settings
from django.tasks import task
from django.utils import timezone

MINUTE = timedelta(minutes=1)
KEPT = timedelta(hours=1)  # what became of a job that runs every minute


@task(priority=40)
def send() -> int:
    """What waits; how many went out."""
    from andon.mail.sending import send_waiting

    send_in_a_minute()
    _forget()
    return send_waiting().sent


def send_in_a_minute() -> None:
    """Once, however many workers there are; queued before it is done, so that a kill in between ends nothing."""
    if not settings.MAIL_GOES_OUT or not send.get_backend().supports_defer:
        return
    if not _jobs().filter(status="READY").exists():
        send.using(run_after=timezone.now() + MINUTE).enqueue()


def _forget() -> None:
    if send.get_backend().supports_defer:
        _jobs().filter(status="SUCCESSFUL", finished_at__lt=timezone.now() - KEPT).delete()


def _jobs():
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(task_path=send.module_path)
