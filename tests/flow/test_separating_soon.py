"""Person and process are separated after data came in: soon, once, and an outcome a job."""

import pytest

from andon.attribution.models import Separation
from andon.flow import story, tasks
from andon.mechanisms.models import Measure
from andon.signals.models import Dataset
from tests.attribution.conftest import *  # noqa: F403  the interactions that people served

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("staff", "measures")]


@pytest.fixture
def queue(settings):
    """Jobs wait in the database; `queue()` are the names of those that do."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    return lambda: sorted(
        one.task_path.rpartition(".")[2] for one in DBTaskResult.objects.filter(status="READY")
    )


def test_data_that_come_in_are_separated(happened):
    story.interactions_arrived(happened(), NOW)  # noqa: F405
    assert set(Separation.objects.values_list("outcome", "problem")) == {("minutes", ""), ("settled", "")}


def test_several_files_in_a_row_are_separated_once(happened, queue):
    dataset = happened()
    story.interactions_arrived(dataset, NOW)  # noqa: F405
    story.interactions_arrived(dataset, NOW)  # noqa: F405
    assert queue() == ["audit_metrics", "follow_journeys", "separate"]


def test_each_outcome_is_a_job_of_its_own_and_keeps_no_newer_data_waiting(happened, queue):
    happened()
    tasks.separate.call()
    assert queue() == ["separate_one", "separate_one"]
    tasks.separate_soon()
    assert queue() == ["separate", "separate_one", "separate_one"]


def test_without_data_and_without_measures_what_was_computed_is_forgotten(happened):
    story.interactions_arrived(happened(), NOW)  # noqa: F405
    Measure.objects.filter(outcome="settled").delete()
    tasks.separate.call()
    assert set(Separation.objects.values_list("outcome", flat=True)) == {"minutes"}
    Dataset.objects.update(state="removed")
    tasks.separate.call()
    assert not Separation.objects.exists()
