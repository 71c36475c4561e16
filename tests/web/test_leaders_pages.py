"""The leaders' view and the silence report: who reads them, and what stands there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from andon.culture import silence
from andon.culture.models import Silence
from andon.escalations import actions
from andon.escalations.models import Explanation, Reopening, Thanks
from andon.signals.models import Signal

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def as_(client, cast):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def ask(cast, ago=2 * HOUR, **about):
    about = about or {"mechanism": cast.labels}
    return actions.raise_escalation(by=cast.alice, now=timezone.now() - ago, note="?", **about)


@pytest.mark.parametrize("who", ["alice", "martin", "mona", "olga", "hana", "ana", "adam"])
def test_the_leaders_view_is_not_there_for_others(as_, who):
    assert as_(who).get("/leaders/").status_code == 404


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("lena", 200),
        ("hana", 200),
        ("ana", 200),
        ("alice", 404),
        ("martin", 404),
        ("adam", 404),
        ("olga", 404),
    ],
)
def test_the_silence_report_is_for_leaders_hr_and_analysts(as_, who, code):
    assert as_(who).get("/leaders/silence/").status_code == code


def test_a_leader_reads_what_a_customer_wrote_whole(cast, as_):
    long = "I waited.\n" + "Nobody came. " * 90
    Signal.objects.filter(pk=cast.torn.pk).update(text=long)
    assert "Nobody came. " * 89 in as_("lena").get("/leaders/").text


def test_what_a_customer_wrote_is_text_and_not_markup(cast, as_):
    Signal.objects.filter(pk=cast.torn.pk).update(text="<script>alert(1)</script>")
    assert "<script>alert" not in as_("lena").get("/leaders/").text


def test_nothing_is_filtered_out(cast, as_):
    Signal.objects.filter(pk=cast.torn.pk).update(band="high")
    voices = as_("lena").get("/leaders/").context["voices"]
    assert voices == [cast.torn, cast.unpaid, cast.lost]


def test_what_is_late_stands_there_and_what_is_not_does_not(cast, as_):
    late, _fresh = ask(cast), ask(cast, ago=timedelta())
    assert [row.escalation for row in as_("lena").get("/leaders/").context["late"]] == [late]


def test_what_came_back_stands_there_with_why(cast, as_):
    asked = ask(cast)
    Reopening.objects.create(escalation=asked, why="It happened again.", by=cast.alice, at=timezone.now())
    [back] = as_("lena").get("/leaders/").context["back"]
    assert (back.escalation, back.why) == (asked, "It happened again.")


def test_mechanisms_that_fail_alike_stand_together(cast, as_):
    for mechanism in (cast.labels, cast.refunds):
        Explanation.objects.create(
            escalation=ask(cast, mechanism=mechanism), failure="did_not_scale", posted_at=timezone.now()
        )
    [way] = as_("lena").get("/leaders/").context["failing"]
    assert way.alike
    assert [mechanism.slug for mechanism, _numbers in way.places] == ["labels", "refunds"]


def test_a_draft_says_nothing_yet(cast, as_):
    Explanation.objects.create(escalation=ask(cast), failure="did_not_scale")
    assert as_("lena").get("/leaders/").context["failing"] == []


def test_thanks_are_read_and_never_counted(cast, as_):
    Thanks.objects.create(escalation=ask(cast), to=cast.alice, by=cast.lena, text="For asking twice.")
    page = as_("lena").get("/leaders/").text
    assert "For asking twice." in page


def test_empty_pages_say_what_belongs_there(cast, as_):
    Signal.objects.all().delete()
    assert "appears here as it was written" in as_("lena").get("/leaders/").text
    assert "Not computed yet" in as_("lena").get("/leaders/silence/").text


def test_the_report_says_where_it_is_silent_and_what_would_be_usual(as_):
    row = {
        "key": "north",
        "name": "North",
        "cases": 600,
        "happened": 0,
        "verdict": "far",
        "rate": 0.2,
        "low": 90,
        "high": 151,
    }
    few = row | {"key": "south", "name": "South", "cases": 6, "verdict": "few"}
    part = {"can_tell": True, "rows": [row, few], "left_out": 1}
    none = {"can_tell": False, "rows": [], "left_out": 0}
    now = timezone.now()
    Silence.objects.create(computed_at=now, since=now - 180 * DAY, teams=part, mechanisms=none, young=none)
    page = as_("lena").get("/leaders/silence/").text
    assert "It is quiet where customers complain: North." in page
    assert "600 customers complained after North had served them, and nobody of the team has asked" in page
    assert "90 to 151 questions would be usual" in page
    assert "too few to tell" in page
    assert "One team is left out" in page


def test_nobody_is_named_in_the_report(cast, as_):
    for by in (cast.alice, cast.bob, cast.martin):
        actions.raise_escalation(by=by, now=timezone.now(), mechanism=cast.labels, note="?")
    silence.refresh(timezone.now())
    page = as_("hana").get("/leaders/silence/").context["told"]
    assert not any(name in str(page) for name in ("Alice", "Bob", "Martin"))


@pytest.mark.parametrize("many", [3, 60])
def test_as_few_queries_whatever_the_number(cast, client, many, django_assert_max_num_queries):
    now = timezone.now()
    for place in range(many):
        asked = ask(cast, ago=2 * HOUR + place * timedelta(minutes=1))
        Reopening.objects.create(escalation=asked, why="Again.", at=now)
        Thanks.objects.create(escalation=asked, to=cast.alice, by=cast.lena, text="Thank you.")
        Explanation.objects.create(escalation=asked, failure="not_adopted", posted_at=now)
    silence.refresh(now)
    client.force_login(cast.lena)
    with django_assert_max_num_queries(16):
        client.get("/leaders/")
    with django_assert_max_num_queries(8):
        client.get("/leaders/silence/")
