"""Who sees what was computed: of the system everybody, of a person that person and nobody else."""

import pytest

from andon.attribution.models import Estimate, Separation
from tests.attribution.separated import estimate, separation
from tests.house.permissions import EVERYBODY

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_alice(cast):
    return estimate(cast.alice, separation())


@pytest.mark.parametrize("who", sorted(EVERYBODY - {"alice"}))
def test_nobody_else_reaches_an_estimate_whatever_their_role(cast, of_alice, who):
    assert not Estimate.objects.visible_to(getattr(cast, who)).exists()


def test_a_person_reaches_their_own_estimate(cast, of_alice):
    assert Estimate.objects.visible_to(cast.alice).get() == of_alice


def test_somebody_who_left_reaches_nothing_not_even_their_own(cast, of_alice):
    estimate(cast.lea, of_alice.separation)
    assert not Estimate.objects.visible_to(cast.lea).exists()
    assert not Separation.objects.visible_to(cast.lea).exists()


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everybody_at_work_reads_a_separation(cast, of_alice, who):
    assert Separation.objects.visible_to(getattr(cast, who)).exists()
