"""Somebody whose last day has passed comes no further than the door."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


def leave(person, days_ago: int) -> None:
    person.left = timezone.localdate() - timedelta(days=days_ago)
    person.save()


def test_who_works_here_signs_in(client, cast):
    assert sign_in(client, cast.alice).url == "/"


def test_who_left_yesterday_does_not(client, cast):
    leave(cast.alice, 1)
    assert sign_in(client, cast.alice).url == reverse("account_inactive")
    assert client.get(reverse("home")).status_code == 302


def test_until_the_last_day_somebody_signs_in(client, cast):
    leave(cast.alice, -7)
    assert sign_in(client, cast.alice).url == "/"


def test_an_open_session_shows_nothing_of_the_register_after_the_last_day(client, cast):
    client.force_login(cast.alice)
    leave(cast.alice, 1)
    assert "Address labels" not in client.get(reverse("mechanisms:list")).content.decode()
    assert client.get(reverse("mechanisms:show", args=["labels"])).status_code == 404
    assert client.get(reverse("home")).status_code == 200
