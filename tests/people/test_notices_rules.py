"""Never twice, never lost, whatever happens in which order."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from andon.people import lines, notices
from andon.people.models import Person
from andon.people.notices import Kind, Way, digests, limits, moments, outbox, preferences
from andon.people.notices.models import Notice
from tests.cast import NOW

ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("tell"), st.integers(0, 4), st.sampled_from(list(Kind)[:8])),
        st.tuples(st.just("choose"), st.sampled_from(list(Kind)[:8]), st.sampled_from(list(Way))),
        st.tuples(st.just("hour"), st.integers(0, 23), ZONES),
        st.tuples(st.just("wait"), st.integers(1, 30), st.none()),
        st.tuples(st.just("send"), st.sampled_from(["sent", "later", "fail", "killed"]), st.none()),
    ),
    max_size=40,
)


@given(st.integers(0, 23), ZONES.map(ZoneInfo), MOMENTS)
def test_the_next_digest_is_ahead_and_within_a_day_and_an_hour_or_two(hour, zone, now):
    at = moments.next_at(hour, zone, now)
    assert now < at <= now + timedelta(hours=26)


@given(st.integers(0, 23), ZONES.map(ZoneInfo), MOMENTS)
def test_digests_come_once_a_day_of_the_reader(hour, zone, now):
    days = []
    for _ in range(10):
        now = moments.next_at(hour, zone, now)
        days.append(now.astimezone(zone).date())
    assert days == [days[0] + timedelta(days=n) for n in range(10)]


def test_on_the_day_clocks_go_forward_the_digest_of_the_missing_hour_comes_after_it():
    berlin = ZoneInfo("Europe/Berlin")
    at = moments.next_at(2, berlin, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert at == datetime(2026, 3, 29, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "machine"),
    [
        ("noreply@example.com", True), ("MAILER-DAEMON@example.com", True), ("bounces+12@example.com", True),
        ("list-request@example.com", True), ("SRS0=ab@example.com", True), ("owner-list@example.com", True),
        ("noreen@example.com", False), ("bounce.house@example.com", False), ("postman@example.com", False),
    ],
)  # fmt: skip
def test_machines_are_known_by_their_name(address, machine):
    assert limits.is_machine(address) is machine


class History:
    """One person, what they were told, and what reached their mailbox."""

    def __init__(self) -> None:
        self.now = NOW
        self.mails: list[str] = []
        self.person = Person.objects.create_person(number="h", name="Hana Heard", email="h@example.com")
        lines.rebuild()

    def tell(self, key, kind) -> None:
        words = {"subject": "x", "text": "y"}
        notices.tell(self.person, key=f"thing:{key}", kind=kind, **words, now=self.now)

    def choose(self, kind, way) -> None:
        preferences.choose(self.person, {kind: way}, by=self.person, now=self.now)

    def hour(self, hour, zone) -> None:
        preferences.deliver(self.person, hour=hour, zone=zone, by=self.person, now=self.now)

    def wait(self, hours, _more) -> None:
        self.now += timedelta(hours=hours)

    def send(self, how, _more) -> None:
        outbox.recover(self.now)
        digests.gather(self.now)
        while notice := outbox.take("here|x|1|y", self.now):
            if how in {"sent", "killed"}:
                self.mails.append(notice.message_id)
            if how == "killed":
                self.now += outbox.LEASE + timedelta(seconds=1)
                return
            {
                "sent": outbox.sent,
                "later": lambda n, at: outbox.later(n, "451", at),
                "fail": lambda n, at: outbox.fail(n, "550"),
            }[how](notice, self.now)


class NeverTwice(TestCase):
    @given(STEPS)
    @settings(max_examples=30)
    def test_nothing_is_told_twice_and_nothing_is_lost(self, steps):
        with self.settings(MAIL_GOES_OUT=True):
            history = History()
            for verb, *words in steps:
                getattr(history, verb)(*words)
            self.check(history, steps)

    def check(self, history, steps) -> None:
        told = Notice.objects.visible_to(history.person)
        assert {one.key for one in told} == {f"thing:{words[0]}" for verb, *words in steps if verb == "tell"}
        in_digests = Counter(one.digest_id for one in told if one.digest_id)
        assert all(Notice.objects.get(pk=pk).way == Way.AT_ONCE for pk in in_digests)
        zone_days = Notice.objects.filter(kind=Kind.DIGEST).values_list("key", flat=True)
        assert len(set(zone_days)) == len(zone_days)
        alone = {one.message_id for one in told if one.digest_id}
        assert not alone & set(history.mails)
        if not any(step[0] == "send" and step[1] == "killed" for step in steps):
            assert max(Counter(history.mails).values(), default=0) <= 1


@pytest.mark.django_db
class TestLimits:
    @pytest.fixture(autouse=True)
    def _a_server(self, settings):
        settings.MAIL_GOES_OUT = True

    def answer(self, n, to="desk@other.example", kind=Kind.ACKNOWLEDGEMENT):
        return notices.tell(
            to,
            key=f"ack:{n}",
            kind=kind,
            subject="We have it",
            text="Thank you.",
            now=NOW + timedelta(minutes=n),
        )

    def test_two_desks_that_answer_each_other_stop(self, db):
        states = [self.answer(n).state for n in range(15)]
        assert states == ["waiting"] * limits.REPLIES_A_DAY + ["held"] * 5

    def test_the_next_day_it_is_answered_again(self, db):
        for n in range(12):
            self.answer(n)
        assert self.answer(60 * 26).state == "waiting"

    def test_a_capital_letter_does_not_get_around_it(self, db):
        for n in range(limits.REPLIES_A_DAY):
            self.answer(n)
        assert self.answer(99, to="Desk@Other.Example").state == "held"

    def test_an_answer_that_a_person_wrote_goes_out_all_the_same(self, db):
        for n in range(12):
            self.answer(n)
        assert self.answer(99, kind=Kind.ANSWER).state == "waiting"

    @pytest.mark.parametrize(
        "to", ["", "nobody", "a@b@c", "x@example.org\r\nBcc: y@example.org", "mailer-daemon@example.org"]
    )
    def test_what_is_no_address_or_a_machines_is_held_with_the_reason(self, db, to):
        notice = self.answer(1, to=to)
        assert notice.state == "held"
        assert notice.problem

    def test_too_many_at_once_come_with_the_digest(self, cast):
        for n in range(limits.TO_ONE_THREAD_AN_HOUR + 3):
            notices.tell(
                cast.olga, key=f"n{n}", kind=Kind.LATE, subject="x", text="y", thread="escalation:1", now=NOW
            )
        ways = Counter(Notice.objects.values_list("way", flat=True))
        assert ways == {"at_once": limits.TO_ONE_THREAD_AN_HOUR, "digest": 3}

    def test_a_person_without_an_address_reads_it_on_the_page(self, cast):
        cast.olga.email = None
        cast.olga.save()
        notice = notices.tell(cast.olga, key="k", kind=Kind.LATE, subject="x", text="y", now=NOW)
        assert notice.state == "held"
