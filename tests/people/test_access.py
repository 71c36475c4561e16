"""Who somebody is to the house, and whom they may look up."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from andon.mechanisms.access import owns
from andon.people import access, actions
from andon.people.models import Deed, Person

pytestmark = pytest.mark.django_db

ROLES = {
    "alice": {"employee"},
    "martin": {"employee", "manager"},
    "mona": {"employee", "manager", "owner"},
    "olga": {"employee", "owner"},
    "charlie": {"employee", "owner"},
    "lena": {"employee", "manager", "leader"},
    "hana": {"employee", "hr_partner"},
    "ana": {"employee", "analyst"},
    "adam": {"employee", "administrator"},
    "lea": set(),
}

PHONES = {"martin", "alice", "bob"}
SEEN = {
    "alice": PHONES | {"lena"},
    "martin": PHONES | {"lena"},
    "charlie": {"charlie", "mona", "lena"},
    "mona": {"charlie", "mona", "lena"},
    "olga": {"olga", "lena"},
    "ana": {"ana", "lena", "hana", "adam", "frank"},
    "lea": set(),
}


def names(people):
    return {person.email.split("@")[0] for person in people}


@pytest.mark.parametrize("who", ROLES)
def test_roles_follow_from_the_list_the_register_and_grants(cast, who):
    assert access.roles_of(getattr(cast, who)) == ROLES[who]


def test_roles_are_one_query_and_kept(cast, django_assert_num_queries):
    lena = Person.objects.get(number="1")
    with django_assert_num_queries(1):
        access.roles_of(lena)
        access.roles_of(lena)


def test_a_stranger_has_no_role():
    assert access.roles_of(AnonymousUser()) == frozenset()
    assert access.roles_of(None) == frozenset()


def test_a_manager_of_leavers_alone_is_no_manager(cast):
    Person.objects.filter(manager=cast.martin).update(is_active=False)
    assert "manager" not in access.roles_of(cast.martin)


def test_the_owner_of_nothing_but_a_retired_mechanism_is_no_owner(cast):
    cast.labels.retired_at = cast.now
    cast.labels.save()
    assert "owner" not in access.roles_of(cast.olga)


def test_somebody_whose_last_day_has_passed_has_no_role_even_before_they_are_seen_out(cast):
    cast.adam.left = timezone.localdate() - timedelta(days=1)
    assert access.roles_of(cast.adam) == frozenset()


@pytest.mark.parametrize("who", SEEN)
def test_people_look_up_their_team_and_their_line(cast, who):
    assert names(Person.objects.visible_to(getattr(cast, who)).at_work()) == SEEN[who]


def test_another_manager_sees_nobody_of_phones(cast):
    assert not names(Person.objects.visible_to(cast.mona)) & (PHONES | {"lea"})


@pytest.mark.parametrize("who", ["lena", "hana", "adam"])
def test_leaders_hr_and_administrators_look_up_everybody(cast, who):
    assert Person.objects.visible_to(getattr(cast, who)).count() == Person.objects.count()


@pytest.mark.parametrize(
    ("who", "yes"),
    [("olga", True), ("mona", False), ("alice", False), ("lena", True), ("adam", False), ("lea", False)],
)
def test_labels_are_owned_by_their_owner_and_the_line_above_the_owning_team(cast, who, yes):
    assert owns(getattr(cast, who), cast.labels) is yes


def test_a_member_of_the_owning_team_owns(cast):
    assert owns(cast.charlie, cast.refunds)


def test_an_owner_who_left_owns_nothing(cast):
    cast.olga.is_active = False
    assert not owns(cast.olga, cast.labels)


def test_a_role_is_given_once_and_recorded(cast):
    actions.grant(cast.olga, "analyst", by=cast.adam, now=cast.now)
    actions.grant(cast.olga, "analyst", by=cast.adam, now=cast.now)
    assert "analyst" in access.roles_of(cast.olga)
    assert Deed.objects.filter(verb="gave a role", thing="person 30").count() == 1


@pytest.mark.parametrize("who", ["hana", "lena", "ana", "martin"])
def test_only_an_administrator_gives_roles(cast, who):
    with pytest.raises(PermissionDenied):
        actions.grant(cast.olga, "leader", by=getattr(cast, who), now=cast.now)


def test_a_role_that_follows_is_not_given(cast):
    with pytest.raises(ValidationError, match="not a role that is granted"):
        actions.grant(cast.olga, "manager", by=cast.adam, now=cast.now)


def test_a_leaver_is_given_no_role(cast):
    with pytest.raises(ValidationError, match="does not work here"):
        actions.grant(cast.lea, "leader", by=cast.adam, now=cast.now)


def test_a_role_is_taken_again(cast):
    actions.withdraw(cast.ana, "analyst", by=cast.adam, now=cast.now)
    assert "analyst" not in access.roles_of(cast.ana)


def test_the_last_administrator_keeps_the_role(cast):
    with pytest.raises(ValidationError, match="last administrator"):
        actions.withdraw(cast.adam, "administrator", by=cast.adam, now=cast.now)


def test_a_leaver_does_not_count_as_another_administrator(cast):
    actions.grant(cast.olga, "administrator", by=cast.adam, now=cast.now)
    Person.objects.filter(pk=cast.olga.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="last administrator"):
        actions.withdraw(cast.adam, "administrator", by=cast.adam, now=cast.now)


def test_somebody_sets_their_own_password(cast, client):
    actions.set_password(cast.alice, "a long enough phrase", by=cast.alice, now=cast.now)
    assert client.login(email="alice@example.com", password="a long enough phrase")


def test_a_manager_does_not_set_the_password_of_a_report(cast):
    with pytest.raises(PermissionDenied):
        actions.set_password(cast.alice, "a long enough phrase", by=cast.martin, now=cast.now)


def test_a_short_password_is_refused(cast):
    with pytest.raises(ValidationError, match="too short"):
        actions.set_password(cast.alice, "short", by=cast.alice, now=cast.now)


def test_no_password_is_written_to_the_audit_trail(cast):
    actions.set_password(cast.alice, "a long enough phrase", by=cast.alice, now=cast.now)
    assert "phrase" not in str(Deed.objects.get(verb="set a password").detail)
