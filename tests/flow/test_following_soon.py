"""Customers are followed anew after data came in: soon, once for several files, and after a restart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from andon.culture.journeys.models import JourneyReport
from andon.flow import recovery, story, tasks
from tests.culture.ways import NOW, bring, register, row, say, usual

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.UPLOADS, settings.LAKE = tmp_path / "uploads", tmp_path / "lake"
    register("orders", "phone", "refunds")


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    named = DBTaskResult.objects.filter(status="READY", task_path=tasks.follow_journeys.module_path)
    return named.count


def test_data_that_come_in_are_followed(tmp_path):
    story.interactions_arrived(bring(tmp_path, usual()), NOW)
    assert JourneyReport.objects.get().problem == ""


def test_several_files_in_a_row_are_followed_once_and_signals_too(tmp_path, queue):
    story.interactions_arrived(bring(tmp_path, usual()), NOW)
    story.signals_arrived(say(tmp_path, [{"at": NOW.isoformat(), "text": "Hm", "customer": "c1"}]), NOW)
    assert queue() == 1


def test_after_a_restart_older_journeys_are_followed_anew(tmp_path, queue):
    bring(tmp_path, [row(1, 1, "phone")])
    recovery.recover(timezone.now())
    assert queue() == 1
    tasks.follow_journeys.call()
    assert JourneyReport.objects.exists()


def test_after_a_restart_journeys_that_are_up_to_date_are_left(tmp_path, queue):
    dataset = bring(tmp_path, [row(1, 1, "phone")])
    JourneyReport.objects.create(computed_at=dataset.finished_at + timedelta(minutes=1))
    recovery.recover(timezone.now())
    assert queue() == 0
