"""The weekly review: exceptions first, any week as it was, on screen and on paper."""

import io
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from django.utils import timezone

from andon.culture.models import Week
from andon.culture.weekly import keep_last_week, monday_of, week_of
from andon.escalations import actions
from andon.escalations.models import Countermeasure, InPlace, Judgement, Preliminary
from andon.watch.models import Chart, ChartException

pytestmark = pytest.mark.django_db
DAY, WEEK, HOUR = timedelta(days=1), timedelta(days=7), timedelta(hours=1)
MONDAY = date(2026, 2, 16)
START = datetime(2026, 2, 16, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def chart(measure, through: datetime, bad: tuple[int, ...] = (), weeks: int = 20, **now):
    """Weekly points up to `through`; those so many weeks before the last are marked."""
    at = [through - (weeks - 1 - n) * WEEK for n in range(weeks)]
    value = [0.2 if weeks - 1 - n in bad else 0.04 for n in range(weeks)]
    plain = {"centre": 0.04, "lower": 0.0, "upper": 0.08, "n": 100, "phase": 0}
    points = {
        "at": [f"{one:%Y-%m-%dT%H:%M:%S}" for one in at], "value": value,
        "reasons": ["Beyond a limit." if v > 0.1 else "" for v in value], "marks": [0] * weeks,
        **{name: [one] * weeks for name, one in plain.items()},
    }  # fmt: skip
    for n in bad:
        ChartException.objects.create(
            measure=measure, at=through - n * WEEK, value=0.2, rules="1", reason="Beyond a limit.", worse=True,
            customers=7, first_seen=through,
        )  # fmt: skip
    return Chart.objects.create(measure=measure, computed_at=through, points=points, **now)


@pytest.fixture
def as_(client, cast):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def test_a_week_runs_from_monday():
    assert monday_of(date(2026, 2, 22)) == MONDAY
    assert monday_of(MONDAY) == MONDAY


def test_what_is_out_comes_first_whatever_its_name(cast):
    chart(cast.late, START, out=True, since=START, customers=3, latest_words="20 %")
    chart(cast.refund_days, START)
    told = week_of(None, NOW)
    assert [row["out"] for row in told["measures"]] == [True, False]


def test_a_past_week_shows_charts_as_far_as_they_had_come(cast):
    chart(cast.late, START + 4 * WEEK, bad=(4,))  # its exception is in the week of START
    [row] = week_of(MONDAY, START + 5 * WEEK)["measures"]
    assert (row["out"], row["change"], row["customers"]) == (True, "new", 7)
    [before] = week_of(MONDAY - WEEK, START + 5 * WEEK)["measures"]
    assert (before["out"], before["change"]) == (False, "")


def test_what_is_calm_again_is_said(cast):
    chart(cast.late, START + 5 * WEEK, bad=(5,))
    changes = [week_of(MONDAY + n * WEEK, START + 9 * WEEK)["measures"][0]["change"] for n in range(5)]
    assert changes == ["new", "still", "still", "still", "over"]


def test_questions_stand_as_they_stood_when_the_week_was_over(cast):
    asked = actions.raise_escalation(by=cast.alice, now=START + DAY, mechanism=cast.labels, note="?")
    actions.own(asked, by=cast.olga, now=START + 9 * DAY)
    actions.close(asked, "By mistake.", by=cast.alice, now=START + 10 * DAY)
    first, second = (week_of(MONDAY + n * WEEK, NOW)["questions"] for n in (0, 1))
    assert [(one["number"], one["clock"], one["late"]) for one in first["open"]] == [(1, "own", True)]
    assert second["open"] == []
    assert [one["number"] for one in second["closed"]] == [1]


def test_a_next_date_that_was_not_named_yet_moves_no_clock(cast):
    asked = actions.raise_escalation(by=cast.alice, now=START + DAY, mechanism=cast.labels, note="?")
    actions.own(asked, by=cast.olga, now=START + DAY)
    actions.write(asked, "made_right", "Sent anew.", by=cast.olga, now=START + DAY)
    Preliminary.objects.create(escalation=asked, text="Soon.", next_at=START + 30 * DAY, at=START + 9 * DAY)
    [one] = week_of(MONDAY, NOW)["questions"]["open"]
    assert (one["clock"], one["late"]) == ("explain", True)


def fix(cast, at: datetime, due: date, **more):
    asked = actions.raise_escalation(by=cast.alice, now=at, mechanism=cast.labels, note="?")
    return Countermeasure.objects.create(
        escalation=asked, mechanism=cast.labels, what="A second scan.", measure=cast.late, side="at_most",
        level=0.05, window_days=14, due_on=due, at=at, **more,
    )  # fmt: skip


def test_a_change_is_due_until_it_is_in_place_then_watched_then_judged(cast):
    one = fix(cast, START, due=MONDAY + 10 * DAY)
    InPlace.objects.create(countermeasure=one, since=START + 8 * DAY, at=START + 8 * DAY)
    Judgement.objects.create(
        countermeasure=one, verdict="effective", sentence="It fell.", at=START + 22 * DAY
    )
    weeks = [week_of(MONDAY + n * WEEK, START + 60 * DAY)["fixes"] for n in range(4)]
    found = [tuple(bool(week[name]) for name in ("due", "watched", "judged")) for week in weeks]
    assert found == [(True, False, False), (False, True, False), (False, True, False), (False, False, True)]


def test_a_week_that_was_kept_stays_as_it_was(cast):
    chart(cast.late, START + WEEK, bad=(0,), out=True, since=START, customers=7)
    keep_last_week(START + WEEK + HOUR)
    Chart.objects.update(out=False)
    ChartException.objects.all().delete()
    [row] = week_of(MONDAY, NOW)["measures"]
    assert row["out"]


def test_a_week_is_kept_once(cast):
    for hours in (1, 30, 100):
        keep_last_week(START + WEEK + hours * HOUR)
    assert Week.objects.get().starts == MONDAY


def test_the_page_opens_for_everybody_at_work(cast, as_):
    for who in ("alice", "lena", "charlie", "adam"):
        assert as_(who).get("/review/").status_code == 200


def test_an_empty_review_says_what_belongs_there(as_):
    assert "There is nothing to review yet." in as_("alice").get("/review/").text


def test_no_person_stands_in_it(cast, as_):
    now = timezone.now()
    chart(cast.late, now, out=True, since=now - DAY)
    actions.raise_escalation(
        by=cast.alice, now=now - 2 * HOUR, to_person=cast.olga, mechanism=cast.labels, note="?"
    )
    told = str(week_of(None, now))
    assert not any(name in told for name in ("Alice", "Olga", "Lena", "Martin"))


def test_what_nobody_asked_about_says_so_and_offers_to_ask(cast, as_):
    now = timezone.now()
    chart(cast.late, now, out=True, since=now - DAY)
    page = as_("alice").get("/review/").text
    assert "Nobody has asked." in page
    actions.raise_escalation(by=cast.alice, now=now, mechanism=cast.labels, note="?")
    assert "Nobody has asked." not in as_("alice").get("/review/").text


@pytest.mark.parametrize(
    "address", ["/review/2026-02-30/", "/review/1999-12-27/", "/review/2999-01-07/", "/review/x/"]
)
def test_a_week_that_is_none_is_not_there(as_, address):
    assert as_("alice").get(address).status_code == 404


def test_a_day_within_a_week_leads_to_its_monday(as_):
    assert as_("alice").get("/review/2026-02-18/").headers["Location"] == "/review/2026-02-16/"


def test_on_paper_it_has_a_title_its_charts_and_its_questions(cast, as_):
    now = timezone.now()
    chart(cast.late, now, out=True, since=now - DAY, tile=_tile())
    chart(cast.refund_days, now, tile=_tile())
    actions.raise_escalation(
        by=cast.alice, now=now - 2 * HOUR, mechanism=cast.labels, note="#strong[?] \\ $x$ @y"
    )
    response = as_("alice").get("/review/review.pdf")
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert "Weekly review" in str(paper.docinfo.get("/Title") or paper.open_metadata().get("dc:title"))


def test_any_week_can_be_printed(cast, as_):
    chart(cast.late, START + WEEK, bad=(1,))
    response = as_("alice").get("/review/2026-02-16/review.pdf")
    assert response.content.startswith(b"%PDF")
    assert 'filename="review-2026-02-23.pdf"' in response["Content-Disposition"]


def _tile() -> str:
    return (
        '<svg class="c-tile" viewBox="0 0 260 64" role="img" aria-label="x"><path class="c-band" d="M0,10H260V50H0Z"/>'
        '<path class="c-line" d="M0,20L100,30L260,25"/><path class="c-out" d="M100,30h3v3h-3z"/></svg>'
    )


@pytest.mark.parametrize("many", [2, 60])
def test_as_few_queries_whatever_the_number(cast, client, many, django_assert_max_num_queries):
    from andon.mechanisms.models import Measure

    now = timezone.now()
    for n in range(many):
        measure = Measure.objects.create(mechanism=cast.labels, slug=f"m{n}", name=f"Measure {n}")
        chart(measure, now - DAY, bad=(0,), out=bool(n % 2), since=now - DAY)
        actions.raise_escalation(by=cast.alice, now=now - DAY, mechanism=cast.labels, note=f"? {n}")
        fix(cast, now - DAY, due=now.date())
    client.force_login(cast.martin)
    with django_assert_max_num_queries(15):
        client.get("/review/")
    with django_assert_max_num_queries(15):
        client.get(f"/review/{monday_of(now.date())}/")
