"""The job that climbs every minute keeps itself going, once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andon.escalations.models import Breach
from andon.flow import recovery, tasks

pytestmark = pytest.mark.django_db
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture(autouse=True)
def queue(settings):
    settings.TASKS = QUEUE


def waiting():
    return DBTaskResult.objects.filter(task_path=tasks.climb.module_path, status="READY")


def test_starting_twice_leaves_one_job_waiting(db):
    tasks.climb_in_a_minute()
    tasks.climb_in_a_minute()
    assert waiting().count() == 1


def test_a_job_queues_the_next_before_it_does_anything(cast, monkeypatch):
    from andon.flow import story

    monkeypatch.setattr(story, "climb", lambda now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.climb.call()
    assert waiting().count() == 1


def test_after_a_start_it_runs_again(cast):
    recovery.recover(timezone.now())
    assert waiting().count() == 1


def test_a_job_records_what_is_late(cast):
    from andon.escalations.actions import raise_escalation

    raise_escalation(
        by=cast.alice, now=timezone.now() - timedelta(minutes=90), mechanism=cast.labels, note="?"
    )
    assert tasks.climb.call() == 1
    assert Breach.objects.count() == 1


def test_what_became_of_it_an_hour_ago_is_forgotten(cast):
    tasks.climb_in_a_minute()
    ago = timezone.now() - timedelta(hours=2)
    waiting().update(status="SUCCESSFUL", finished_at=ago)
    tasks.climb.call()
    assert not DBTaskResult.objects.filter(status="SUCCESSFUL").exists()
