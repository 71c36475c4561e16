"""A made-up organisation, brought in as a user would, small."""

from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings

from andon.escalations.models import Escalation
from andon.flow.demo import load_demo
from andon.people.models import Person
from andon.signals.models import Dataset, Signal
from andon.simulate import Sizes, simulate
from andon.watch.models import Chart
from andon.watch.queries import wall
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "out"
    simulate(folder, end=date(2026, 3, 1), sizes=Sizes(interactions=20_000, signals=600))
    return folder


@pytest.fixture(scope="module")
def loaded(files, django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for all tests here, which only look at it; undone at the end."""
    home = tmp_path_factory.mktemp("home")
    places = override_settings(UPLOADS=home / "uploads", LAKE=home / "lake")
    with django_db_blocker.unblock(), places, transaction.atomic():
        load_demo(files, None, NOW)
        yield
        transaction.set_rollback(True)


def test_everything_comes_in(loaded):
    assert Person.objects.count() == 240
    assert Signal.objects.count() == 600
    datasets = {d.holds: d for d in Dataset.objects.all()}
    assert {d.state for d in datasets.values()} == {"done"}
    assert datasets["interactions"].rows == 20_000
    assert {d.refused for d in datasets.values()} == {0}


def test_every_measure_has_a_chart(loaded):
    assert Chart.objects.filter(latest=None).count() == 0
    leader = Person.objects.with_role("leader").get()
    assert "out of spec" in wall(leader).sentence


def test_there_are_questions_in_every_state(loaded):
    everything = Escalation.objects.all()
    assert everything.filter(ownerships=None).exists()
    assert everything.filter(ownerships__isnull=False, closing=None).exists()
    assert everything.filter(closing__isnull=False).exists()
    assert everything.filter(mechanism=None).exists()


def test_workers_are_in_the_lake_and_nowhere_else(loaded):
    assert all("worker" not in signal.raw for signal in Signal.objects.all()[:50])
