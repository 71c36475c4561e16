"""Background jobs: each looks up what it is about, and calls the story. They may run twice without harm.

The story is imported when a job runs: the web server queues jobs and never needs what they need.
"""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from andon.signals.models import Dataset

LEARN_AFTER = timedelta(seconds=15)  # somebody who sorts signals sorts more than one


@task()
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

    return story.refresh_all(timezone.now())


def learn_soon(mechanism: int = 0) -> None:
    """Once for many assignments in a row, where the queue can wait."""
    if not learn.get_backend().supports_defer:
        learn.enqueue(mechanism)
        return
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(task_path=learn.module_path, status="READY")
    if not waiting.exists():
        learn.using(run_after=timezone.now() + LEARN_AFTER).enqueue(mechanism)
