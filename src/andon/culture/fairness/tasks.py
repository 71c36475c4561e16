"""The background job of an audit. It may run twice without harm."""

from django.tasks import task
from django.utils import timezone


@task()
def audit(key: int) -> None:
    from andon.culture.fairness.auditing import make

    make(key, timezone.now())


def start(key: int) -> None:
    audit.enqueue(key)
