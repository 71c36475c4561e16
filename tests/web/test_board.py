"""The board by clock: what is late first, then what is due next."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.escalations.test_calendaring import keep

from andon.escalations.actions import close, own, raise_escalation, write
from andon.escalations.models import Escalation, Ownership

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def board(client, cast):
    def of(who: str, query: str = ""):
        client.force_login(getattr(cast, who))
        return client.get(f"/escalations/{query}").context["board"]

    return of


def ask(cast, ago: timedelta, **about):
    return raise_escalation(by=cast.alice, now=timezone.now() - ago, **({"note": "?"} | about))


def numbers(board) -> list[int]:
    return [row.escalation.number for row in board.rows]


def test_the_latest_comes_first_then_what_is_due_next(cast, board):
    fresh = ask(cast, timedelta())
    late = ask(cast, 3 * HOUR)
    owned = ask(cast, 2 * HOUR, mechanism=cast.labels)
    own(owned, by=cast.olga, now=timezone.now() - 2 * HOUR)
    latest = ask(cast, 9 * HOUR)
    assert numbers(board("alice")) == [latest.number, late.number, fresh.number, owned.number]


def test_what_has_no_running_clock_is_at_the_end(cast, board):
    done = ask(cast, 3 * HOUR, mechanism=cast.labels)
    for kind in ("made_right", "explained"):
        write(done, kind, "Done.", by=cast.olga, now=timezone.now())
    fresh = ask(cast, timedelta())
    assert numbers(board("alice")) == [fresh.number, done.number]


def test_to_me_is_what_is_put_to_me_by_name_or_taken_on(cast, board):
    ask(cast, HOUR)
    mine = ask(cast, HOUR, to_person=cast.martin)
    taken = ask(cast, HOUR, to_person=cast.bob)
    own(taken, by=cast.martin, now=timezone.now())
    assert sorted(numbers(board("martin", "?view=by-name"))) == [mine.number, taken.number]


def test_everybody_sees_the_clocks_of_all(cast, board):
    ask(cast, HOUR)
    assert len(board("charlie").rows) == 1


def test_what_is_closed_is_on_no_clock(cast, board):
    asked = ask(cast, HOUR)
    close(asked, "By mistake.", by=cast.alice, now=timezone.now())
    assert numbers(board("alice")) == []
    assert numbers(board("alice", "?closed=1")) == [asked.number]


@pytest.mark.parametrize("many", [60, 5_000])
def test_a_board_of_thousands_costs_as_few_queries(cast, client, many, django_assert_max_num_queries):
    now = timezone.now()
    rows = [
        Escalation(
            number=n, title=f"Question {n}", raised_by=cast.alice, raised_at=now - n * timedelta(minutes=7),
            customer_since=now - n * timedelta(minutes=7), mechanism=cast.labels, to_team=cast.fulfilment,
        )
        for n in range(1, many + 1)
    ]  # fmt: skip
    made = Escalation.objects.bulk_create(rows)
    Ownership.objects.bulk_create(Ownership(escalation=one, by=cast.olga, at=now) for one in made[::2])
    client.force_login(cast.martin)
    with django_assert_max_num_queries(15):
        found = client.get("/escalations/").context["board"]
    assert numbers(found)[0] == many
    assert len(found.rows) == 50


def test_a_question_to_a_team_with_working_hours_says_so(cast, client):
    keep(cast.fulfilment, cast, week=(((0, 1440),),) * 7)
    asked = ask(cast, HOUR / 2, mechanism=cast.labels)
    client.force_login(cast.alice)
    page = client.get(f"/escalations/{asked.number}/").text
    assert "in working hours (Europe/Berlin, version 1)" in page
    assert "of working time left to own it" in page
