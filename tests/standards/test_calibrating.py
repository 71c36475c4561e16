"""One role with different bars: side by side, and why."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.standards import actions
from andon.web.standards.calibration import bars_of, comparisons
from tests.standards.made import a_role, a_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def today(cast):
    return cast.now.date()


def two_bars(cast, high=0.08):
    role = a_role(cast)
    return a_standard(cast, role, team=cast.phones), a_standard(cast, role, team=cast.chat, level=high)


def test_bars_of_one_role_stand_side_by_side(cast, today):
    two_bars(cast)
    compared = comparisons(today)[0]
    assert [(bar.where, bar.level.replace("\xa0", " ")) for bar in compared.bars] == [
        ("Chat", "at most 8 %"), ("Phones", "at most 5 %"),
    ]  # fmt: skip
    assert compared.differ
    assert compared.reason is None


def test_equal_bars_do_not_differ(cast, today):
    two_bars(cast, high=0.05)
    assert not comparisons(today)[0].differ


def test_one_bar_is_nothing_to_compare(cast, today):
    a_standard(cast)
    assert comparisons(today) == []


def test_a_reason_holds_until_a_bar_changes(cast, today):
    phones, _chat = two_bars(cast)
    one = comparisons(today)[0]
    actions.explain_difference(
        one.role, one.subject, bars_of(one.bars), "Chat has no depot.", by=cast.hana, now=cast.now
    )
    assert comparisons(today)[0].reason.reason == "Chat has no depot."
    actions.revise_standard(
        phones.standard, level=0.04, why_changed="Labels.", starts=today, by=cast.hana, now=cast.now
    )
    changed = comparisons(today)[0]
    assert changed.reason is None
    assert [told.reason for told in changed.earlier] == ["Chat has no depot."]


def test_a_reason_is_written_and_by_hr(cast, today):
    two_bars(cast)
    one = comparisons(today)[0]
    with pytest.raises(ValidationError):
        actions.explain_difference(one.role, one.subject, {}, " ", by=cast.hana, now=cast.now)
    with pytest.raises(PermissionDenied):
        actions.explain_difference(one.role, one.subject, {}, "Why.", by=cast.lena, now=cast.now)


def test_it_takes_as_many_queries_for_many_as_for_few(cast, today, django_assert_max_num_queries):
    two_bars(cast)
    with django_assert_max_num_queries(4):
        comparisons(today)
