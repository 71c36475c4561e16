"""Clusters are looked for soon after signals came, and every day."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from andon.flow import story, tasks
from andon.watch.models import Cluster
from tests.cast import NOW
from tests.watch.saying import burst, chatter, heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(settings):
    """Jobs wait as rows, as they do outside the tests."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return DBTaskResult.objects.filter(task_path=tasks.listen.module_path, status="READY")


def test_what_many_say_is_found_when_their_words_come_in():
    heard(chatter(NOW))
    heard(burst(NOW))
    assert story.listen(NOW) == 1
    assert Cluster.objects.going_on().exists()


def test_several_files_in_a_row_are_listened_to_once(queue):
    for _ in range(3):
        tasks.listen_soon(look_back=True)
    assert queue.count() == 1


def test_it_listens_again_tomorrow_and_only_once(queue):
    for _ in range(3):
        tasks.listen_tomorrow()
    assert queue.count() == 1


def test_a_file_that_comes_today_does_not_wait_for_tomorrow(queue):
    tasks.listen_tomorrow()
    tasks.listen_soon()
    soon, tomorrow = sorted(queue.values_list("run_after", flat=True))
    assert tomorrow - soon > timedelta(hours=23)


def test_listening_puts_itself_on_for_tomorrow(queue):
    tasks.listen.call()
    assert queue.count() == 1
