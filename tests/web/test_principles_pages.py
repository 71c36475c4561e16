"""Principles as behaviour: read by everybody, kept by HR partners."""

import pytest
from django.urls import reverse

from andon.standards.models import Behaviour, Principle

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return "principles"


def test_everybody_reads_principles_with_their_behaviours(cast, page):
    text = page(cast.charlie, "list")
    assert "Customer obsession" in text
    assert "Checks with the customer that what was done helped." in text
    assert "A new principle" not in text


def test_the_steps_of_a_behaviour_stand_in_words(cast, page):
    assert "Works around the problem and leaves it there." in page(cast.alice, "show", "ownership")


def test_a_principle_of_one_s_own_with_a_behaviour(cast, client, page):
    client.force_login(cast.hana)
    client.post(reverse("principles:new"), {"name": "Quiet hands", "meaning": "We finish."})
    told = {"text": "Closes what was begun.", "step_1": "Leaves it open.", "step_2": "Closes it."}
    client.post(reverse("principles:new_behaviour", args=["quiet-hands"]), told)
    assert "Closes it." in page(cast.alice, "show", "quiet-hands")


def test_without_two_steps_it_says_that_there_is_no_scale(cast, client, page):
    client.force_login(cast.hana)
    client.post(reverse("principles:new_behaviour", args=["ownership"]), {"text": "Waves.", "step_1": "No."})
    assert "No scale" in page(cast.alice, "show", "ownership")


def test_two_steps_of_the_same_words_are_refused(cast, client):
    client.force_login(cast.hana)
    told = {"text": "Waves.", "step_1": "No.", "step_2": "no."}
    answer = client.post(reverse("principles:new_behaviour", args=["ownership"]), told)
    assert answer.status_code == 422
    assert not Behaviour.objects.filter(text="Waves.").exists()


def test_a_retired_principle_can_be_brought_back(cast, client, page):
    client.force_login(cast.hana)
    client.post(reverse("principles:retire", args=["ownership"]))
    assert "/principles/ownership/" not in page(cast.alice, "list")
    client.force_login(cast.hana)
    client.post(reverse("principles:bring_back", args=["ownership"]))
    assert Principle.objects.in_use().filter(slug="ownership").exists()
