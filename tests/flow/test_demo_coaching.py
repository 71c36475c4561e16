"""Coaching of the demo organisation, on the few people of the cast."""

import pytest
from django.utils import timezone

from andon.attribution.models import Estimate, Separation
from andon.flow import demo_coaching
from andon.growth.models import Coaching, OneToOne, Promise
from andon.growth.queries import support_before
from andon.growth.rules.promises import State
from andon.growth.rules.support import enough
from andon.growth.rules.wording import hints
from tests.growth.made import standard


def estimate(separation, person, title: str, raw: float, adjusted: float) -> None:
    person.title = title
    person.save()
    Estimate.objects.create(
        separation=separation, person=person, n=900, mechanisms=3, raw=raw, adjusted=adjusted,
        low=adjusted - 0.03, high=adjusted + 0.03, p_below=0.5, verdict="cannot tell",
    )  # fmt: skip


@pytest.fixture
def estimated(cast):
    """Bob helps few at the first try whatever the work; Charlie has hard work and does it well."""
    separation = Separation.objects.create(
        outcome="resolved_first", kind="proportion", good="high", computed_at=timezone.now(), usual=0.60
    )
    estimate(separation, cast.alice, "Customer adviser", 0.62, 0.61)
    estimate(separation, cast.bob, "Customer adviser", 0.44, 0.42)
    estimate(separation, cast.charlie, "Case handler", 0.45, 0.66)
    return cast


def test_who_truly_falls_short_and_who_only_has_hard_work_are_told_apart(estimated):
    assert demo_coaching.weak_person() == estimated.bob
    assert demo_coaching.good_person_on_hard_work() == estimated.charlie


def test_whoever_falls_short_was_helped_in_earnest_first(estimated):
    now = timezone.now()
    demo_coaching.add(now)
    notes = Coaching.objects.about(estimated.bob)
    wanted = standard(estimated)
    assert notes.count() == 2
    found = support_before(estimated.bob, standard=wanted, since=notes.last().at, now=now)
    assert (found.delivered, found.late) == (5, [])
    assert not enough(found).ok  # none of it is about a standard of another measure


def test_an_employee_has_promises_in_every_state(cast):
    now = timezone.now()
    demo_coaching.add(now)
    assert {one.state(now) for one in Promise.objects.to(cast.alice).complete()} == set(State)
    assert OneToOne.objects.visible_to(cast.alice).count() == 2


def test_no_text_of_it_speaks_of_character(estimated):
    demo_coaching.add(timezone.now())
    texts = Coaching.objects.values_list("situation", "behaviour", "impact", "agreed_action")
    assert [hint for row in texts for hint in hints(*row)] == []


def test_where_nobody_leads_anybody_nothing_is_added(db):
    demo_coaching.add(timezone.now())
    assert not Coaching.objects.exists()
