"""Who may audit, how lists are recorded, and what becomes of them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.culture.fairness import access, actions
from andon.culture.fairness.models import Attribute, GroupList, Membership
from andon.evidence.law import erasing
from andon.evidence.portable import parts_of
from andon.people.models import Deed, Grant
from tests.culture import fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return fair.company(people=12, managers=1)


def test_an_hr_partner_sees_no_group_before_being_named_and_accepting(house):
    assert not access.is_auditor(house.hana)
    actions.name_auditor(house.hana, "Yearly", by=house.adam, now=fair.NOW)
    assert not access.is_auditor(house.hana)
    actions.accept(by=house.hana, now=fair.NOW)
    assert access.is_auditor(house.hana)
    assert Deed.objects.filter(verb__contains="fairness auditor").count() == 2


def test_nobody_names_themselves(house):
    with pytest.raises(PermissionDenied):
        actions.name_auditor(house.hana, "Yearly", by=house.hana, now=fair.NOW)


@pytest.mark.parametrize("who", ["ana"])
def test_an_analyst_names_nobody(house, who):
    with pytest.raises(PermissionDenied):
        actions.name_auditor(house.hana, "Yearly", by=getattr(house, who), now=fair.NOW)


def test_a_manager_cannot_be_named(house):
    with pytest.raises(ValidationError, match="HR partner or an analyst"):
        actions.name_auditor(house.managers[0], "Yearly", by=house.adam, now=fair.NOW)


def test_naming_needs_a_reason(house):
    with pytest.raises(ValidationError, match="Say why"):
        actions.name_auditor(house.hana, "  ", by=house.adam, now=fair.NOW)


def test_without_the_role_an_auditor_is_none(house):
    fair.audits(house)
    Grant.objects.filter(person=house.hana).delete()
    del house.hana._roles
    assert not access.is_auditor(house.hana)


def test_whoever_is_ended_audits_no_more_and_may_be_named_again(house):
    fair.audits(house)
    actions.end(access.FairnessAuditor.objects.get(), by=house.helen, now=fair.NOW)
    assert not access.is_auditor(house.hana)
    fair.audits(house)
    assert access.is_auditor(house.hana)


def test_a_list_says_what_for_and_by_which_right(house):
    fair.audits(house)
    with pytest.raises(ValidationError, match="sentence"):
        actions.bring(fair.csv_of([]), "", " ", by=house.hana, now=fair.NOW)


def test_nothing_is_recorded_before_it_was_looked_at(house):
    fair.audits(house)
    brought = actions.bring(fair.csv_of([("S0", "gender", "man")]), "p", "b", by=house.hana, now=fair.NOW)
    assert not Membership.objects.exists()
    assert actions.apply(brought, by=house.hana, now=fair.NOW) == 1
    brought.refresh_from_db()
    assert brought.rows == []
    with pytest.raises(ValidationError):
        actions.apply(brought, by=house.hana, now=fair.NOW)


def test_only_an_auditor_brings_and_only_the_same_one_applies(house):
    fair.audits(house)
    with pytest.raises(PermissionDenied):
        actions.bring(b"", "p", "b", by=house.helen, now=fair.NOW)
    brought = actions.bring(fair.csv_of([("S0", "gender", "man")]), "p", "b", by=house.hana, now=fair.NOW)
    actions.name_auditor(house.helen, "Too", by=house.adam, now=fair.NOW)
    actions.accept(by=house.helen, now=fair.NOW)
    with pytest.raises(PermissionDenied):
        actions.apply(brought, by=house.helen, now=fair.NOW)


def test_a_later_list_changes_who_it_names_and_nobody_else(house):
    fair.audits(house)
    fair.bring(house, [(house.staff[0], "man"), (house.staff[1], "man")])
    fair.bring(house, [(house.staff[0], "woman")])
    assert sorted(Membership.objects.values_list("person__number", "group")) == [
        ("S0", "woman"),
        ("S1", "man"),
    ]
    assert Attribute.objects.count() == 1


def test_a_list_that_nobody_applies_is_gone_after_a_day(house):
    fair.audits(house)
    actions.bring(fair.csv_of([("S0", "gender", "man")]), "p", "b", by=house.hana, now=fair.NOW)
    later = fair.NOW + timedelta(days=2)
    actions.bring(fair.csv_of([("S1", "gender", "man")]), "p", "b", by=house.hana, now=later)
    assert [one.rows[0][0] for one in GroupList.objects.all()] == ["S1"]


def test_the_person_takes_their_group_away_with_its_purpose(house):
    fair.audits(house)
    fair.bring(house, [(house.staff[0], "man"), (house.staff[1], "woman")])
    told = parts_of(house.staff[0])["Groups for the fairness audit"]
    assert [(one["attribute"], one["group"], one["by which right"]) for one in told] == [
        ("gender", "man", "Works agreement 7")
    ]


def test_erasing_somebody_erases_their_group(house):
    fair.audits(house)
    fair.bring(house, [(house.staff[0], "man"), (house.staff[1], "woman")])
    gone = house.staff[0]
    gone.left, gone.is_active = date(2025, 1, 1), False
    gone.save()
    erasing.erase_person(gone, why="leaver", by=house.hana, now=fair.NOW)
    assert list(Membership.objects.values_list("person__number", flat=True)) == ["S1"]


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-02-20", "2026-03-01"), ("2010-01-01", "2026-01-01"), ("2026-01-01", "2027-01-01")],
)
def test_a_span_too_short_too_long_or_not_over_is_refused(house, since, until):
    fair.audits(house)
    span = [date.fromisoformat(day) for day in (since, until)]
    with pytest.raises(ValidationError):
        actions.ask(*span, by=house.hana, now=fair.NOW, start=print)


def test_forgetting_an_attribute_leaves_audits_as_they_were(house):
    fair.audits(house)
    fair.bring(house, [(one, "ab"[i % 2]) for i, one in enumerate(house.staff)])
    audit = fair.examine(house)
    actions.forget(Attribute.objects.get(), by=house.hana, now=fair.NOW)
    audit.refresh_from_db()
    assert fair.part(audit)["groups"] == [
        {"name": "a", "n": 6, "years": 12},
        {"name": "b", "n": 6, "years": 12},
    ]
    assert not Membership.objects.exists()
