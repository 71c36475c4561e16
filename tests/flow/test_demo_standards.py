"""What the demo organisation expects of its people, who has read it, and what it wants to reach."""

from datetime import date, timedelta

import pytest

from andon.flow import demo_standards
from andon.flow.demo import rows
from andon.mechanisms.actions import import_register
from andon.people.actions import import_staff
from andon.people.models import Person
from andon.simulate import Sizes, simulate
from andon.standards import queries
from andon.standards.models import Cycle, Holding, Objective, Standard
from tests.cast import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TODAY = NOW.date()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "out"
    simulate(folder, end=date(2026, 3, 1), sizes=Sizes(interactions=4_000, signals=50))
    return folder


@pytest.fixture(scope="module")
def loaded(files, django_db_setup, django_db_blocker):
    """People and the register only: charts are not needed for what is expected of anybody."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        import_staff(rows(files / "teams.csv"), rows(files / "people.csv"), by=None, now=NOW)
        import_register(rows(files / "mechanisms.csv"), rows(files / "measures.csv"), None, NOW)
        demo_standards.add(NOW)
        yield
        transaction.set_rollback(True)


def known(person: Person) -> list[bool]:
    """Of what holds for somebody now, whether it was known to them through the last year, or since they began."""
    held = person.holdings.order_by("starts").first()
    begun = max(held.starts + timedelta(days=14), TODAY - timedelta(days=365))
    bars = queries.in_force_for(person, TODAY)
    return [queries.known_through(person, one.standard, begun, TODAY).met for one in bars]


def test_who_serves_customers_has_a_role_and_a_standard_that_can_be_measured(loaded):
    advisers = Person.objects.at_work(TODAY).filter(title="Customer adviser")
    for person in advisers:
        bars = queries.in_force_for(person, TODAY)
        assert [one for one in bars if one.level is not None], person


def test_most_have_known_what_is_expected_of_them_all_the_time_and_some_have_not(loaded):
    people = Person.objects.at_work(TODAY).filter(pk__in=Holding.objects.on(TODAY).values("person"))
    all_known = [all(known(person)) for person in people if known(person)]
    assert 0.8 < sum(all_known) / len(all_known) < 1


def test_one_role_has_different_bars_in_two_teams(loaded):
    bars = Standard.objects.filter(job_role__slug="customer-adviser", measure__slug="first-contact")
    levels = {
        one.team.name: one.versions.first().level
        for one in bars
        if one.measure.mechanism.slug == "phone-line"
    }
    assert len(set(levels.values())) == 2


def test_a_frozen_cycle_and_an_open_one_and_a_tree_of_which_one_top_reaches_nobody(loaded):
    assert {cycle.state for cycle in Cycle.objects.all()} == {"frozen", "open"}
    shared = Objective.objects.shared().filter(cycle__frozen_at=None)
    tops = shared.filter(parent=None)
    assert tops.filter(measure=None).count() == 1
    assert shared.exclude(parent=None).exists()
    assert Objective.objects.filter(person__isnull=False).exists()
