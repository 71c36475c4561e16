"""Whatever is done to questions, by whomever and in whichever order, what must hold holds."""

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from andon.escalations import story
from andon.escalations.actions import close, name_mechanism, own, raise_escalation, write
from andon.escalations.models import Escalation
from andon.escalations.rules import ANSWERS
from andon.people.models import Person
from tests.cast import make_cast

WHO = st.sampled_from(["alice", "bob", "martin", "charlie", "mona", "olga", "lena", "ana", "lea"])
WORDS = st.sampled_from(["", "  ", "Sorry.", "Ribbon."])
KINDS = st.sampled_from(["note", "answer", "made_right", "explained", "also_asked", "verdict"])
NAMED = st.none() | st.sampled_from(["olga", "lea", "charlie"])

DEEDS = st.one_of(
    st.tuples(st.just("ask"), WHO, st.sampled_from(["torn", "unpaid", "lost"]), NAMED, WORDS),
    st.tuples(st.just("own"), WHO),
    st.tuples(st.just("write"), WHO, KINDS, WORDS),
    st.tuples(st.just("close"), WHO, WORDS),
    st.tuples(st.just("name"), WHO, st.sampled_from(["labels", "refunds"])),
    st.tuples(st.just("leave"), st.sampled_from(["olga", "mona"])),
)
STEPS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 3), DEEDS), min_size=1, max_size=12)


def do(cast, now, which, deed):
    """One deed; what is refused has changed nothing."""
    verb, *rest = deed
    if verb == "leave":
        Person.objects.filter(pk=getattr(cast, rest[0]).pk).update(is_active=False)
        return
    by = Person.objects.get(pk=getattr(cast, rest[0]).pk)
    if verb == "ask":
        to = Person.objects.get(pk=getattr(cast, rest[2]).pk) if rest[2] else None
        raise_escalation(by=by, now=now, signal=getattr(cast, rest[1]), to_person=to, note=rest[3])
        return
    asked = list(Escalation.objects.all())
    if not asked:
        return
    one = asked[which % len(asked)]
    if verb == "own":
        own(one, by, now)
    elif verb == "write":
        write(one, rest[1], rest[2], by, now)
    elif verb == "close":
        close(one, rest[1], by, now)
    else:
        name_mechanism(one, getattr(cast, rest[1]), by, now)


def check(now):
    numbers = sorted(Escalation.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    triage = set(Escalation.objects.in_triage())
    overdue = set(Escalation.objects.overdue(now))
    for one in Escalation.objects.board():
        check_one(one, now, triage, overdue)


def check_one(one, now, triage, overdue):
    clocks = one.clocks(now)
    reached = one.to_team_id is not None or (one.to_person is not None and one.to_person.is_active)
    assert [clock.name for clock in clocks] == ["own", "make right", "explain"]
    assert one.customer_since <= one.raised_at
    assert not one.is_open or reached or one in triage
    assert (one in overdue) == any(clock.late and clock.running for clock in clocks)
    if not one.is_open:
        assert one.closing.reason or set(one.entries.values_list("kind", flat=True)) & ANSWERS
        assert not any(clock.running for clock in clocks)
    owners = [ownership.by_id for ownership in one.ownerships.all()]
    assert all(before != after for before, after in pairwise(owners))
    times = [step.at for step in story.of(one)]
    assert times == sorted(times)
    assert times[0] == one.raised_at


class WhateverIsDone(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_every_open_question_has_somebody_or_triage_and_its_clocks(self, steps):
        cast = make_cast()
        now = cast.now
        for minutes, which, deed in steps:
            now += timedelta(minutes=minutes)
            with suppress(PermissionDenied, ValidationError):
                do(cast, now, which, deed)
            check(now)
