"""Background jobs: each looks up what it is about, and calls the story. They may run twice without harm."""

from django.tasks import task
from django.utils import timezone

from andon.flow import story
from andon.signals.models import Dataset


@task()
def read(dataset: int) -> bool:
    """Reads a file that was brought, and does what follows from it."""
    return story.read(Dataset.objects.get(pk=dataset), timezone.now())


@task()
def learn(mechanism: int = 0) -> int:
    """Suggests mechanisms anew, from what people have assigned so far."""
    return story.learn(timezone.now())


@task()
def refresh(dataset: int = 0) -> int:
    """Computes every chart anew."""
    return story.refresh_all(timezone.now())
